"""Words about fills, cymbals, feet and speed.

Conventions: see `table`.
"""

from mididrumigen.prose.table import Word

_MANY = (
    "many|frequent|constant|constantly|countless|endless|numerous|lots|incessant|relentless|non"
    "|more|busier|elaborate|flashy|extravagant|flamboyant|wild|furious|explosive|legendary"
    "|trademark|bombastic|intricate|complex"
)

PARTS: tuple[Word, ...] = (
    # Fills
    Word(
        f"{_MANY} .. fill|fills / fill|fills all over|everywhere|constantly|after / too|so many"
        " fills"
        " / full|flurry|barrage|torrent|array|wealth|abundance of .. fills / every bar|measure"
        " .. fill"
        " / fill|fills in|on|at every|each bar|measure|line / chance|excuse|opportunity for a?"
        " fill|fills / always|constantly throwing|throws .. fills / known|famous|renowned for"
        "|his|her|their .. fills"
        " / never plays|played without a? fill|fills / penchant|love|taste|fondness for .. fills"
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
        "long|longer|extended|lengthy|two|2|full|whole|multi|four|sweeping|sprawling bar|bars"
        "|measure? .. fill|fills / fill|fills are|is|were|was .. long|longer|extended"
        " / long|extended|lengthy|sweeping .. fill|fills"
        " / fill|fills that? last|lasts|lasting|span|spans|spanning|stretch|stretching",
        "fill_quarters high",
        0.65,
        unless="short|shorter|brief",
    ),
    Word(
        "short|shorter|brief|concise|tiny .. fill|fills / one|two beat fill|fills"
        " / fill|fills are|is|were|was .. short|shorter|brief|concise"
        " / fill|fills .. to the point",
        "fill_quarters low",
        0.65,
        unless="long|longer",
    ),
    Word(
        "tom heavy|driven|based|laden|dominated|centric"
        " / rolling|tribal|pounding|thundering|big|cascading|tumbling tom|toms"
        " / tom|toms fills|patterns|rolls|work|grooves / heavy use|reliance of|on .. toms"
        " / tribal drum*|rhythm* / tom tom fills|patterns|rolls|work|grooves"
        " / around|round|across|down the toms|tom / relies|relied .. toms"
        " / patterns|groove|grooves on the .. toms|tom",
        "hits_per_quarter.tom high",
        0.65,
        unless="heart",
        beside=True,
    ),
    # Cymbals
    Word(
        "crash|crashes|crashing|crashed .. every|each downbeat|bar|beat|one|measure|accent"
        "|chorus / rides|riding|ridden|ride .. crash|crashes"
        " / wash|washes of crash|cymbals|cymbal"
        " / liberal|heavy|constant|frequent use of .. crash|crashes",
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
        "crash|crashes at|to end|finish|close .. fill|fills|fill"
        " / ends|ended|ending|finishes .. fill|fills with|on .. crash"
        " / fill|fills .. with|into a? crash",
        "crash_after_fill high",
        0.6,
    ),
    Word(
        "time|pulse|groove|rhythm|beat on|to|with|from the|his|her|a .. ride|rides cymbal"
        "|cymbals?"
        " / ride cymbal time|pattern|patterns|groove|beat|swing|work|pulse|timekeeping|playing"
        "|driven|based|heavy|figure|phrasing / rides|rode the? ride / jazz ride"
        " / plays|played|playing .. on the ride|rides",
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
        "open|opens|opening|opened|half|sloshy|washy|slushy|sizzling|loose open? .. hi? hat"
        "|hats|hihat|hihats"
        " / hat|hats|hihat|hihats .. half? open|opened|openings|barks|bark|slosh"
        " / disco hats|hat",
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
        "16th|16ths|sixteenth|sixteenths notes|note? .. on|by|from|with .. hi? hat|hats|hihat"
        "|hihats"
        " / 16th|16ths|sixteenth|sixteenths notes|note? hi? hat|hats|hihat|hihats"
        " / hat|hats|hihat|hihats .. in|of|playing|plays 16th|16ths|sixteenth|sixteenths notes"
        "|note?",
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
        "double|twin kick|kicks|bass drum|drums|drumming|drummer|pedal|pedals|work|playing"
        "|beats|patterns|runs|technique|parts|rolls|barrage|blasts|attack"
        " / double|twin kick|kicks|pedal|pedals / two|twin|dual bass drums|kicks"
        " / two kick|kicks drums"
        " / double bass drum|drums|drumming|pedal|pedals|work|beats|patterns|runs|technique"
        "|parts|rolls|barrage|blasts|attack",
        "double_kick high",
        0.8,
        before_not="player|players|bassist",
        unless="orchestra|upright|jazz",
    ),
    Word(
        "double bass",
        "double_kick high",
        0.55,
        before_not="player|players|bassist|and|section",
        unless="orchestra|upright|jazz|bow|cello|violin|string|piano|bassist|plucked|studied|acoustic",
        after_not="the|a|on|acoustic",
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
        "blistering|breakneck|furious|frantic|frenetic|lightning|breathless|fast|high|very"
        "|rapid tempo|tempos|tempi|speed|speeds|pace",
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
