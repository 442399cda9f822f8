"""All layers in order: choose, vary, form, feel, hands and feet, locks, notes."""

from dataclasses import dataclass, replace
from random import Random

from mididrumigen.drums import DRUMS
from mididrumigen.engine.choose import Lexicon
from mididrumigen.engine.feel import CLOSEST_TICKS, perform
from mididrumigen.engine.fill import Fills
from mididrumigen.engine.fit import fits
from mididrumigen.engine.form import formed
from mididrumigen.engine.levels import Levels
from mididrumigen.engine.locks import kept, on_its_grid, with_kept
from mididrumigen.engine.phrase import varied
from mididrumigen.engine.sections import INTENSITY
from mididrumigen.engine.sticking import Change, plan
from mididrumigen.engine.tempo import counted, felt, stretched
from mididrumigen.models import Controls, Lock, Part, Pattern, Request, StyleProfile

ENGINE_VERSION = 3
"""Raised when the same request would give other notes."""

_DOUBLE_KICK = 0.05
"""Share of kick strokes in runs too fast for one foot from which on both play."""

_TRIES = 6
"""Takes that are played around something locked: the one that fits it best is taken."""


def play(profile: StyleProfile, request: Request) -> list[Pattern]:
    """`request.variations` patterns; the profile must have grooves.

    Variation 1 is the core groove: it loops, without fill and without crash on the one. The later
    ones are full parts, unless the request names a part for all. Variations go in pairs, 1 and 2, 3
    and 4, ...: the second of a pair goes on with the groove of the first.
    """
    if request.lock:
        profile = on_its_grid(profile, request.lock, request.metre)
    session = _Session.of(profile, request)
    numbers = range(1, request.variations + 1)
    if request.lock is None:
        return [session.take(number) for number in numbers]
    patterns = []
    for number in numbers:
        again = ("", *(f".{n}" for n in range(2, _TRIES + 1)))
        tries = [session.around(request.lock, session.take(number, which)) for which in again]
        patterns.append(max(tries, key=lambda pattern: (-len(pattern.changes), pattern.fit)))
    return patterns


@dataclass(frozen=True, slots=True)
class _Session:
    """What all takes of a request share."""

    profile: StyleProfile
    request: Request
    factor: float
    """Of half-time and double-time."""
    tempo_bpm: float
    """The tempo that is felt."""
    bars: int
    """That are felt."""
    seed: str
    lexicon: Lexicon
    levels: Levels
    fills: Fills
    both_feet: bool

    @classmethod
    def of(cls, profile: StyleProfile, request: Request) -> "_Session":
        factor = counted(profile, request.tempo_bpm, request.bars)
        tempo_bpm, bars = felt(request, factor)
        seed = f"{ENGINE_VERSION}|{profile.artist_name}|{request.seed}"
        levels = Levels(profile)
        return cls(
            profile,
            request,
            factor,
            tempo_bpm,
            bars,
            seed,
            Lexicon(profile, request.metre, tempo_bpm, request.controls.complexity),
            levels,
            Fills(profile, levels, request.metre, request.controls.fills, seed),
            profile.trait("double_kick", 0) >= _DOUBLE_KICK,
        )

    def take(self, number: int, again: str = "") -> Pattern:
        """A variation; `again` makes another one of the same seed."""
        profile, request = self.profile, self.request
        # One stream of chance a layer: a change in one layer leaves the others as they were.
        choose, vary, fill, feel = (
            Random(f"{self.seed}|{number}{again}|{layer}")
            for layer in ("choose", "vary", "fill", "feel")
        )
        part: Part = request.part or ("groove" if number == 1 else "full")
        controls = _controls(request.controls, part)
        pair = (number + 1) // 2
        song = self.lexicon.song(Random(f"{self.seed}|{pair}{again}|song"))
        phrase = self.lexicon.phrase(song, self.bars, choose)
        as_written = number == 1 and not profile.feels  # our own groove, shown once
        grooves = varied(
            self.lexicon, self.levels, phrase, controls.complexity, vary, as_written=as_written
        )
        played = formed(grooves, profile, self.fills, part, number, fill)
        hits = perform(
            played,
            profile,
            replace(request, controls=controls),
            self.tempo_bpm,
            feel,
            closest_ticks=round(CLOSEST_TICKS * self.factor),
        )
        limbs = plan(hits, self.tempo_bpm, double_kick=self.both_feet)
        pattern = Pattern(
            hits=limbs.hits,
            bars=self.bars,
            metre=request.metre,
            tempo_bpm=self.tempo_bpm,
            seed=request.seed,
            variation=number,
            artist=profile.artist_name,
            changes=tuple(_in_words(change, request, self.factor) for change in limbs.changes),
        )
        pattern = replace(pattern, fits=fits(pattern, profile))
        if self.factor != 1:  # whole ticks are other times there: the planner has the last word
            pattern = stretched(pattern, request, self.factor)
            limbs = plan(pattern.hits, request.tempo_bpm, double_kick=self.both_feet)
            pattern = replace(pattern, hits=limbs.hits)
        return pattern

    def around(self, lock: Lock, pattern: Pattern) -> Pattern:
        """The pattern with what is locked in its place."""
        request = self.request
        stays = kept(lock, request.metre)
        both_feet = self.both_feet or bool(plan(stays, request.tempo_bpm).changes)
        hits = with_kept(pattern.hits, lock, request.metre)
        limbs = plan(hits, request.tempo_bpm, double_kick=both_feet, keep=stays)
        changes = tuple(_in_words(change, request, 1.0) for change in limbs.changes)
        pattern = replace(pattern, hits=limbs.hits, changes=changes)
        return replace(pattern, fits=fits(pattern, self.profile))


def _in_words(change: Change, request: Request, factor: float) -> str:
    bar = int(max(0, change.hit.tick) / factor) // request.metre.ticks + 1
    return f"{DRUMS[change.hit.voice].title} in bar {bar} left out: {change.reason}"


def _controls(controls: Controls, part: Part) -> Controls:
    """The controls as this section of a song turns them."""
    intensity = controls.intensity + INTENSITY.get(part, 0.0)
    return replace(controls, intensity=max(0.0, min(100.0, intensity)))
