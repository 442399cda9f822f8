"""The style of a bar in time: swing, push and signature.

Conventions: what is known of the take a bar is from comes first, then what is known of the artist,
then the default. Swing is the share of the pair taken by its first note, percent; push and
signature are milliseconds late (+) or early (-). `feel` scales all of it.
"""

from mididrumigen.drums import Family
from mididrumigen.engine.choose import song_of
from mididrumigen.groove.grid import STRAIGHT_SWING, TRIPLET, TRIPLET_SWING, step_phase
from mididrumigen.models import TICKS_PER_QUARTER, Bar, Request, StyleProfile

_PUSH_LIMIT_MS = 45.0
"""The most that is style where evidence says so."""

_SHUFFLED = 55.0
"""A noted swing of eighths above this is that of the triplet grooves, where a style has some."""


def known_trait(
    profile: StyleProfile, song: str, name: str, family: Family, default: float
) -> float:
    """A trait of a family in a take, else of the whole take, else of the artist, else `default`."""
    own = profile.feels.get(song, {})
    for key in (f"{name}.{family}", name):
        if key in own:
            return own[key]
    return profile.trait(f"{name}.{family}", profile.trait(name, default))


class BarFeel:
    """The style of one bar in time: that of the take it is from, else of the artist, else the
    defaults.
    """

    def __init__(
        self,
        bar: Bar,
        profile: StyleProfile,
        request: Request,
        sixteenths: bool,
        triplets: bool,
    ) -> None:
        self._bar, self._profile, self._request = bar, profile, request
        self._sixteenths = sixteenths
        self._song = song_of(bar)
        self._signature = profile.signatures.get(self._song, {})
        self._feel = request.controls.feel / 100
        # Notes on a style that has triplet grooves speak of those: its straight ones are straight.
        self._noted_triplets = self._song not in profile.feels and triplets

    def swung_ticks(self, step: int, family: Family) -> float:
        """Ticks from the bar line to a step, swung."""
        per_quarter = self._bar.steps_per_quarter
        quarter, within = divmod(step, per_quarter)
        eighths, sixteenths = self._swing(family)
        return (quarter + step_phase(within, per_quarter, eighths, sixteenths)) * TICKS_PER_QUARTER

    def _swing(self, family: Family) -> tuple[float, float]:
        """(swing of eighths, of 16ths) in percent: as asked, or the own one scaled by `feel`."""
        asked = self._request.controls.swing
        eighths, sixteenths = self._own_swing(family)
        is_triplet = self._bar.steps_per_quarter == TRIPLET
        even = TRIPLET_SWING if is_triplet else STRAIGHT_SWING
        eighths = even + (eighths - even) * self._feel
        sixteenths = STRAIGHT_SWING + (sixteenths - STRAIGHT_SWING) * self._feel
        if asked is None:
            return eighths, sixteenths
        if not is_triplet and (self._sixteenths or self._bar.metre.unit == 8):
            return STRAIGHT_SWING, asked
        return asked, STRAIGHT_SWING

    def _own_swing(self, family: Family) -> tuple[float, float]:
        """(swing of eighths, of 16ths) of the take or artist on the grid of this bar, percent."""
        if self._bar.steps_per_quarter == TRIPLET:
            eighths = self._value("swing_8ths", family, TRIPLET_SWING)
            # The mean of an artist's straight takes says nothing about a triplet one, nor the other
            # way round.
            return (eighths if 58 <= eighths <= 80 else TRIPLET_SWING), STRAIGHT_SWING
        eighths = self._value("swing_8ths", family, STRAIGHT_SWING)
        shuffled = self._noted_triplets and eighths > _SHUFFLED
        if self._bar.metre.unit == 8 or shuffled or not 45 <= eighths <= 62:
            eighths = STRAIGHT_SWING  # in x/8 a pair of eighths is no beat to be divided
        return eighths, self._value("swing_16ths", family, STRAIGHT_SWING)

    def _value(self, name: str, family: Family, default: float) -> float:
        return known_trait(self._profile, self._song, name, family, default)

    def push_ms(self, family: Family) -> float:
        """How late a family plays against the kit, ms."""
        push = self._profile.feels.get(self._song, {}).get(f"push_ms.{family}")
        if push is None:
            push = self._profile.trait(f"push_ms.{family}", 0.0)
        return max(-_PUSH_LIMIT_MS, min(_PUSH_LIMIT_MS, push)) * self._feel

    def signature_ms(self, step: int, family: Family) -> float:
        """What a family does at this place of the bar beyond push and swing, ms."""
        places = self._signature.get(f"{family}.{self._bar.steps_per_quarter}", ())
        return places[step] * self._feel if step < len(places) else 0.0
