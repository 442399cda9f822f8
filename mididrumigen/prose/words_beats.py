"""Words about beats: by name, how much is played, how it changes.

Conventions: see `table`.
"""

from mididrumigen.prose.table import DRUMMING, Word

BEATS: tuple[Word, ...] = (
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
        "linear drumming|groove|grooves|pattern|patterns|fills|beat|beats|playing|style"
        "|phrasing|approach|ideas|concepts",
        "groove.linear",
        0.75,
        before_not="film|narrative",
    ),
    Word("paradiddle|paradiddles / paradiddle based|groove|grooves", "groove.paradiddle", 0.65),
    Word(
        "half time feel|groove|beat|backbeat|drums|drumming|pattern|rhythm"
        " / halftime feel|groove|beat / play|plays|played|drops|switches in|into|to half time",
        "groove.half_time",
        0.65,
    ),
    Word(
        "double time feel|groove|beat|hats|drums|drumming|pattern|rhythm"
        " / doubletime feel|groove|beat",
        "groove.double_time",
        0.65,
    ),
    # How much is played
    Word(
        "busy|busier|busiest|hyperactive|frenetic|frantic|manic|dense|hectic|cluttered|notey .."
        " drum|drums|drumming|drummer|playing|style|patterns|parts|grooves|beats|rhythms|fills"
        "|player|cymbals|hands"
        " / drumming|playing|style|parts|patterns|grooves is|are|was|were|became .. busy|busier"
        "|dense|frenetic|hyperactive|frantic|manic / overplay|overplays|overplayed|overplaying"
        " / plays|played busy|busily / busy and loud / something|strokes on every sixteenth|16th"
        " / never leaves|left .. space|gaps",
        "hits_per_quarter high",
        0.7,
        unless="year|schedule|street|session|calendar",
    ),
    Word(
        "sparse|sparsely|minimalist|minimalistic|economical|economically|spare|uncluttered"
        "|unfussy / no frills"
        " / minimal|simple|restrained|understated|stripped|basic|economic|austere|spacious .."
        " drum|drums|drumming|playing|style|patterns|parts|grooves|beats|beat|approach|rhythms"
        "|drummer|groove|pattern"
        " / drumming|playing|style|parts|patterns|grooves|beats|groove|beat is|are|was|were"
        "|stays|remains .. simple|minimal|restrained|understated|sparse|basic"
        " / plays|played|kept|keeps|keep it|things|everything? simple|simply|minimal"
        " / less is more / economy of .. strokes|notes|motion?"
        " / leave|leaves|leaving|left .. space|room / plays|played as few notes"
        " / nothing but the? basics|essentials",
        "hits_per_quarter low",
        0.65,
        unless="kit|kits|setup|furniture|room|crowd|attendance|lyrics|production|audience|time"
        "|guitar*|piano|vocal*|melod*|arrangement|set|for",
        after_not="deceptively|parking",
    ),
    Word(
        "syncopat* / off beat|beats accent|accents|kicks|kick"
        " / displaces|displaced|displace|displacing .. backbeat|backbeats|snare|snares|accents",
        "syncopation high",
        0.7,
        unless="guitar*|bassline*|vocal*|piano|horn*|melod*|keyboard*|strings",
    ),
    Word(
        "steady|solid|firm|strong|simple|rock|straight|straightforward|driving|relentless"
        "|unwavering|constant|insistent|basic|foursquare .. backbeat|backbeats"
        " / backbeat|snare on two|2|beats? and 4|four / snare|backbeat on beats two|2 and 4|four"
        " / on the two and four / snare on .. 2|two and 4|four",
        "backbeat high",
        0.7,
    ),
    Word("backbeat|backbeats", "backbeat high", 0.6, only_denied=True),
    Word(
        "repetitive|repetitious|hypnotic|unvarying|unchanging|looped drumming|drums|drummer"
        "|playing|beat|beats|groove|grooves|pattern|patterns|rhythm|rhythms"
        " / loop based|like .. drum*|beat|beats|groove|grooves"
        " / drumming|drums|beat|groove|pattern|rhythm is|was|stays|remains .. repetitive"
        "|hypnotic|unchanged|unchanging|unvarying"
        " / drumming|drums|beat|groove|pattern|rhythm is|was|stays|remains .. the same"
        " / same beat|groove|pattern all|throughout|for|over|from",
        "bar_similarity high",
        0.65,
    ),
    Word(
        "never|rarely|seldom plays|played|play|repeats|repeated .. same bar|bars|beat|pattern"
        "|groove|thing|part|way .. twice? / no two bars|measures"
        " / ever|constantly changing|shifting drum*|pattern*|groove*|beat*"
        " / unpredictable|improvised|improvisational drumming|playing|grooves|patterns|style"
        "|drums",
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
)
