"""Evidence -> StyleProfile: a pure function, so that a profile can be rebuilt, compared and
explained at any time.

Conventions: evidence has a rank: measured (MIDI, audio) over what was noted about the artist, over
what is known of a style, over the nearest style of an unknown name. A trait is drawn from the
highest rank that speaks of it and from nothing below, so measurement always outvotes opinion.
Within a rank claims are pooled with the square root of the number of strokes or bars they rest
on, so that one long take does not speak for all.

Confidence: measured evidence of one kind earns 0.4 to 0.69, growing with the number of takes; 0.7
and more needs several kinds. Notes have the confidence written on them, under 0.4.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

from mididrumigen.drums import Voice
from mididrumigen.groove.fold import fold
from mididrumigen.groove.traits import trait_kind
from mididrumigen.models import Artist, Bar, Evidence, StyleProfile, Trait
from mididrumigen.models.profile import MAX_IDS, Basis

PROFILE_VERSION = 2

MAX_TAKES, MAX_GROOVES_A_TAKE, MAX_FILLS = 36, 16, 96
"""Vocabulary that a profile carries: enough for a drummer of many styles, and still read in
milliseconds.
"""


_ENOUGH = {"groove": 3, "fill": 2}
"""With fewer bars than this of its own an artist borrows from the styles."""

_MEASURED_KINDS = frozenset({"midi", "audio"})
_RANKS = ("unknown", "genre", "builtin", "measured")

_DRAWN, _DRAWN_8THS = 3.0, 12.0
"""A family with so many strokes in a take is believed half: one stroke strays about as far as the
families differ in their swing of 16ths, and three times as far as they differ in that of eighths,
where most of what is measured is which strokes happen to have neighbours.
"""


def build_profile(artist: Artist, evidence: Sequence[Evidence]) -> StyleProfile:
    """Profile of `artist`; `evidence` must not be empty. Its order does not matter."""
    evidence = sorted(evidence, key=lambda e: e.id)
    top = max(_rank(e) for e in evidence)
    traits = _traits(evidence)
    tempos = _tempos(evidence, top)
    grooves, fills = _vocabulary(evidence, top)
    if tempos:
        traits["tempo_bpm"] = replace(traits["tempo_bpm"], value=round(_weighted_median(tempos), 1))
    used = {source for bar in grooves + fills for source, _ in bar.sources[:1]}
    times = sorted(e.retrieved_at for e in evidence)
    return StyleProfile(
        version=PROFILE_VERSION,
        artist_name=artist.name,
        text_description=_description(evidence, top, traits),
        basis=_basis(top),
        confidence_score=_confidence(evidence, top),
        sources_count=sum(_rank(e) == top for e in evidence),
        quantitative_params=_quantitative(evidence, top, traits, tempos),
        traits=traits,
        grooves=grooves,
        fills=fills,
        kit=_kit(evidence, top, grooves),
        feels={
            e.id: _own_feel(e)
            for e in evidence
            if e.id in used and _rank(e) == _RANKS.index("measured")
        },
        signatures={
            e.id: e.value["signature"]
            for e in evidence
            if e.id in used and e.value.get("signature")
        },
        notices=tuple(
            dict.fromkeys(
                n for e in evidence if _rank(e) == top for n in e.value.get("notices", ())
            )
        ),
        created_at=times[0],
        updated_at=times[-1],
    )


def _rank(evidence: Evidence) -> int:
    if evidence.kind in _MEASURED_KINDS:
        return _RANKS.index("measured")
    return _RANKS.index(evidence.value.get("basis", "builtin"))


def _basis(top: int) -> Basis:
    basis: dict[str, Basis] = {
        "measured": "researched",
        "builtin": "builtin",
        "genre": "genre",
        "unknown": "unknown",
    }
    return basis[_RANKS[top]]


def _traits(evidence: Sequence[Evidence]) -> dict[str, Trait]:
    """Every trait that any evidence speaks of, each from the highest rank that does."""
    claims: dict[str, list[tuple[int, float, float, Evidence]]] = defaultdict(list)
    for e in evidence:
        for name, (value, count) in e.value["traits"].items():
            claims[name].append(
                (_rank(e), value, math.sqrt(max(count, 1)) * e.value.get("weight", 1), e)
            )
    traits = {}
    for name in sorted(claims):
        best = max(rank for rank, *_ in claims[name])
        spoken = [(value, weight, e) for rank, value, weight, e in claims[name] if rank == best]
        spoken.sort(key=lambda claim: -claim[1])
        traits[name] = Trait(
            value=round(_pooled(name, [(value, weight) for value, weight, _ in spoken]), 4),
            unit=trait_kind(name).unit,
            confidence=_confidence([e for _, _, e in spoken], best),
            evidence=tuple(e.id for _, _, e in spoken[:MAX_IDS]),
        )
    return traits


def _pooled(name: str, claims: Sequence[tuple[float, float]]) -> float:
    """One value of several (value, weight): their mean; of swing the median, since the mean of a
    straight and a shuffled take is neither.
    """
    if name.startswith("swing_"):
        return _weighted_median(claims)
    return sum(value * weight for value, weight in claims) / sum(weight for _, weight in claims)


def _confidence(evidence: Sequence[Evidence], rank: int) -> float:
    """Confidence that evidence of one rank earns, 0-1."""
    own = [e for e in evidence if _rank(e) == rank]
    if _RANKS[rank] != "measured":
        return round(max(e.confidence for e in own), 3)
    takes = sum(min(1.0, e.value["bar_count"] / 8) for e in own)
    kinds = len({e.kind for e in own})
    return round(min(0.4 + 0.29 * (1 - math.exp(-takes / 6)) + 0.12 * (kinds - 1), 0.95), 3)


def _tempos(evidence: Sequence[Evidence], top: int) -> list[tuple[float, float]]:
    """(BPM, weight) of every take or note of the highest rank that states a tempo."""
    stated = [e for e in evidence if "tempo_bpm" in e.value["traits"]]
    best = max((_rank(e) for e in stated), default=top)
    return [
        (bpm, max(count, 1) * e.value.get("weight", 1))
        for e in stated
        if _rank(e) == best
        for bpm, count in [e.value["traits"]["tempo_bpm"]]
    ]


def _weighted_median(values: Iterable[tuple[float, float]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    raise ValueError("no values")


def _vocabulary(evidence: Sequence[Evidence], top: int) -> tuple[tuple[Bar, ...], tuple[Bar, ...]]:
    """Grooves and fills of the highest rank; from the ranks below only what that one lacks.

    Measured bars are folded and limited in number; noted ones are few and stay as they are.
    """
    grooves: list[Bar] = []
    fills: list[Bar] = []
    for rank in range(top, -1, -1):
        lacks = {
            kind
            for kind, found in (("groove", grooves), ("fill", fills))
            if len(found) < _ENOUGH[kind]
        }
        most = MAX_GROOVES_A_TAKE if _RANKS[rank] == "measured" else None
        for e in _fullest(e for e in evidence if _rank(e) == rank):
            bars = [bar for bar in _own_bars(e) if bar.kind in lacks]
            grooves += [bar for bar in bars if bar.kind == "groove"][:most]
            fills += [bar for bar in bars if bar.kind == "fill"]
    if _RANKS[top] != "measured":
        return tuple(grooves), tuple(fills)
    return fold(grooves, MAX_TAKES * MAX_GROOVES_A_TAKE), fold(fills, MAX_FILLS)


def _own_bars(evidence: Evidence) -> list[Bar]:
    """Bars of one piece of evidence, the heaviest first; a take counts by its length up to 32
    bars.
    """
    scale = evidence.value.get("weight", 1.0) * min(evidence.value.get("bar_count", 1), 32)
    bars = []
    for plain in evidence.value["bars"]:
        bar = Bar.from_json(plain)
        sources = tuple((evidence.id, number) for _, number in bar.sources)
        bars.append(replace(bar, weight=bar.weight * scale, sources=sources))
    return sorted(bars, key=lambda bar: -bar.weight)


def _fullest(evidence: Iterable[Evidence]) -> list[Evidence]:
    """At most `MAX_TAKES` pieces of evidence with grooves, those with most bars, and all that hold
    only fills.
    """
    with_bars = [e for e in evidence if e.value["bars"]]
    with_bars.sort(key=lambda e: (-e.value.get("bar_count", 0), e.id))
    has_groove = [e for e in with_bars if any(b["kind"] == "groove" for b in e.value["bars"])]
    only_fills = [e for e in with_bars if all(b["kind"] == "fill" for b in e.value["bars"])]
    return has_groove[:MAX_TAKES] + only_fills


def _own_feel(evidence: Evidence) -> dict[str, float]:
    """Timing traits and tempo of one take; what a family of voices does is drawn to what the whole
    kit does where the family has few strokes.
    """
    traits = evidence.value["traits"]
    own = {}
    for name, (value, count) in traits.items():
        base, _, family = name.partition(".")
        if not trait_kind(base).of_take:
            continue
        if family and base in traits:
            drawn = _DRAWN_8THS if base == "swing_8ths" else _DRAWN
            value += (traits[base][0] - value) * drawn / (count + drawn)
        own[name] = round(value, 4)
    return own


def _kit(evidence: Sequence[Evidence], top: int, grooves: Sequence[Bar]) -> dict[Voice, float]:
    """Share of strokes a voice, measured over takes or counted in the grooves."""
    totals: dict[Voice, float] = defaultdict(float)
    for e in evidence:
        if _rank(e) == top:
            for voice, share in e.value.get("kit", {}).items():
                totals[Voice(voice)] += share * e.value["hit_count"]
    if not totals:
        for bar in grooves:
            for stroke in bar.strokes:
                totals[stroke.voice] += bar.weight
    whole = sum(totals.values()) or 1.0
    return {voice: round(totals[voice] / whole, 5) for voice in Voice if totals[voice] > 0}


def _quantitative(
    evidence: Sequence[Evidence],
    top: int,
    traits: Mapping[str, Trait],
    tempos: Sequence[tuple[float, float]],
) -> dict[str, Any]:
    """The specification's numbers."""

    def value(name: str, default: float) -> float:
        return traits[name].value if name in traits else default

    ranges = [
        e.value["tempo_range"] for e in evidence if _rank(e) == top and "tempo_range" in e.value
    ]
    common: dict[int, float] = defaultdict(float)
    for bpm, weight in tempos:
        common[round(bpm)] += weight
    total = sum(weight for _, weight in tempos)
    histograms = [e.value["velocities"] for e in evidence if e.value.get("velocities")]
    return {
        "tempo_min": min([low for low, _ in ranges] or [bpm for bpm, _ in tempos], default=None),
        "tempo_max": max([high for _, high in ranges] or [bpm for bpm, _ in tempos], default=None),
        "tempo_avg": round(sum(b * w for b, w in tempos) / total, 1) if tempos else None,
        "tempo_mode": min(common, key=lambda bpm: (-common[bpm], bpm)) if common else None,
        "swing_percent": round(max(value("swing_16ths", 50), value("swing_8ths", 50)), 1),
        "ghost_note_prob": round(value("ghost_share", 0), 3),
        "syncopation_level": round(value("syncopation", 0), 2),
        "velocity_mean": round(value("velocity_mean", 90), 1),
        "velocity_std": round(value("velocity_sd", 15), 1),
        "velocity_histogram": [round(fmean(column), 4) for column in zip(*histograms, strict=True)],
    }


def _description(evidence: Sequence[Evidence], top: int, traits: Mapping[str, Trait]) -> str:
    """What is known, in words."""
    abouts = [e.value["about"] for e in evidence if e.value.get("about")]
    own = [e for e in evidence if _rank(e) == top]
    if _RANKS[top] != "measured":
        ordered = sorted(
            (e for e in evidence if e.value.get("about")),
            key=lambda e: (-_rank(e), -e.value["weight"]),
        )
        return " ".join(dict.fromkeys(e.value["about"] for e in ordered[:2]))
    parts = [f"Measured from {len(own)} MIDI file{'s' if len(own) > 1 else ''}"]
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
    return ", ".join(parts) + "." + "".join(f" {about}" for about in abouts[:1])
