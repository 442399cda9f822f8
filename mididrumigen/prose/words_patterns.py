"""Words about what is played: beats by name, density, fills, cymbals, feet.

Conventions: see `table`.
"""

from mididrumigen.prose.table import DRUMMING, Word

_MANY = (
    "many|frequent|constant|constantly|countless|endless|numerous|lots|incessant|relentless|non|more"
    "|busier|elaborate|flashy|extravagant|flamboyant|wild|furious|explosive|legendary|trademark|bombastic"
    "|intricate|complex"
)

PATTERNS: tuple[Word, ...] = (
    # Beats by name
    Word(
        "half time shuffle|shuffles / purdie shuffle / halftime shuffle",
        "groove.half_time_shuffle",
        0.85,
    ),
    Word("four|4 on|to the? floor", "groove.four_on_the_floor", 0.85),
    Word("one drop|drops", "groove.one_drop", 0.8),
    Word("rockers|steppers beat|rhythm|groove|drumming|pattern|riddim", "groove.steppers", 0.7),
    Word(
        "blast beat|beats / blastbeat|blastbeats / blast|grind beats|beating",
        "groove.blast_beat",
        0.85,
    ),
    Word("d beat|beats|drumming / dbeat", "groove.d_beat", 0.75),
    Word("bo diddley beat|rhythm|groove|pattern|shuffle", "groove.bo_diddley", 0.8),
    Word("train beat|beats|groove|rhythm / freight train snare|rhythm", "groove.train_beat", 0.75),
    Word(
        "second line groove|grooves|beat|beats|rhythm|rhythms|feel|drumming|style|patterns",
        "groove.second_line",
        0.75,
    ),
    Word("motorik|motorick / apache beat", "groove.motorik", 0.8),
    Word(
        "linear drumming|groove|grooves|pattern|patterns|fills|beat|beats|playing|style|phrasing|approach|ideas|concepts",
        "groove.linear",
        0.75,
        before_not="film|narrative",
    ),
    Word("paradiddle|paradiddles / paradiddle based|groove|grooves", "groove.paradiddle", 0.65),
    Word(
        "half time feel|groove|beat|backbeat|drums|drumming|pattern|rhythm / halftime feel|groove|beat"
        " / play|plays|played|drops|switches in|into|to half time",
        "groove.half_time",
        0.65,
    ),
    Word(
        "double time feel|groove|beat|hats|drums|drumming|pattern|rhythm / doubletime feel|groove|beat",
        "groove.double_time",
        0.65,
    ),
    # How much is played
    Word(
        "busy|busier|busiest|hyperactive|frenetic|frantic|manic|dense|hectic|cluttered|notey .. drum|drums"
        "|drumming|drummer|playing|style|patterns|parts|grooves|beats|rhythms|fills|player|cymbals|hands"
        " / drumming|playing|style|parts|patterns|grooves is|are|was|were|became .. busy|busier|dense|frenetic"
        "|hyperactive|frantic|manic / overplay|overplays|overplayed|overplaying / plays|played busy|busily"
        " / busy and loud / something|strokes on every sixteenth|16th / never leaves|left .. space|gaps",
        "hits_per_quarter high",
        0.7,
        unless="year|schedule|street|session|calendar",
    ),
    Word(
        "sparse|sparsely|minimalist|minimalistic|economical|economically|spare|uncluttered|unfussy / no frills"
        " / minimal|simple|restrained|understated|stripped|basic|economic|austere|spacious .. drum|drums|drumming"
        "|playing|style|patterns|parts|grooves|beats|beat|approach|rhythms|drummer|groove|pattern"
        " / drumming|playing|style|parts|patterns|grooves|beats|groove|beat is|are|was|were|stays|remains .."
        " simple|minimal|restrained|understated|sparse|basic / plays|played|kept|keeps|keep it|things|everything?"
        " simple|simply|minimal / less is more / economy of .. strokes|notes|motion? / leave|leaves|leaving|left"
        " .. space|room / plays|played as few notes / nothing but the? basics|essentials",
        "hits_per_quarter low",
        0.65,
        unless="kit|kits|setup|furniture|room|crowd|attendance|lyrics|production|audience|time"
        "|guitar*|piano|vocal*|melod*|arrangement|set|for",
        after_not="deceptively|parking",
    ),
    Word(
        "syncopat* / off beat|beats accent|accents|kicks|kick / displaces|displaced|displace|displacing .. backbeat|snare|accents",
        "syncopation high",
        0.7,
        unless="guitar*|bassline*|vocal*|piano|horn*|melod*|keyboard*|strings",
    ),
    Word(
        "steady|solid|firm|strong|simple|rock|straight|straightforward|driving|relentless|unwavering|constant"
        "|insistent|basic|foursquare .. backbeat|backbeats / backbeat|snare on two|2|beats? and 4|four"
        " / snare|backbeat on beats two|2 and 4|four / on the two and four / snare on .. 2|two and 4|four",
        "backbeat high",
        0.7,
    ),
    Word("backbeat|backbeats", "backbeat high", 0.6, only_denied=True),
    Word(
        "repetitive|repetitious|hypnotic|unvarying|unchanging|looped drumming|drums|drummer|playing"
        "|beat|beats|groove|grooves|pattern|patterns|rhythm|rhythms / loop based|like .. drum*|beat|beats|groove|grooves / drumming|drums|beat|groove|pattern|rhythm"
        " is|was|stays|remains .. repetitive|hypnotic|unchanged|unchanging|unvarying"
        " / drumming|drums|beat|groove|pattern|rhythm is|was|stays|remains .. the same / same beat|groove|pattern all|throughout|for|over|from",
        "bar_similarity high",
        0.65,
    ),
    Word(
        "never|rarely|seldom plays|played|play|repeats|repeated .. same bar|bars|beat|pattern|groove|thing|part|way"
        " .. twice? / no two bars|measures / ever|constantly changing|shifting drum*|pattern*|groove*|beat*"
        " / unpredictable|improvised|improvisational drumming|playing|grooves|patterns|style|drums",
        "bar_similarity low",
        0.65,
        deniable=False,
    ),
    Word(
        "constant|constantly variation|variations|varied|varies|varying",
        "bar_similarity low",
        0.5,
        near=DRUMMING,
    ),
    # Fills
    Word(
        f"{_MANY} .. fill|fills / fill|fills all over|everywhere|constantly|after / too|so many fills"
        " / full|flurry|barrage|torrent|array|wealth|abundance of .. fills / every bar|measure .. fill"
        " / fill|fills in|on|at every|each bar|measure|line / chance|excuse|opportunity for a? fill|fills / always|constantly throwing|throws .. fills / known|famous|renowned for|his|her|their .. fills"
        " / never plays|played without a? fills? / penchant|love|taste|fondness for .. fills"
        " / signature fills / loves|loved|likes fills",
        "fill_rate high",
        0.6,
        unless="fewer|few|less|rare*|long|short",
        after_not="his|the",
    ),
    Word(
        "fill|fills",
        "fill_rate high",
        0.65,
        only_denied=True,
        before_not="the|a|his|her|their|our|this|that|up|out|with|an",
        unless="room|void|stadium*|hall|gap|space|shoes|form",
        after_not="to|that|sound|a|triplet",
    ),
    Word(
        "long|longer|extended|lengthy|two|2|full|whole|multi|four|sweeping|sprawling bar|bars|measure? .. fill|fills"
        " / fill|fills are|is|were|was .. long|longer|extended / long|extended|lengthy|sweeping .. fill|fills"
        " / fill|fills that? last|lasts|lasting|span|spans|spanning|stretch|stretching",
        "fill_quarters high",
        0.65,
        unless="short|shorter|brief",
    ),
    Word(
        "short|shorter|brief|concise|tiny .. fill|fills / one|two beat fill|fills"
        " / fill|fills are|is|were|was .. short|shorter|brief|concise / fill|fills .. to the point",
        "fill_quarters low",
        0.65,
        unless="long|longer",
    ),
    Word(
        "tom heavy|driven|based|laden|dominated|centric / rolling|tribal|pounding|thundering|big|cascading|tumbling tom|toms"
        " / tom|toms fills|patterns|rolls|work|grooves / heavy use|reliance of|on .. toms / tribal drum*|rhythm*"
        " / tom tom fills|patterns|rolls|work|grooves / around|round|across|down the toms|tom / relies|relied .. toms"
        " / patterns|groove|grooves on the .. toms|tom",
        "hits_per_quarter.tom high",
        0.65,
        unless="heart",
        beside=True,
    ),
    # Cymbals
    Word(
        "crash|crashes|crashing|crashed .. every|each downbeat|bar|beat|one|measure|accent|chorus / rides|riding|ridden|ride"
        " .. crash|crashes / wash|washes of crash|cymbals|cymbal / liberal|heavy|constant|frequent use of .. crash|crashes",
        "crash_rate high",
        0.65,
        unless="car|plane|market|stock|motorcycle",
    ),
    Word(
        "crash cymbal|cymbals / crashes / crash",
        "crash_rate high",
        0.6,
        only_denied=True,
        unless="car|plane|market|stock|motorcycle|helicopter|killed|died|bus|computer",
    ),
    Word(
        "crash|crashes at|to end|finish|close .. fill|fills|fill / ends|ended|ending|finishes .. fill|fills with|on .. crash"
        " / fill|fills .. with|into a? crash",
        "crash_after_fill high",
        0.6,
    ),
    Word(
        "time|pulse|groove|rhythm|beat on|to|with|from the|his|her|a .. ride|rides cymbal|cymbals? / ride cymbal time|pattern|patterns"
        "|groove|beat|swing|work|pulse|timekeeping|playing|driven|based|heavy|figure|phrasing / rides|rode the? ride"
        " / jazz ride / plays|played|playing .. on the ride|rides",
        "ride_share high",
        0.65,
        unless="hat|hats|hihat",
        before_not="bell",
    ),
    Word(
        "time|pulse|groove|rhythm on|to|with|from the|his|her|a .. hi? hat|hats|hihat|hihats"
        " / prefers|preferred|favours|favors|favoured|favored .. hat|hats|hihat .. ride"
        " / hat|hats|hihat rather|instead than|of .. ride",
        "ride_share low",
        0.65,
        unless="voices",
    ),
    Word(
        "open|opens|opening|opened|half|sloshy|washy|slushy|sizzling|loose open? .. hi? hat|hats|hihat|hihats"
        " / hat|hats|hihat|hihats .. half? open|opened|openings|barks|bark|slosh / disco hats|hat",
        "hat_open_share high",
        0.7,
        unless="closed",
        before_not="for|with|the",
    ),
    Word(
        "tightly|firmly|tight|always closed? hi? hat|hats|hihat|hihats"
        " / hats|hat|hihat|hihats .. tightly|firmly|always|kept shut|closed",
        "hat_open_share low",
        0.6,
        near="hat|hats|hihat|hihats",
    ),
    Word(
        "16th|16ths|sixteenth|sixteenths notes|note? .. hi? hat|hats|hihat|hihats"
        " / hat|hats|hihat|hihats .. in|of|playing|plays 16th|16ths|sixteenth|sixteenths notes|note?",
        "hits_per_quarter.hat = 4",
        0.7,
        unless="guitar*",
    ),
    Word(
        "8th|8ths|eighth|eighths notes|note? .. hi? hat|hats|hihat|hihats"
        " / hat|hats|hihat|hihats .. in|of|playing|plays 8th|8ths|eighth|eighths notes|note?",
        "hits_per_quarter.hat = 2",
        0.7,
        unless="guitar*",
    ),
    Word(
        "quarter|quarters|crotchet|crotchets note|notes? .. hi? hat|hats|hihat|hihats",
        "hits_per_quarter.hat = 1",
        0.65,
    ),
    # Feet
    Word(
        "double|twin kick|kicks|bass drum|drums|drumming|drummer|pedal|pedals|work|playing|beats|patterns|runs|technique|parts"
        "|rolls|barrage|blasts|attack / double|twin kick|kicks|pedal|pedals / two|twin|dual bass drums|kicks / two kick|kicks drums"
        " / double bass drum|drums|drumming|pedal|pedals|work|beats|patterns|runs|technique|parts|rolls|barrage|blasts|attack",
        "double_kick high",
        0.8,
        before_not="player|players|bassist",
        unless="orchestra|upright|jazz",
    ),
    Word(
        "single pedal|kick|bass drum? / one foot / with a single foot|pedal / one bass|kick drum",
        "double_kick low",
        0.6,
        near="kick|bass|pedal|foot|drum",
        before_not="in",
        deniable=False,
    ),
    # Speed without a number
    Word(
        "blistering|breakneck|furious|frantic|frenetic|lightning|breathless|fast|high|very|rapid tempo|tempos|tempi|speed|speeds|pace",
        "tempo_bpm high",
        0.4,
    ),
    Word(
        "slow|sluggish|glacial|crawling|plodding|dirge like? tempo|tempos|tempi|pace",
        "tempo_bpm low",
        0.4,
    ),
    Word("mid|medium|moderate tempo|tempos|tempi|pace / midtempo", "tempo_bpm middle", 0.4),
)
