"""Simulated artists whose truth is known, and what sites, articles and files say of them.

Conventions: everything is drawn from a seed. Who writes is wrong now and then, and says the
opposite; programs that measure tempos slip by octaves, of some artists all of them at once; a file
may be somebody else's. How often is set in `World`, and is meant to be worse than life.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mididrumigen.groove.poles import POLES
from mididrumigen.groove.traits import trait_kind
from mididrumigen.models import Evidence
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.research.rank import tolerance
from tests.research.told import claim, tempo

TRAITS = (
    *("swing_8ths", "swing_16ths", "push_ms.snare", "timing_sd_ms", "ghost_share"),
    *("velocity_mean", "hits_per_quarter", "fill_rate", "backbeat", "ride_share", "double_kick"),
)
WRITERS: Mapping[str, tuple[EvidenceKind, float]] = {
    "wikipedia": ("article", 0.7),
    "moderndrummer": ("article", 0.8),
    "drummerworld": ("article", 0.8),
    "web": ("article", 0.5),
    "searxng": ("article", 0.4),
    "crossref": ("paper", 0.8),
    "lastfm": ("metadata", 0.5),
    "genius": ("metadata", 0.4),
}
"""Kind, and what the word is worth."""
SITES = {"acousticbrainz": 0.5, "reccobeats": 0.5, "deezer": 0.55, "getsongbpm": 0.6}


@dataclass(frozen=True, slots=True)
class World:
    """How much is said, and how wrong."""

    writer_speaks: float = 0.4
    """Of a writer and a trait."""
    writer_errs: float = 0.15
    all_err: float = 0.06
    """Of an artist's traits: all who write copy one mistake."""
    slips: Mapping[str, float] = field(
        default_factory=lambda: {
            "acousticbrainz": 0.2,
            "reccobeats": 0.15,
            "deezer": 0.08,
            "getsongbpm": 0.05,
        }
    )
    all_slip: float = 0.08
    """Of artists: all programs hear half or double."""
    site_errs: float = 0.04
    """A tempo that has nothing to do with the song."""
    has_files: float = 0.4
    file_is_anothers: float = 0.12


@dataclass(frozen=True, slots=True)
class Simulated:
    """An artist and what is found."""

    truth: Mapping[str, float]
    evidence: tuple[Evidence, ...]


def _pole_range(name: str, pole: str) -> tuple[float, float, float]:
    poles = POLES.get(name) or POLES[name.partition(".")[0]]
    return poles[pole]  # type: ignore[index]


def true_value(name: str, rng: random.Random) -> float:
    """What is so: high, low or between in equal parts."""
    _, high_from, high_to = _pole_range(name, "high")
    _, low_from, low_to = _pole_range(name, "low")
    ranges = ((high_from, high_to), (low_from, low_to), (low_to, high_from))
    return rng.uniform(*rng.choice(ranges))


def _written(name: str, truth: float, world: World, rng: random.Random) -> Iterator[Evidence]:
    high, low = _pole_range(name, "high"), _pole_range(name, "low")
    errs = 1.0 if rng.random() < world.all_err else world.writer_errs
    for writer, (kind, worth) in WRITERS.items():
        if rng.random() > world.writer_speaks:
            continue
        is_high, is_low = truth >= high[1], truth <= low[2]
        if not (is_high or is_low):
            # Between the poles most have nothing to say, and some exaggerate.
            if rng.random() < 0.7:
                continue
            is_high = rng.random() < 0.5
        if rng.random() < errs:
            is_high = not is_high
        value, least, most = high if is_high else low
        sure = worth * rng.uniform(0.5, 0.85)
        one = claim(writer, name, value, kind=kind, confidence=sure, low=least, high=most)
        yield replace(one, id=f"{writer} {name}")


def _measured(truth: Mapping[str, float], world: World, rng: random.Random) -> Iterator[Evidence]:
    if rng.random() > world.has_files:
        return
    for number in range(rng.randint(1, 6)):
        is_his = rng.random() > world.file_is_anothers
        traits: dict[str, list[float]] = {}
        for name in TRAITS:
            kind = trait_kind(name)
            middle = truth[name] if is_his else true_value(name, rng)
            value = rng.gauss(middle, tolerance(name, middle) / 2)
            traits[name] = [min(max(value, kind.low), kind.high), rng.randint(20, 400)]
        bars = rng.randint(4, 32)
        bpm = truth["tempo_bpm"] * rng.gauss(1, 0.06) if is_his else rng.uniform(60, 190)
        traits["tempo_bpm"] = [bpm, bars]
        yield Evidence(
            id=f"file {number}",
            source="local_midi",
            kind="midi",
            url=f"file:///{number}.mid",
            value={
                **{"traits": traits, "bars": [], "kit": {}, "velocities": []},
                **{"bar_count": bars, "hit_count": 400},
            },
            confidence=0.6,
            retrieved_at="2026-01-01T00:00:00+00:00",
        )


def _tempos(usual: float, world: World, rng: random.Random) -> Iterator[Evidence]:
    common = rng.choice((0.5, 2.0)) if rng.random() < world.all_slip else 1.0
    for number in range(rng.randint(2, 12)):
        own = usual * rng.gauss(1, 0.06)
        for site, worth in SITES.items():
            if rng.random() < 0.35:
                continue
            octave = common if common != 1 and rng.random() < 0.7 else 1.0
            if rng.random() < world.slips[site]:
                octave = 2.0 if own < 100 else 0.5
            bpm = own * octave * rng.gauss(1, 0.004)
            if rng.random() < world.site_errs:
                bpm = rng.uniform(60, 190)
            if 30 <= bpm <= 300:
                yield tempo(site, f"Song {number}", round(bpm, 1), worth)


def simulated(seed: int, world: World = World()) -> Simulated:
    """One artist."""
    rng = random.Random(seed)
    truth = {name: true_value(name, rng) for name in TRAITS}
    truth["tempo_bpm"] = rng.uniform(62, 185)
    written = [one for name in TRAITS for one in _written(name, truth[name], world, rng)]
    files = list(_measured(truth, world, rng))
    return Simulated(truth, (*written, *files, *_tempos(truth["tempo_bpm"], world, rng)))
