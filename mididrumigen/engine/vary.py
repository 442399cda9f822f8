"""A bar changed so that it stays the artist's and is nobody's copy.

Conventions: the unit of change is a cell, the strokes of one limb group within one beat. A changed
cell is taken from a relative, another bar of the same song at the same beat, so whatever is played
has been played by the artist at that place. The timekeeper changes as a whole or not at all: a
hi-hat that turns from eighths to 16ths for one beat is a mistake, not a variation.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine.fill import timekeeper
from mididrumigen.engine.kit_plan import SURFACE
from mididrumigen.groove.fold import jaccard
from mididrumigen.groove.pulse import beat_steps, weights
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import Bar, Stroke

_TRIES = 5
_COPY = 0.82
"""A varied bar more like any bar that was played than this is varied again."""

_KEEPER_SHARE = 0.4
"""The timekeeper changes this much less often than a kick or snare cell."""

_SOFT = 60
"""Velocity of strokes that are put between those of the timekeeper."""


def vary(
    bar: Bar, relatives: Sequence[Bar], amount: float, rng: Random, *, keep_accents: bool = False
) -> Bar:
    """The bar with about `amount` (0-1) of its kick, snare and tom cells taken from relatives.

    With `keep_accents`, accents and all full strokes on snare and rim stay where they are: a noted
    backbeat, clave or four on the floor is what the style is known by.
    """
    if not relatives or amount <= 0:
        return bar
    if keep_accents:
        for _ in range(_TRIES):
            varied = _exchange(bar, relatives, amount, rng, keep_accents)
            if varied.grid != bar.grid:
                return varied
        return bar
    played = [_heard(other) for other in (bar, *relatives)]
    varied, best, least = bar, bar, 2.0
    for _ in range(_TRIES):
        varied = _exchange(varied, relatives, amount, rng, keep_accents)
        heard = _heard(varied)
        copied = max(jaccard(heard, other) for other in played)
        if copied < least:
            best, least = varied, copied
        if copied < _COPY:
            break
    return best


def _heard(bar: Bar) -> frozenset[tuple[int, Voice]]:
    """Cells of the voices that a bar is recognised by: kick, snare and timekeeper."""
    return frozenset(
        (s.step, s.voice)
        for s in bar.strokes
        if _group(s) in ("kick", "snare", "ghost", "keeper") and s.voice is not Voice.HAT_PEDAL
    )


def _exchange(
    bar: Bar, relatives: Sequence[Bar], amount: float, rng: Random, keep_accents: bool
) -> Bar:
    length = beat_steps(bar.metre, bar.steps_per_quarter)
    beats = range(-(-bar.steps // length))
    cells: dict[tuple[str, int], list[Stroke]] = {}
    for stroke in bar.strokes:
        cells.setdefault((_group(stroke), stroke.step // length), []).append(stroke)
    groups = ("kick", "ghost") if keep_accents else ("kick", "ghost", "snare", "tom")
    for group in groups:
        for beat in beats:
            if rng.random() < amount:
                donor = relatives[int(rng.random() * len(relatives))]
                stay = [s for s in cells.get((group, beat), ()) if keep_accents and _is_accent(s)]
                cells[group, beat] = stay + _cell(donor, group, beat, length)
    keepers = [r for r in relatives if _voices(r, "keeper") == _voices(bar, "keeper")]
    if keepers and rng.random() < amount * _KEEPER_SHARE:
        donor = keepers[int(rng.random() * len(keepers))]
        for beat in beats:
            cells["keeper", beat] = _cell(donor, "keeper", beat, length)
    taken: dict[tuple[int, Voice], Stroke] = {}
    for stroke in sorted((s for cell in cells.values() for s in cell), key=lambda s: s.velocity):
        taken[stroke.step, stroke.voice] = stroke  # a full stroke wins over a ghost in its place
    if not any(step == 0 for step, _ in taken):  # where there was a one, there is still a one
        taken |= {(s.step, s.voice): s for s in bar.strokes if s.step == 0}
    return replace(bar, strokes=tuple(sorted(taken.values()))) if taken else bar


def _is_accent(stroke: Stroke) -> bool:
    return stroke.velocity >= MARK_VELOCITIES["X"]


def _group(stroke: Stroke) -> str:
    family = FAMILY[stroke.voice]
    if family in ("hat", "ride"):
        return "keeper"
    if family == "snare":
        return "ghost" if stroke.velocity < GHOST_VELOCITY else "snare"
    return "kick" if family == "kick" else "tom"


def _cell(bar: Bar, group: str, beat: int, length: int) -> list[Stroke]:
    return [s for s in bar.strokes if _group(s) == group and s.step // length == beat]


def _voices(bar: Bar, group: str) -> frozenset[Voice]:
    return frozenset(s.voice for s in bar.strokes if _group(s) == group)


def simplify(bar: Bar, complexity: float) -> Bar:
    """The bar with ornaments left out for a `complexity` under 50: at 0 only strokes on beats and
    backbeats stay.

    The least important strokes go first: ghosts, then the metrically weak; kick, snare and
    timekeeper on the beat stay.
    """
    if complexity >= 50:
        return bar
    weight = weights(bar.metre, bar.steps_per_quarter)

    def importance(stroke: Stroke) -> tuple[int, int, int]:
        ghost = FAMILY[stroke.voice] == "snare" and stroke.velocity < GHOST_VELOCITY
        return (0 if ghost else 1, weight[stroke.step], stroke.velocity)

    ornaments = sorted(
        (s for s in bar.strokes if importance(s) < (1, -2, 0)), key=lambda s: (importance(s), s)
    )
    gone = set(ornaments[: round(len(ornaments) * (1 - complexity / 50))])
    return replace(bar, strokes=tuple(s for s in bar.strokes if s not in gone))


def enrich(bar: Bar, relatives: Sequence[Bar], complexity: float) -> Bar:
    """The bar with strokes added for a `complexity` over 50: at 100 half as many again.

    First come the strokes that relatives play most often at places that are free here, on kick,
    toms and as ghosts or with the voices of this bar; then soft strokes of the timekeeper between
    its own. A drum that is struck already is not struck twice, and full snares stay where they are.
    """
    wanted = round(len(bar.strokes) * (complexity - 50) / 100)
    if wanted <= 0:
        return bar
    votes: dict[tuple[int, Voice], tuple[float, Stroke]] = {}
    own = {s.voice for s in bar.strokes}
    for other in relatives:
        for stroke in other.strokes:
            group = _group(stroke)
            fits = group in ("kick", "ghost") or (group != "snare" and stroke.voice in own)
            if fits and FAMILY[stroke.voice] != "crash":
                so_far = votes.get((stroke.step, stroke.voice), (0.0, stroke))
                votes[stroke.step, stroke.voice] = (so_far[0] + other.weight, so_far[1])
    ordered = [s for _, (_, s) in sorted(votes.items(), key=lambda vote: (-vote[1][0], vote[0]))]
    keeper = timekeeper(bar)
    if keeper in own:
        steps = sorted(range(bar.steps), key=lambda step: (step % 2, step))
        ordered += [Stroke(step, keeper, _SOFT) for step in steps]
    struck = {(s.step, SURFACE[s.voice]) for s in bar.strokes}
    added: list[Stroke] = []
    for stroke in ordered:
        if len(added) == wanted:
            break
        place = (stroke.step, SURFACE[stroke.voice])
        if place not in struck:
            struck.add(place)
            added.append(stroke)
    return replace(bar, strokes=tuple(sorted((*bar.strokes, *added))))
