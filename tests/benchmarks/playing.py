"""What the controls do and how exactly: `python tests/benchmarks/playing.py`.

Prints the largest error of an asked swing on both levels, for five artists and styles; what each
control moves, swept from end to end; and how many of many random requests hold something that
cannot be played, overlaps, or lies outside the clip (goal 0).
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from statistics import fmean

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine import play
from mididrumigen.engine.sticking import plan
from mididrumigen.groove import measure
from mididrumigen.knowledge import Library
from mididrumigen.midi.notes import to_notes
from mididrumigen.models import (
    METRES,
    PARTS,
    TICKS_PER_QUARTER,
    Controls,
    Hit,
    Pattern,
    Request,
    StyleProfile,
    Take,
)
from mididrumigen.research import build_profile

NAMES = ("John Bonham", "J Dilla", "Questlove", "Tony Allen", "rock")
SEEDS = 24
SWEEP = (0, 25, 50, 75, 100)


def main() -> None:
    """Measure and print."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    profiles = [profile_of(name) for name in NAMES]
    swing(profiles)
    controls(profiles)
    sweep([profile_of(name) for name in every_name()], requests)


def profile_of(name: str) -> StyleProfile:
    """The built-in profile of a name."""
    known = Library().find(name)
    assert known is not None
    return build_profile(known.artist, known.evidence)


def every_name() -> list[str]:
    """Every artist and style."""
    return [name for name, _ in Library().entries()]


def take_of(pattern: Pattern) -> Take:
    """A pattern as if it had been read from a file."""
    return Take(pattern.hits, ((0, pattern.tempo_bpm),), ((0, pattern.metre),), "gm")


def swing(profiles: Sequence[StyleProfile]) -> None:
    """Asked swing against where the off-beat strokes of each clip really lie."""
    worst = {8: 0.0, 16: 0.0}
    for profile in profiles:
        for asked in range(50, 76, 5):
            places: dict[int, list[float]] = {8: [], 16: []}
            for seed in range(SEEDS):
                request = Request(8, 100.0, variations=1, seed=seed, controls=Controls(swing=asked))
                (pattern,) = play(profile, request)
                exact = play(profile, replace(request, controls=Controls(asked, 0, 0)))[0]
                off_eighth = round(TICKS_PER_QUARTER * asked / 100)
                in_eighths = any(h.tick % TICKS_PER_QUARTER == off_eighth for h in exact.hits)
                level = 8 if in_eighths and asked > 50 else 16
                places[level] += _off_beats(pattern, exact, level, asked)
            for level, found in places.items():
                if len(found) >= 100:
                    worst[level] = max(worst[level], abs(fmean(found) - asked))
    for level, error in worst.items():
        print(f"largest error of an asked swing of {level}ths: {error:.2f} points")


def _off_beats(pattern: Pattern, exact: Pattern, level: int, asked: float) -> list[float]:
    """Swing, percent, of each off-beat stroke of the hi-hat against the mean of its on-beat ones;
    which is which is read from the same clip without feel and chance.
    """
    pair = TICKS_PER_QUARTER if level == 8 else TICKS_PER_QUARTER // 2
    on, off = [], []
    for played, meant in _matched(pattern.hits, exact.hits):
        if FAMILY[played.voice] == "hat" and played.voice is not Voice.HAT_PEDAL:
            late = played.tick - meant.tick // pair * pair
            if meant.tick % pair == 0:
                on.append(late)
            elif meant.tick % pair == round(pair * asked / 100):
                off.append(late)
    if not on or not off:
        return []
    return [100 * (late - fmean(on)) / pair for late in off]


def _matched(hits: Sequence[Hit], exact: Sequence[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """Strokes of a clip beside the same strokes without feel and chance, voice by voice."""
    for voice in Voice:
        line = [h for h in hits if h.voice is voice]
        meant = [h for h in exact if h.voice is voice]
        if len(line) == len(meant):
            yield from zip(line, meant, strict=True)


def controls(profiles: Sequence[StyleProfile]) -> None:
    """What each control moves."""
    measured: list[tuple[str, str, Callable[[Pattern], float]]] = [
        ("complexity", "hits a bar", lambda p: len(p.hits) / p.bars),
        ("intensity", "mean velocity", lambda p: fmean(h.velocity for h in p.hits)),
        ("fills", "tom and snare strokes at phrase ends", _at_ends),
        ("humanize", "spread of timing, ms", lambda p: _trait(p, "timing_sd_ms")),
        ("dynamics", "spread of velocity", lambda p: _trait(p, "velocity_sd")),
    ]
    for control, what, value in measured:
        row = []
        for amount in SWEEP:
            asked = replace(Controls(), **{control: float(amount)})
            row.append(
                fmean(
                    value(pattern)
                    for profile in profiles
                    for seed in range(SEEDS // 4)
                    for pattern in play(
                        profile, Request(8, 100.0, variations=2, seed=seed, controls=asked)
                    )[1:]
                )
            )
        rises = all(a <= b for a, b in pairwise(row))
        figures = " ".join(f"{x:6.2f}" for x in row)
        print(f"{control:10}  {what:38} {figures}  {'rises' if rises else 'DOES NOT RISE'}")


def _trait(pattern: Pattern, name: str) -> float:
    return measure(take_of(pattern)).traits.get(name, (0.0, 0))[0]


def _at_ends(pattern: Pattern) -> float:
    """Tom and snare strokes in every fourth bar, each."""
    bar = pattern.metre.ticks
    drums = [h for h in pattern.hits if FAMILY[h.voice] in ("tom", "snare")]
    return sum((h.tick // bar + 1) % 4 == 0 for h in drums) / (pattern.bars / 4)


def sweep(profiles: Sequence[StyleProfile], count: int) -> None:
    """Random requests, each looked through."""
    rng = Random(5)
    bad = 0
    for seed in range(count):
        profile = rng.choice(profiles)
        request = Request(
            bars=rng.choice((1, 2, 3, 4, 8, 16)),
            tempo_bpm=float(rng.randint(40, 260)),
            metre=rng.choice(METRES),
            variations=1,
            seed=seed,
            part=rng.choice((None, *PARTS)),
            controls=Controls(
                swing=rng.choice((None, 50.0, 58.0, 66.7, 75.0)),
                humanize=rng.choice((0.0, 50.0, 100.0)),
                complexity=float(rng.randint(0, 100)),
                intensity=float(rng.randint(0, 100)),
                fills=float(rng.randint(0, 100)),
            ),
        )
        for pattern in play(profile, request):
            bad += _is_bad(pattern, request, profile)
    print(f"{count} random requests: {bad} with something wrong")


def _is_bad(pattern: Pattern, request: Request, profile: StyleProfile) -> bool:
    notes = to_notes(pattern)
    ends: dict[int, int] = {}
    for note in notes:
        if note.tick < ends.get(note.pitch, 0) or note.tick + note.duration_ticks > pattern.ticks:
            return True
        ends[note.pitch] = note.tick + note.duration_ticks
    double = profile.trait("double_kick", 0) > 0
    unplayable = plan(pattern.hits, pattern.tempo_bpm, double_kick=double).changes
    too_long = pattern.ticks != request.bars * request.metre.ticks
    lost = not any(h.voice is not Voice.HAT_PEDAL for h in pattern.hits)
    return bool(unplayable) or too_long or lost


if __name__ == "__main__":
    main()
