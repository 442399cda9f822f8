"""Traits in words, and free text as what it asks for.

Conventions: a trait is called by what a listener hears where it is high or low, and by its plain
name between, in the words of `groove.traits`. High and low are about half a spread from the mean of
everybody, but for what has a zero of its own: a snare is late from 3 ms on, sixteenths are swung
from 53 % on.
"""

import re
from collections.abc import Iterable, Mapping

from mididrumigen.groove.traits import trait_kind
from mididrumigen.models.described import Described
from mididrumigen.models.names import normalise_name
from mididrumigen.similar.traits import Spread, places

_HALF = 0.5
"""Spreads from the mean of everybody from which on a trait is high or low."""


def in_words(name: str, value: float, away: float) -> str:
    """What a listener would call this value: "late snare"; `away` is how many spreads it is from
    the mean of everybody.
    """
    called, family = trait_kind(name).called, name.partition(".")[2]
    high = value >= called.above if called.above is not None else away >= _HALF
    low = value <= called.below if called.below is not None else away <= -_HALF
    voice = "hi-hat" if family == "hat" else family
    return (called.high if high else called.low if low else called.plain).format(
        voice=voice or called.whole,
        its=f"{voice} " if voice else "",
        of=f" on the {voice}" if voice else "",
    )


def amounts(name: str, mine: float, theirs: float) -> str:
    """Two values of a trait with their unit: "9 and 8 ms"."""
    unit = trait_kind(name).unit
    if unit == "share":
        return f"{mine * 100:.0f} and {theirs * 100:.0f} %"
    digits = 1 if unit in ("hits", "per bar", "quarters") else 0
    return f"{mine:.{digits}f} and {theirs:.{digits}f} {'' if unit == 'velocity' else unit}".strip()


def character(entry: Described, spreads: Mapping[str, Spread], most: int = 6) -> str:
    """What stands out of an entry's own traits, as a sentence; empty where nothing does."""
    away = {n: place for n, place in places(entry.traits, spreads).items() if n in entry.own}
    telling = sorted((n for n in away if abs(away[n]) >= _HALF), key=lambda n: (-abs(away[n]), n))
    said = dict.fromkeys(in_words(n, entry.traits[n], away[n]) for n in telling[:most])
    return f"{', '.join(said).capitalize()}." if said else ""


_VOICES = {
    "snare": ("snare", "snares", "backbeat", "clap"),
    "kick": ("kick", "kicks", "bass"),
    "hat": ("hat", "hats", "hihat", "hihats"),
    "ride": ("ride", "cymbal", "cymbals"),
    "tom": ("tom", "toms"),
}
_NOT = frozenset({"no", "not", "without", "few", "little", "hardly", "less", "never"})
_NEAR = 2
"""Words between one that says how and the voice that it is about."""

_ASKED: tuple[tuple[str, dict[str, float]], ...] = (
    ("swung|swing|swinging|swings|shuffle|shuffled|shuffling", {"swing_16ths": 1, "swing_8ths": 1}),
    ("straight|unswung", {"swing_16ths": -1, "swing_8ths": -1}),
    ("late|behind|lazy|dragging|laid|dragged", {"push_ms": 1}),
    ("early|ahead|rushed|rushing|pushed|pushing", {"push_ms": -1}),
    ("loose|sloppy|drunk|drunken|human|wobbly", {"timing_sd_ms": 1}),
    (
        "tight|precise|exact|programmed|quantised|quantized|robotic|mechanical|machine",
        {"timing_sd_ms": -1},
    ),
    ("ghost|ghosts|ghosted", {"ghost_share": 1}),
    (
        "loud|heavy|powerful|hard|thunderous|pounding|slamming",
        {"velocity_mean": 1, "backbeat_velocity": 1},
    ),
    ("soft|softly|quiet|gentle|delicate|brushes", {"velocity_mean": -1, "backbeat_velocity": -1}),
    ("dynamic|dynamics", {"velocity_sd": 1}),
    ("busy|dense|intricate|complex|complicated", {"hits_per_quarter": 1, "syncopation": 1}),
    ("sparse|minimal|simple|empty|spacious", {"hits_per_quarter": -1, "syncopation": -1}),
    ("fast|quick|uptempo|furious", {"tempo_bpm": 1}),
    ("slow|downtempo|crawling", {"tempo_bpm": -1}),
    ("syncopated|syncopation|offbeat", {"syncopation": 1}),
    ("repetitive|repeating|loop|looped|loops|hypnotic|motorik", {"bar_similarity": 1}),
    ("varied|changing|unpredictable|improvised", {"bar_similarity": -1}),
    ("fill|fills", {"fill_rate": 1}),
    ("crash|crashes", {"crash_rate": 1}),
    ("ride", {"ride_share": 1}),
    ("open|washy|sloshy", {"hat_open_share": 1}),
    ("double", {"double_kick": 1}),
    ("flam|flams", {"flam_rate": 1}),
    ("drag|drags|ruffs", {"drag_rate": 1}),
    ("roll|rolls|doubles", {"double_rate": 1}),
)
"""Words -> traits that they ask for, high (1) or low (-1)."""

_FIRM: dict[tuple[str, float], float] = {
    ("swing_16ths", 1): 58.0,
    ("swing_16ths", -1): 50.0,
    ("swing_8ths", 1): 64.0,
    ("swing_8ths", -1): 50.0,
    ("push_ms", 1): 10.0,
    ("push_ms", -1): -8.0,
    ("double_kick", 1): 1.0,
}
"""Values that a word asks for; for what is not here it is one and a half spreads from the mean."""
_ASKED_SPREADS = 1.5
_TEMPO = re.compile(r"\b(\d{2,3})\s*bpm\b")


def asked_by_text(
    text: str, styles: Iterable[Described], spreads: Mapping[str, Spread]
) -> Described:
    """What a text asks for: the styles that it names, by title or alias, the longest first, and the
    traits that the rest of its words are about.
    """
    words = normalise_name(text.replace("-", " ")).split()
    found: dict[str, float] = {}
    titles = []
    names = sorted(
        ((normalise_name(name).split(), style) for style in styles for name in _called(style)),
        key=lambda named: (-len(named[0]), named[0]),
    )
    for parts, style in names:
        at = _place(words, parts)
        if at is not None:
            words[at : at + len(parts)] = ["", *[""] * (len(parts) - 1)]
            found.update(dict.fromkeys(style.styles, 1.0))
            titles.append(style.name)
    traits = _traits_asked(words, spreads)
    tempo = _TEMPO.search(text.casefold())
    if tempo and 30 <= int(tempo[1]) <= 300:
        traits["tempo_bpm"] = float(tempo[1])
    genre = ", ".join(dict.fromkeys(titles))
    return Described(
        name=text,
        kind="artist",
        styles={key: 1 / len(found) for key in found},
        genre=genre,
        about=text,
        traits=traits,
        own=frozenset(traits),
    )


def _called(style: Described) -> tuple[str, ...]:
    return (style.name, *style.aliases)


def _place(words: list[str], parts: list[str]) -> int | None:
    """Where `parts` stand in `words` as a whole."""
    for at in range(len(words) - len(parts) + 1):
        if parts and words[at : at + len(parts)] == parts:
            return at
    return None


def _traits_asked(words: list[str], spreads: Mapping[str, Spread]) -> dict[str, float]:
    traits: dict[str, float] = {}
    for at, word in enumerate(words):
        for pattern, wanted in _ASKED:
            if word and re.fullmatch(pattern, word):
                turned = -1 if _NOT & set(words[max(at - 2, 0) : at]) else 1
                for base, direction in wanted.items():
                    name = _narrowed(base, words, at, spreads)
                    value = _value(name, turned * direction, spreads)
                    if value is not None:
                        traits[name] = value
    return traits


def _narrowed(base: str, words: list[str], at: int, spreads: Mapping[str, Spread]) -> str:
    """A trait for the voice that stands near, where it can be narrowed and somebody has it."""
    if not trait_kind(base).per_family:
        return base
    around = words[at + 1 : at + 2 + _NEAR] + words[max(at - 1 - _NEAR, 0) : at][::-1]
    for near in around:
        for family, called in _VOICES.items():
            if near in called and f"{base}.{family}" in spreads:
                return f"{base}.{family}"
    return "push_ms.snare" if base == "push_ms" else base


def _value(name: str, direction: float, spreads: Mapping[str, Spread]) -> float | None:
    """The value that a word asks for; None where nobody has the trait."""
    firm = _FIRM.get((name.partition(".")[0], direction))
    if firm is not None:
        return firm
    if name not in spreads:
        return None
    kind, spread = trait_kind(name), spreads[name]
    value = spread.mean + direction * _ASKED_SPREADS * spread.sd
    if name == "tempo_bpm":
        value = 2 ** (value / 12)
    return round(min(max(value, kind.low), kind.high), 3)
