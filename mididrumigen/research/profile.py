"""Evidence -> StyleProfile: a pure function, so that a profile can be rebuilt, compared and
explained at any time.

Conventions: evidence has a rank (`rank`), and a trait is drawn from the highest rank that speaks of
it (`votes`), so measurement always outvotes opinion. The tempo is drawn from the tracks (`tempo`).

Confidence: measured evidence of one kind earns 0.4 to 0.69, growing with the number of takes; what
was read as much, growing with what it covers and how far it agrees; 0.7 and more needs several
kinds that agree. Notes have the confidence written on them, under 0.4.
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
from mididrumigen.research.confidence import profile_confidence
from mididrumigen.research.describe import describe
from mididrumigen.research.rank import RANKS, Claim, basis_of, claims_by_trait, is_measured, rank_of
from mididrumigen.research.tempo import Track, tempo_trait, tracks_of, without_outliers
from mididrumigen.research.votes import settle, weighted_median

PROFILE_VERSION = 3

MAX_TAKES, MAX_GROOVES_A_TAKE, MAX_FILLS = 36, 16, 96
"""Vocabulary that a profile carries: enough for a drummer of many styles, and still read in
milliseconds.
"""


_ENOUGH = {"groove": 3, "fill": 2}
"""With fewer bars than this of its own an artist borrows from the styles."""

_DRAWN, _DRAWN_8THS = 3.0, 12.0
"""A family with so many strokes in a take is believed half: one stroke strays about as far as the
families differ in their swing of 16ths, and three times as far as they differ in that of eighths,
where most of what is measured is which strokes happen to have neighbours.
"""


def build_profile(artist: Artist, evidence: Sequence[Evidence]) -> StyleProfile:
    """Profile of `artist`; `evidence` must not be empty. Its order does not matter."""
    evidence = sorted(evidence, key=lambda e: e.id)
    top = max(rank_of(e) for e in evidence)
    traits = _traits(evidence)
    tempos = _tempos(evidence, top)
    grooves, fills = _vocabulary(evidence, top)
    if told := _told_tempos(evidence, traits.get("tempo_bpm")):
        tempos = told
    elif tempos:
        traits["tempo_bpm"] = replace(traits["tempo_bpm"], value=round(weighted_median(tempos), 1))
    tracks = _told_tracks(evidence, traits.get("tempo_bpm"))
    if tracks:
        traits["tempo_bpm"] = tempo_trait(tracks, traits.get("tempo_bpm"))
        tempos = [(round(track.bpm, 1), track.weight) for track in without_outliers(tracks)[0]]
    used = {source for bar in grooves + fills for source, _ in bar.sources[:1]}
    times = sorted(e.retrieved_at for e in evidence)
    return StyleProfile(
        version=PROFILE_VERSION,
        artist_name=artist.name,
        text_description=describe(evidence, traits),
        basis=basis_of(top),
        confidence_score=profile_confidence(evidence, traits),
        sources_count=sum(rank_of(e) >= min(top, RANKS.index("told")) for e in evidence),
        quantitative_params=_quantitative(evidence, top, traits, tempos, bool(tracks)),
        traits=traits,
        grooves=grooves,
        fills=fills,
        kit=_kit(evidence, top, grooves),
        feels={
            e.id: _own_feel(e)
            for e in evidence
            if e.id in used and rank_of(e) == RANKS.index("measured")
        },
        signatures={
            e.id: e.value["signature"]
            for e in evidence
            if e.id in used and e.value.get("signature")
        },
        notices=tuple(
            dict.fromkeys(
                n
                for e in evidence
                if rank_of(e) == top or (RANKS[top] == "told" and e.id in used)
                for n in e.value.get("notices", ())
            )
        ),
        created_at=times[0],
        updated_at=times[-1],
    )


def _traits(evidence: Sequence[Evidence]) -> dict[str, Trait]:
    """Every trait that any evidence speaks of."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for e in evidence:
        for name, claim in claims_by_trait(e):
            claims[name].append(claim)
    settled = {name: settle(name, claims[name]) for name in sorted(claims)}
    return {name: trait for name, trait in settled.items() if trait is not None}


def _tempos(evidence: Sequence[Evidence], top: int) -> list[tuple[float, float]]:
    """(BPM, weight) of every take or note of the highest rank that states a tempo."""
    stated = [e for e in evidence if "tempo_bpm" in e.value["traits"]]
    best = max((rank_of(e) for e in stated), default=top)
    return [
        (bpm, max(count, 1) * e.value.get("weight", 1))
        for e in stated
        if rank_of(e) == best
        for bpm, count in [e.value["traits"]["tempo_bpm"]]
    ]


def _told_tempos(evidence: Sequence[Evidence], usual: Trait | None) -> list[tuple[float, float]]:
    """(BPM, weight) of every sentence about the artist that the usual tempo rests on: the tempo of
    a style is nothing beside it. Empty where it rests on what was measured or noted.
    """
    agreed = usual.evidence if usual else ()
    return [
        (claim.value, claim.weight)
        for e in evidence
        if e.id in agreed and RANKS[rank_of(e)] == "told"
        for name, claim in claims_by_trait(e)
        if name == "tempo_bpm"
    ]


def _told_tracks(evidence: Sequence[Evidence], beside: Trait | None) -> list[Track]:
    """Every track with a tempo where sites told some: files alone are takes, not tracks."""
    tracks = tracks_of(evidence, beside.value if beside and beside.is_own else None)
    return tracks if any(not is_measured(e) for t in tracks for e in t.agreed) else []


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
        measured = RANKS[rank] == "measured"
        for e in _fullest(e for e in evidence if rank_of(e) == rank):
            bars = [bar for bar in _own_bars(e) if bar.kind in lacks]
            own = [bar for bar in bars if bar.kind == "groove"]
            grooves += _standing_for_all(own, e) if measured else own
            fills += [bar for bar in bars if bar.kind == "fill"]
    if RANKS[top] != "measured":
        return tuple(grooves), tuple(fills)
    return fold(grooves, MAX_TAKES * MAX_GROOVES_A_TAKE), fold(fills, MAX_FILLS)


def _standing_for_all(grooves: Sequence[Bar], evidence: Evidence) -> list[Bar]:
    """The heaviest grooves of a take, weighing more for those left out: a take that is never twice
    the same would else count for much less than one that repeats a bar. By the square root, as
    claims are pooled: what stays says less of such a take.
    """
    fills = sum(bar["weight"] for bar in evidence.value["bars"] if bar["kind"] == "fill")
    kept = grooves[:MAX_GROOVES_A_TAKE]
    left = sum(bar.weight for bar in kept) / _scale(evidence)
    factor = math.sqrt(max(1.0, (1 - fills) / max(left, 1e-9)))
    return [replace(bar, weight=bar.weight * factor) for bar in kept]


def _scale(evidence: Evidence) -> float:
    """What a piece of evidence counts: a take by its length up to 32 bars."""
    scale: float = evidence.value.get("weight", 1.0) * min(evidence.value.get("bar_count", 1), 32)
    return scale


def _own_bars(evidence: Evidence) -> list[Bar]:
    """Bars of one piece of evidence, the heaviest first."""
    scale = _scale(evidence)
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
        if rank_of(e) == top:
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
    by_tracks: bool,
) -> dict[str, Any]:
    """The specification's numbers; `by_tracks` where the tempos are those of tracks."""

    def value(name: str, default: float) -> float:
        return traits[name].value if name in traits else default

    ranges = [
        e.value["tempo_range"]
        for e in evidence
        if not by_tracks and rank_of(e) == top and "tempo_range" in e.value
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
