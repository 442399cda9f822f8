"""The kit seen from above: who strikes what, and how soon again.

Conventions: metres from the drummer's seat, x to the right, y away from the drummer, on a
right-handed kit; times in milliseconds. A surface is what is struck: open and closed hi-hat are
one, snare and cross-stick another, bow and bell of the ride a third. A crew is two limbs that share
their work: the drummer's hands, the drummer's feet, the hands of a percussionist.

Numbers: limits are set so that what the drummers of the Groove MIDI Dataset (Google LLC, CC BY 4.0)
played stays: 895 takes of 337,494 strokes, without two that hold many strokes twice. 99.75 % of
these strokes stay, apart from 0.6 % that pads report wrongly: one stroke twice, a cymbal that
trembles when a tom is struck, an open hi-hat while the foot closes it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mididrumigen.drums import DRUMS, Voice

PlayedBy = Literal[
    "right hand",
    "left hand",
    "right foot",
    "left foot",
    "percussionist's right hand",
    "percussionist's left hand",
]
"""Congas, shakers, whistles and the like are a second player's, who has two hands as well, and so
are claps, for a drummer's hands hold sticks. Cowbell, tambourine and woodblocks stand on the kit.
"""

TOGETHER_MS = 20.0
"""Strokes this near to each other are meant together: limbs that are meant to strike at once are
12-14 ms apart (standard deviation between hi-hat and kick or snare; Groove MIDI Dataset).
"""

CLOSING_MS = 30.0
"""A foot that closes the hi-hat this shortly before or after an open stroke contradicts it: an open
stroke that the foot cuts off rings for longer. Pads report 0.29 % of all strokes so, nearly all
where foot and stick meet on the closing hi-hat; at 20 ms it is 0.23 %.
"""

APART_MS = 10.0
"""Two strokes on one surface are at least this far apart: the flattest flam. Of all strokes 0.14 %
are nearer: one stroke that the pad reported twice.
"""

STRIKE_MS = 80.0
"""Shortest time between two strokes that one hand throws, as of 16ths at 375 BPM with both hands;
at 100 ms another 0.1 % of all strokes would have to go.
"""

TRAVEL_MS_PER_METRE = 100.0
"""What the way to another surface adds: 41 ms from hi-hat to snare, 108 ms from hi-hat to the low
floor tom. At 200 ms another 0.2 % of all strokes would have to go.
"""

_SURFACES: dict[Voice, str] = {
    Voice.HAT_CLOSED: "hi-hat",
    Voice.HAT_OPEN: "hi-hat",
    Voice.RIDE: "ride",
    Voice.RIDE_BELL: "ride",
    Voice.SNARE: "snare",
    Voice.SIDESTICK: "snare",
}
SURFACE: dict[Voice, str] = {voice: _SURFACES.get(voice, DRUMS[voice].title) for voice in Voice}
"""What is struck, by the name a drummer gives it."""

_PLACES: dict[str, tuple[float, float]] = {
    "snare": (-0.05, 0.35),
    "hi-hat": (-0.45, 0.45),
    "high tom": (-0.22, 0.68),
    "high-mid tom": (-0.05, 0.72),
    "low-mid tom": (0.15, 0.72),
    "low tom": (0.32, 0.66),
    "high floor tom": (0.42, 0.35),
    "low floor tom": (0.55, 0.05),
    "crash": (-0.38, 0.85),
    "splash": (-0.05, 0.95),
    "ride": (0.50, 0.75),
    "china": (0.80, 0.60),
    "cowbell": (0.05, 0.85),
    "tambourine": (-0.60, 0.70),
    "high woodblock": (0.12, 0.90),
    "low woodblock": (0.20, 0.90),
}
"""Of what a drummer's hands strike; estimated from how kits are usually set up, without heights."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """Strokes that a stick or a beater gives by itself after the one that was thrown."""

    most: Mapping[str, int]
    """How many, by surface; none where it is not named."""
    soonest_ms: float
    """Shortest time between two of them."""
    pressed_ms: float
    """Sooner than this the stick is pressed into the head, as in a closed roll, ..."""
    pressed_loudest: int
    """... and a stroke has at most this velocity."""
    first: float
    """The first is at most this many times as loud as the stroke."""
    later: float
    """Each later one is at most this many times as loud as the one before."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Two limbs: what each can strike, and how soon after another stroke."""

    limbs: tuple[PlayedBy, PlayedBy]
    """The right one and the left one."""
    gaps: Mapping[str, Mapping[str, float]]
    """From surface to surface: shortest time between two strokes that one limb throws."""
    bounce: Bounce
    costs: tuple[Mapping[str, float], Mapping[str, float]]
    """Of a stroke by the right and by the left limb; what is missing it cannot strike."""
    ways: Mapping[str, Mapping[str, float]]
    """From surface to surface: metres."""
    crossings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Costs a stroke while the right limb is at the first surface and the left at the second; empty
    where limbs do not get in each other's way.
    """

    @property
    def limb(self) -> str:
        """What both limbs are: hand or foot."""
        return self.limbs[0].rsplit(" ", 1)[-1]


_LEFT_HAND = {
    "snare": 0.0,
    "crash": 0.4,
    "hi-hat": 1.0,
    "ride": 3.0,
    "china": 3.0,
    "high floor tom": 0.3,
    "low floor tom": 0.3,
}
_LEFT_HAND_ELSEWHERE = 0.2
_RIGHT_HAND = {"snare": 0.3}
"""Costs: the right hand keeps the cymbals, the left one the snare."""

_CROSSING_PER_METRE = 3.0
"""Costs that the right hand is to the left of the left one."""
_BESIDE_METRES = 0.05
"""Nearer to each other they do not cross."""


def _crossing(right: str, left: str) -> float:
    if left == "snare":
        return 0.0  # over a hand on the snare, to the hi-hat say, is the usual way
    over = _PLACES[left][0] - _PLACES[right][0]
    return _CROSSING_PER_METRE * over if over > _BESIDE_METRES else 0.0


def _table(surfaces: Iterable[str], same: float, other: float) -> dict[str, dict[str, float]]:
    names = tuple(surfaces)
    return {a: {b: same if a == b else other for b in names} for a in names}


_WAYS = {a: {b: math.dist(_PLACES[a], _PLACES[b]) for b in _PLACES} for a in _PLACES}

_STICK = Bounce(
    most={s: 5 for s in _PLACES if s in ("snare", "hi-hat", "ride") or s.endswith("tom")},
    soonest_ms=20.0,
    pressed_ms=40.0,
    pressed_loudest=80,
    first=1.3,
    later=1.2,
)
"""Double strokes, drags and closed rolls. Without bounces another 1.6 % of all strokes would have
to go; with one at most, as in an open roll, another 0.5 %.
"""

HANDS = Crew(
    limbs=("right hand", "left hand"),
    gaps={
        a: {b: STRIKE_MS + TRAVEL_MS_PER_METRE * metres for b, metres in ways.items()}
        for a, ways in _WAYS.items()
    },
    bounce=_STICK,
    costs=(
        {s: _RIGHT_HAND.get(s, 0.0) for s in _PLACES},
        {s: _LEFT_HAND.get(s, _LEFT_HAND_ELSEWHERE) for s in _PLACES},
    ),
    ways=_WAYS,
    crossings={right: {left: _crossing(right, left) for left in _PLACES} for right in _PLACES},
)

_KICK, _PEDAL = DRUMS[Voice.KICK].title, DRUMS[Voice.HAT_PEDAL].title
_PEDAL_GAPS = {_KICK: {_KICK: 95.0, _PEDAL: 150.0}, _PEDAL: {_KICK: 150.0, _PEDAL: 115.0}}
"""Between strokes of one foot; 95 ms are 16ths at 158 BPM. 0.07 % of all strokes are faster kicks,
and another 0.14 % are soft ones within 40 ms, which pads report twice.
"""
_BEATER = Bounce(
    most={_KICK: 1},
    soonest_ms=40.0,
    pressed_ms=40.0,
    pressed_loudest=127,
    first=0.6,
    later=0.0,
)
"""A beater that is not held bounces once, at about a third of the loudness: 1.4 % of all strokes,
most of them one drummer's.
"""


def _feet(left: Mapping[str, float]) -> Crew:
    return Crew(
        limbs=("right foot", "left foot"),
        gaps=_PEDAL_GAPS,
        bounce=_BEATER,
        costs=({_KICK: 0.0}, left),
        ways=_table(_PEDAL_GAPS, 0.0, 0.0),
    )


FEET = _feet({_PEDAL: 0.0})
TWO_KICK_FEET = _feet({_PEDAL: 0.0, _KICK: 0.5})
"""With a second pedal for the kick."""

_PERCUSSION = tuple(
    SURFACE[voice]
    for voice, drum in DRUMS.items()
    if drum.limb == "hand" and SURFACE[voice] not in _PLACES
)
PERCUSSIONIST = Crew(
    limbs=("percussionist's right hand", "percussionist's left hand"),
    gaps=_table(_PERCUSSION, STRIKE_MS, 120.0),
    bounce=Bounce({}, STRIKE_MS, STRIKE_MS, 0, 0.0, 0.0),
    costs=(dict.fromkeys(_PERCUSSION, 0.0), dict.fromkeys(_PERCUSSION, 0.2)),
    ways=_table(_PERCUSSION, 0.0, 0.0),
)
