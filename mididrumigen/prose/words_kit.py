"""Words for what is struck that not every drummer has.

Conventions: see `table`. Snare, kick, hi-hat, crash and ride say nothing by being there.
"""

from mididrumigen.prose.table import Word

KIT: tuple[Word, ...] = (
    Word("cowbell|cowbells / cow bell|bells", "kit.cowbell", 0.8),
    Word(
        "china|chinas / chinese|trash cymbal|cymbals",
        "kit.china",
        0.75,
        near="cymbal*|crash*|splash*|ride|type|inch|stack*|kit|trash*",
        unless="toured|tour|beijing|shanghai|japan|born|republic",
        after_not="in|from|to|of",
    ),
    Word(
        "splash|splashes",
        "kit.splash",
        0.75,
        near="cymbal*|crash*|china*|inch|hat|hats|kit|accents|stack*",
        after_not="a|big",
        unless="made",
    ),
    Word(
        "ride bell / bell of the|his|her|a .. ride|cymbal / bell of ride / cymbal bell"
        " / bell pattern|patterns / bell of his|the ride",
        "kit.ride_bell",
        0.8,
    ),
    Word(
        "cross stick|sticks|sticking|sticked / crossstick / side stick|sticks|sticking"
        " / sidestick|sidesticks / rim click|clicks|clicking|knock|knocks / rimclick|rimclicks",
        "kit.sidestick",
        0.8,
    ),
    Word(
        "floor tom|toms",
        "kit.tom_floor_low",
        0.7,
    ),
    Word("tambourine|tambourines", "kit.tambourine", 0.7, unless="jingle|sang|singer"),
    Word(
        "handclap|handclaps / hand clap|claps / clap sample|sound|sounds / sampled claps",
        "kit.clap",
        0.65,
    ),
    Word("woodblock|woodblocks / wood block|blocks / temple blocks", "kit.woodblock_high", 0.7),
    Word("conga|congas", "kit.conga_open", 0.65, unless="player|percussionist|line"),
    Word("bongo|bongos", "kit.bongo_high", 0.65, unless="player|percussionist"),
    Word(
        "timbale|timbales",
        "kit.timbale_high",
        0.65,
        before_not="like|style",
        unless="player|percussionist",
    ),
    Word("agogo|agogos / agogo bell|bells", "kit.agogo_high", 0.7),
    Word("claves", "kit.claves", 0.65),
    Word("cabasa|cabasas|shekere|shekeres", "kit.cabasa", 0.65),
    Word(
        "shaker|shakers|maraca|maracas",
        "kit.maracas",
        0.6,
        before_not="maker|heights|kitchen",
        after_not="a",
    ),
    Word("guiro|guiros|güiro|güiros", "kit.guiro_long", 0.65),
    Word("vibraslap", "kit.vibraslap", 0.7),
    Word("cuica|cuicas|cuíca|cuícas", "kit.cuica_open", 0.65),
    Word(
        "brushes / brush work|playing|technique|strokes / brushwork / with brushes",
        "kit.brushes",
        0.75,
        near="play*|use*|drum*|snare*|ballad*|sticks|with|switch*|swap*|his|touch|jazz",
        unless="teeth|paint*|death|law|police|airbrush*",
        before_not="against|off|aside|past",
    ),
    Word(
        "mallets / soft|felt mallets|beaters",
        "kit.mallets",
        0.7,
        unless="vibraphone|marimba|xylophone",
    ),
)
