"""What is known of an artist, in words: where it is from, then what stands out."""

from collections.abc import Mapping, Sequence
from typing import Any

from mididrumigen.groove.poles import worth
from mididrumigen.groove.traits import TRAITS
from mididrumigen.models import Evidence, Trait
from mididrumigen.research.rank import RANKS, is_measured, rank_of

_MOST_SAID = 6


def describe(evidence: Sequence[Evidence], traits: Mapping[str, Trait]) -> str:
    """A few sentences; `evidence` must not be empty."""
    noted = sorted(
        (e for e in evidence if e.value.get("about")),
        key=lambda e: (-rank_of(e), -e.value.get("weight", 0)),
    )
    abouts = list(dict.fromkeys(e.value["about"] for e in noted))
    measured = [e for e in evidence if is_measured(e)]
    told = [e for e in evidence if RANKS[rank_of(e)] == "told"]
    if measured:
        return _measured(measured, traits) + "".join(f" {about}" for about in abouts[:1])
    if told:
        return " ".join((_told(told, traits), *abouts[:1]))
    return " ".join(abouts[:2])


def _measured(measured: Sequence[Evidence], traits: Mapping[str, Trait]) -> str:
    parts = [f"Measured from {len(measured)} MIDI file{'s' if len(measured) > 1 else ''}"]
    if "tempo_bpm" in traits:
        parts.append(f"around {traits['tempo_bpm'].value:.0f} BPM")
    for level, name in (("eighths", "swing_8ths"), ("16ths", "swing_16ths")):
        if name in traits and traits[name].value >= 53:
            parts.append(f"{level} swung {traits[name].value:.0f} %")
    if "ghost_share" in traits:
        parts.append(
            f"{traits['ghost_share'].value:.0%} of snare strokes are ghosts".replace("%", " %")
        )
    if "hits_per_quarter" in traits:
        parts.append(f"{traits['hits_per_quarter'].value:.1f} strokes a beat")
    return ", ".join(parts) + "."


def _told(told: Sequence[Evidence], traits: Mapping[str, Trait]) -> str:
    """How many say what, the surest first."""
    sources = len({e.source for e in told})
    parts = [f"Read in {sources} source{'s' if sources > 1 else ''}"]
    tempo = traits.get("tempo_bpm")
    if tempo and tempo.is_own:
        parts.append(f"around {tempo.value:.0f} BPM")
    own = [(name, t) for name, t in traits.items() if t.is_own and name != "tempo_bpm"]
    own.sort(key=lambda each: (-each[1].confidence, each[0]))
    claims = [claim for e in told for claim in e.value.get("claims", ())]
    used = sorted({claim["trait"].removeprefix("kit.") for claim in claims if _used(claim)})
    words = [word for name, trait in own if (word := _word(name, trait.value))]
    parts += list(dict.fromkeys(words))[:_MOST_SAID]
    if used:
        parts.append(f"uses {' and '.join(used[:3])}".replace("_", " "))
    return ", ".join(parts) + "."


def _used(claim: Mapping[str, Any]) -> bool:
    """Whether a claim says that a piece of the kit is used."""
    return claim["trait"].startswith("kit.") and not claim.get("not")


def _word(name: str, value: float) -> str:
    """What a listener calls a trait that is high or low; empty where it is neither."""
    base, _, voice = name.partition(".")
    called = TRAITS[base].called
    scale = TRAITS[base].scale
    # What listeners call so of this very voice: 4 strokes a beat are busy on the hat alone.
    most, least = worth(name, "high"), worth(name, "low")
    high = most.low if most else scale.low + 0.6 * (scale.high - scale.low)
    low = least.high if least else scale.low + 0.25 * (scale.high - scale.low)
    if not voice:
        high = called.above if called.above is not None else high
        low = called.below if called.below is not None else low
    word = called.high if value >= high else called.low if value <= low else ""
    voice = voice or called.whole
    return word.format(
        voice=voice or "kit",
        its=f"{voice} " if voice else "",
        of=f" of the {voice}" if voice else "",
    )
