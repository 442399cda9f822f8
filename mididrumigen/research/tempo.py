"""The tempo of an artist from the tempos of his tracks, as several sites have them.

Conventions: BPM. A track is known by its ISRC, its MusicBrainz id or its title. Sites that compute
tempos err by octaves: a value is halved or doubled where that makes it agree with another site
about the same track, else where it stands alone, an octave from everything the artist plays. A
tempo beyond two standard deviations is left out of all but the evidence.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from mididrumigen.models import Evidence, Trait
from mididrumigen.models.names import normalise_name
from mididrumigen.models.profile import MAX_IDS
from mididrumigen.models.titles import song_key
from mididrumigen.research.rank import is_measured, tolerance
from mididrumigen.research.votes import (
    together,
    voices_of,
    weighted_median,
    weighted_quantile,
)

_SAME = 0.04
"""Share by which two tempos of one track may differ and still be one."""
_OCTAVES = (1.0, 0.5, 2.0)
_FAR = 0.45
"""Natural logarithm of how far a lone value is from the rest before its octave is doubted: 57 %."""
_OUTLIERS_FROM = 5


@dataclass(frozen=True, slots=True)
class _Heard:
    """One site's tempo of one track."""

    bpm: float
    evidence: Evidence
    track: str
    weight: float


@dataclass(frozen=True, slots=True)
class Track:
    """A track with the tempo that is believed."""

    bpm: float
    weight: float
    agreed: tuple[Evidence, ...]
    """What says so."""
    against: tuple[Evidence, ...] = ()
    """What says another tempo, in any octave."""


def tracks_of(evidence: Iterable[Evidence], centre_bpm: float | None = None) -> list[Track]:
    """Every track that any evidence gives the tempo of. `centre_bpm` is what is known beside the
    tracks; it decides where sites are an octave apart.
    """
    heard: dict[str, list[_Heard]] = defaultdict(list)
    for one in _heard(evidence):
        heard[one.track].append(one)
    if not heard:
        return []
    rough = [(weighted_median((h.bpm, h.weight) for h in group), 1.0) for group in heard.values()]
    centre = centre_bpm or weighted_median(rough)
    tracks = [_believed(group, centre) for _, group in sorted(heard.items())]
    return [_folded(track, tracks, centre) for track in tracks]


def without_outliers(tracks: Sequence[Track]) -> tuple[list[Track], list[Track]]:
    """(tracks to go by, tracks beyond two standard deviations)."""
    if len(tracks) < _OUTLIERS_FROM:
        return list(tracks), []
    mean, sd = fmean(t.bpm for t in tracks), pstdev([t.bpm for t in tracks])
    kept = [t for t in tracks if abs(t.bpm - mean) <= 2 * sd or sd == 0]
    return kept, [t for t in tracks if t not in kept]


def tempo_trait(tracks: Sequence[Track], beside: Trait | None) -> Trait:
    """The usual tempo with its range, from the tracks to go by and what is said beside them."""
    kept, outliers = without_outliers(tracks)
    usual = weighted_median((t.bpm, t.weight) for t in kept)
    low, high = (weighted_quantile([(t.bpm, t.weight) for t in kept], q) for q in (0.1, 0.9))
    near = tolerance("tempo_bpm", usual)
    agreeing = [e for track in kept for e in track.agreed]
    against = [e for track in (*kept, *outliers) for e in track.against]
    # A site whose tracks are all played at other tempos bears this one out in nothing.
    voices = voices_of(e for t in kept if abs(t.bpm - usual) <= 2 * near for e in t.agreed)
    ids = [e.id for e in agreeing]
    if beside is not None and beside.is_own and abs(beside.value - usual) <= 2 * near:
        voices.append(("knowledge", beside.confidence))
        ids += beside.evidence
    heard_twice = [t for t in kept if len(t.agreed) + len(t.against) > 1]
    readings = sum(len(t.agreed) + len(t.against) for t in heard_twice)
    borne_out = sum(len(t.agreed) for t in heard_twice if len(t.agreed) > 1)
    share = (borne_out + 1) / (readings + 1)
    return Trait(
        value=round(usual, 1),
        unit="BPM",
        confidence=together(voices, share),
        evidence=tuple(dict.fromkeys(ids))[:MAX_IDS],
        low=round(min(low, usual - near), 1),
        high=round(max(high, usual + near), 1),
        against=tuple(dict.fromkeys(e.id for e in against))[:MAX_IDS],
    )


def _heard(evidence: Iterable[Evidence]) -> Iterable[_Heard]:
    for e in evidence:
        if is_measured(e) and "tempo_bpm" in e.value["traits"]:
            bpm, bars = e.value["traits"]["tempo_bpm"]
            title = normalise_name(e.url.rpartition("/")[2].rpartition(".")[0])
            yield _Heard(bpm, e, f"file {title} {e.id}", min(1.0, max(bars, 1) / 8) * 2)
        told = e.value.get("tempo")
        if told:
            yield _Heard(told["bpm"], e, _track(told), e.confidence)
        for claim in e.value.get("claims", ()):
            if claim["trait"] == "tempo_bpm" and claim.get("song") and not claim.get("not"):
                yield _Heard(claim["value"], e, _track({"track": claim["song"]}), e.confidence)


def _track(told: "dict[str, str]") -> str:
    """What sites share that mean one recording: its title, as all of them have that."""
    return song_key(told.get("track", "")) or told.get("isrc") or told.get("mbid") or ""


def _believed(heard: Sequence[_Heard], centre: float) -> Track:
    """The tempo that most of those about one track agree on, in the octave that most name, or that
    is nearest to the centre.
    """

    def agreeing(bpm: float) -> list[_Heard]:
        return [h for h in heard if any(_is_same(h.bpm * o, bpm) for o in _OCTAVES)]

    def worth(bpm: float) -> tuple[float, float, float]:
        as_named = sum(h.weight for h in heard if _is_same(h.bpm, bpm))
        return sum(h.weight for h in agreeing(bpm)), as_named, -abs(math.log(bpm / centre))

    chosen = max((h.bpm for h in heard), key=worth)
    with_it = agreeing(chosen)
    named = [(h.bpm, h.weight) for h in with_it if _is_same(h.bpm, chosen)]
    bpm = sum(b * w for b, w in named) / sum(w for _, w in named)
    return Track(
        bpm,
        sum(h.weight for h in with_it),
        tuple(h.evidence for h in with_it),
        tuple(h.evidence for h in heard if h not in with_it),
    )


def _folded(track: Track, tracks: Sequence[Track], centre: float) -> Track:
    """A track that one source alone has, an octave away from all others, in their octave."""
    if len(track.agreed) > 1 or any(is_measured(e) for e in track.agreed):
        return track
    others = [t.bpm for t in tracks if t is not track] or [centre]
    if min(abs(math.log(track.bpm / other)) for other in others) < _FAR:
        return track
    for octave in _OCTAVES[1:]:
        bpm = track.bpm * octave
        if min(abs(math.log(bpm / other)) for other in others) < _FAR / 2:
            return replace(track, bpm=bpm)
    return track


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(one, other)
