"""Words about feel and touch: where strokes fall, how even they are, how loud.

Conventions: see `table`. One line is one thing that is said; phrases are written as in `tokens`.
"""

from mididrumigen.prose.table import DRUMMING, Word

_MUSIC = "band|bands|era|music|revival|orchestra|dance|dancing|album|albums|record|set|door|doors|"

FEEL: tuple[Word, ...] = (
    # Late and early
    Word(
        "behind the beat / back of|on the beat / back end of the beat / behind the click|pulse"
        " / behind the rest of|the? .. band|group"
        " / drag|drags|dragged|dragging the? .. beat|tempo|time",
        "push_ms high",
        0.8,
    ),
    Word(
        "laid back / lay|lays|laying back / lean|leans|leaned|leaning|sit|sits|sat|sitting back",
        "push_ms high",
        0.7,
        near=f"{DRUMMING}|play*|record*|told|feel|funk|soul",
        unless="man|guy|person|personality|attitude|character|vibe|manner|atmosphere|lifestyle|stage"
        "|chair|sofa|watch*|demeanour|demeanor",
    ),
    Word(
        "late / lazily / lazy / drag|drags|dragged|dragging",
        "push_ms high",
        0.65,
        near="snare*|kick*|backbeat*|beat|beats|clap*|stroke*|hi|hat|hats|hihat|drum|drums|bass|groove"
        "|tempo|time|feel|falls|lands|heavy|playing|little",
        unless="night|life|sixties|seventies|eighties|nineties|1950s|1960s|1970s|1980s|1990s|2000s"
        "|1960|1970|1980|died|too|career|guitarist|singer|king|racing|triplet",
        after_not="the|of|his|her|in|since|as|until|into|of",
        before_not="and|of|in|for|bloomer",
    ),
    Word(
        "ahead of the beat|click|pulse / ahead of the? .. band|group"
        " / on top of the beat|time|click / top of the beat / front of|edge of the beat"
        " / in front of the beat|click"
        " / push|pushes|pushed|pushing the? .. beat|beats|tempo|tempos|time|ahead"
        " / play|plays|played|playing .. on top",
        "push_ms low",
        0.8,
    ),
    Word(
        "rush|rushes|rushed|rushing / early / anticipate|anticipates|anticipated|anticipating",
        "push_ms low",
        0.6,
        near="snare*|kick*|backbeat*|beat|beats|clap*|stroke*|tempo|tempos|hat|hats|band|time|constantly"
        "|drum|drums|fills|falls|lands|arrives|always",
        unless="hospital|release|stage|production|years|days|career|life|age|childhood|home|1950s|1960s"
        "|1970s|1980s|1990s|2000s|seventies|sixties|eighties|bands|music|recordings|albums|gold|to"
        "|influence*|example|hour|crowd|release",
        after_not="the|his|an|from|in|of",
        before_not="on|to|in|into|out|morning|album|work|recordings",
    ),
    Word(
        "on the beat|grid|click / dead|bang|smack|right on the beat"
        " / dead|right|smack in the middle / centre|center|middle of the beat",
        "push_ms middle",
        0.6,
        near="dead|bang|smack|right|squarely|centre|center|middle|exactly|precisely",
        unless="behind|ahead|top|front|back|grid",
    ),
    # Swing
    Word(
        "swung|swing|swinging|shuffled|shuffle|shuffling 16th|16ths|sixteenth|sixteenths notes"
        "|note?"
        " / 16th|16ths|sixteenth|sixteenths notes|note? are|is|were|was|slightly|swing|swings"
        "|swung .. swung|shuffled? / 16th|sixteenth note|notes? swing|shuffle"
        " / swing|swings|swinging|swung his|her|their|the 16th|16ths|sixteenth|sixteenths notes"
        "|note?",
        "swing_16ths high",
        0.85,
    ),
    Word(
        "swung|swing|swings|swinging|shuffled|shuffles .. 8th|8ths|eighth|eighths notes|note?"
        " / 8th|8ths|eighth|eighths notes|note? are|is|were|was swung|swinging|shuffled"
        " / swing|swings|swinging|swung his|her|their|the 8th|8ths|eighth|eighths notes|note?",
        "swing_8ths high",
        0.85,
    ),
    Word(
        "straight|unswung|even 16th|16ths|sixteenth|sixteenths notes|note?"
        " / 16th|16ths|sixteenth|sixteenths .. dead|completely|perfectly? straight|even",
        "swing_16ths low",
        0.85,
    ),
    Word(
        "straight eight|eights / straight|even|unswung .. 8th|8ths|eighth|eighths notes|note?"
        " / 8th|8ths|eighth|eighths notes|note? are|is|were|was .. straight|even|unswung",
        "swing_8ths low",
        0.85,
    ),
    Word(
        "swing|swings|swinging|swung",
        "swing_8ths high",
        0.6,
        near=f"{DRUMMING}|he|she|his|her|feel|slight|little|hint|touch|hard|notes|songs|tracks|band|make|made",
        unless="influences|genres|blues|pendulum|voters|state|mood|full|vote|1930s|thirties|forties|clubs|playground|axe|fists"
        "|hammer|bat|door|doors|golf|open",
        before_not=f"{_MUSIC}at|out|away|towards|toward|from|through|bands|standards|legend",
        after_not="in|full|the|western|new|electro|into",
    ),
    Word(
        "swing drummer / sense of swing / swing feel / jazz swing"
        " / swing to .. groove|beat|playing / lilt|lilting",
        "swing_8ths high",
        0.7,
    ),
    Word(
        "shuffle|shuffles|shuffled|shuffling",
        "swing_8ths high",
        0.75,
        unless="cards|deck|feet|line|lineup|playlist|ipod|mode|personnel|across|offstage|onto|boogaloo",
        after_not="harlem",
        before_not="of|through|off|into|demon|board",
    ),
    Word(
        "triplet|triplets feel|based|pulse|groove|subdivision / rolling triplets"
        " / ternary feel|rhythm|pulse",
        "swing_8ths high",
        0.65,
    ),
    Word(
        "play|plays|played|playing it|them|everything dead|completely|very? straight"
        " / straight feel|rock|time|groove|beat|beats|rhythm / without|no any? swing",
        "swing_8ths low",
        0.5,
        unless="ahead",
    ),
    # Tight and loose
    Word(
        "metronomic|metronomically / like a? metronome|clockwork"
        " / human|living|walking metronome"
        " / machine|clock like precision|accuracy|timing|regularity|consistency|time|groove"
        "|drumming / robotic|robotically|mechanical|mechanically"
        " / steady|tight|precise as a|any .. machine|metronome|clock|rock"
        " / impeccable|perfect|flawless|rock|solid|steady|unwavering|precise|exact|immaculate"
        " .. timing|time|timekeeping|meter / rock solid"
        " / rock steady drum*|beat*|groove*|time|timing|rhythm"
        " / pinpoint|surgical accuracy|precision / mistaken|taken for a loop|machine|sample"
        " / precise|precision drumming|drummer|playing|beats|grooves",
        "timing_sd_ms low",
        0.75,
        before_not="signature|signatures|of|i|when",
        unless="guitar*|vocal*|singing|bass",
    ),
    Word(
        "quantised|quantized|quantise|quantize|quantising|quantizing|quantisation|quantization",
        "timing_sd_ms low",
        0.8,
    ),
    Word(
        "switched|turned|turning|switching|turn|switch off|of|the? .. quantise|quantize"
        "|quantising|quantizing|quantisation|quantization"
        " / switched|turned .. quantise|quantize|quantization off"
        " / quantise|quantize|quantisation|quantization .. turned|switched off"
        " / unquantised|unquantized"
        " / off the grid / not on the grid",
        "timing_sd_ms high",
        0.85,
        deniable=False,
    ),
    Word(
        "tight",
        "timing_sd_ms low",
        0.6,
        near="play|plays|played|playing|drumming|groove*|timing|rhythm|rhythms|beats|drummer|time|pocket"
        "|locked|lock",
        unless="sound|sounds|tuned|dry|trousers|jeans|schedule|budget|security|grip|knit|friends"
        "|lipped|head|heads|friendship|tone|tuning|skin|deadline*|harmon*|budget",
    ),
    Word(
        "loose|looser|loosely|sloppy|sloppiness|wobbly|wobble*|drunk|drunken|ragged|erratic"
        "|unsteady|shambling|stumbling|lurching|imprecise",
        "timing_sd_ms high",
        0.6,
        near="play|plays|played|playing|drumming|drums|groove*|timing|rhythm|rhythms|beat|beats|drummer"
        "|time|timekeeping|tempo|tempos|feel|section|kick*|snare*|swing",
        unless="fitting|shirt|ends|wrist*|grip|end|cannon|based|concept|fights|arrested|driver"
        "|backstage|hotel|skin|tuned|driving",
        before_not="with|on|and|based|in|from",
    ),
    # Loudness
    Word(
        "heavy|hard|heaviest|hardest|loud|loudest|powerful .. hitter|hitters|hitting"
        " / hit|hits|hitting .. hard|harder|hardest"
        " / thunderous|thundering|pounding|bombastic|hammering|ferocious|brutal|explosive drum*"
        "|play*|beat*|kick*|style|attack|rhythm* / hard|heavy hitting|handed"
        " / play|plays|played|playing .. loud|louder|loudly|heavier|harder|hard|heavily"
        " / pound|pounds|pounded|bash|bashes|bashed|bashing|smashes|smashed|slams|slammed .."
        " kit|drums|skins|tubs / sheer|raw|brute power|force|volume"
        " / powerful|forceful|muscular|heavy|loud|aggressive drum|drums|drummer|drumming"
        "|playing|style|player",
        "velocity_mean high",
        0.65,
        unless="fast|by|radio|charts|number|single|loss|work|worked",
        before_not="work|times|drive|to|rock|metal|by|machine|machines",
    ),
    Word(
        "thunderous|deafening|bombastic / loud drummer / busy and loud",
        "velocity_mean high",
        0.5,
        near=f"{DRUMMING}|could|he|was|is",
        unless="applause|ovation|reception|guitar*|crowd|response",
    ),
    Word(
        "light|delicate|gentle|soft|feathery|subtle touch"
        " / touch is|was|so? .. light|gentle|soft|delicate"
        " / play|plays|played|playing .. softly|quietly|gently|delicately|lightly|quiet|soft"
        "|softer|quieter / soft|quiet|gentle|delicate|understated drumming|drummer|playing",
        "velocity_mean low",
        0.7,
        unless="spoken|guitar*|piano",
    ),
    Word(
        "dynamic range|contrast|contrasts|variation|variations|extremes|sensitivity|shading"
        "|control / wide|great|huge|extreme|subtle|sensitive|masterful dynamics"
        " / dynamics .. range|from / sense|command|use|control|mastery of dynamics"
        " / dynamic drummer|drumming|playing / from a? whisper|pianissimo to",
        "velocity_sd high",
        0.65,
        unless="processor|compress*|microphone*|group|band|duo",
    ),
    Word(
        "same|constant|even|uniform volume|velocity|loudness|dynamic",
        "velocity_sd low",
        0.55,
        near=DRUMMING,
    ),
    Word(
        "powerful|hard|heavy|loud|cracking|slamming|pounding|massive|thunderous|huge|crisp"
        "|fierce|big backbeat|backbeats|snare / hard|heavy hit|struck snare"
        " / snare cracks|cracking|explodes / rimshot|rimshots / rim shot|shots",
        "backbeat_velocity high",
        0.7,
        unless="drum",
    ),
    Word(
        "soft|gentle|light|quiet backbeat|backbeats|snare",
        "backbeat_velocity low",
        0.6,
    ),
    # Ghosts and ornaments
    Word(
        "ghost note|notes|stroke|strokes|hit|hits|noted|noting"
        " / ghosted .. note|notes|snare|stroke|strokes|hits"
        " / ghosts|ghosting the|his? .. snare|notes|backbeat|strokes / snare ghosts|ghosting"
        " / ghosted",
        "ghost_share high",
        0.75,
    ),
    Word(
        "ghost|ghosted note|notes|stroke|strokes|snare? .. feather|soft|barely|quiet|light"
        "|whispered|inaudible"
        " / feather|soft|barely|quiet|whispered|subtle .. ghost note|notes|strokes|stroke",
        "ghost_velocity low; ghost_share high",
        0.65,
        deniable=False,
    ),
    Word(
        "loud|prominent|audible|pronounced ghost notes|strokes|note",
        "ghost_velocity high; ghost_share high",
        0.65,
    ),
    Word("flam|flams|flammed|flamming", "flam_rate high", 0.6),
    Word(
        "drags|ruffs|ruff / four stroke ruff|ruffs",
        "drag_rate high",
        0.55,
        near="flams|rudiment*|rolls|ruffs|paradiddles|grace",
    ),
    Word(
        "press|buzz|closed|snare|double|single stroke? roll|rolls / double strokes|stroke"
        " / drum|snare rolls / rolls on the snare",
        "double_rate high",
        0.55,
        unless="eyes",
        after_not="single",
    ),
)
