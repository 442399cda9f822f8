"""How near a pattern measures to the profile.

Conventions: 1 where every compared trait is met, 0 where each is off by its tolerance or more. What
was asked for and what the artist does are not the same thing, so controls away from their middle
lower the fit, rightly.
"""

from collections.abc import Mapping

from mididrumigen.groove import measure
from mididrumigen.models import Pattern, StyleProfile, Take, TraitFit

_TOLERANCES = {
    "hits_per_quarter": 2.5,
    "hits_per_quarter.kick": 1.0,
    "hits_per_quarter.snare": 1.2,
    "hits_per_quarter.hat": 2.0,
    "hits_per_quarter.ride": 2.0,
    "syncopation": 7.0,
    "ghost_share": 0.4,
    "backbeat": 0.7,
    "ride_share": 0.8,
    "swing_16ths": 8.0,
    "velocity_mean": 30.0,
    "velocity_sd": 20.0,
}
"""About twice the spread between the takes of one drummer of the Groove MIDI Dataset."""


def fits(pattern: Pattern, profile: StyleProfile) -> tuple[TraitFit, ...]:
    """Every trait that both the pattern and the profile have; none for an empty pattern."""
    return fits_to(pattern, {name: trait.value for name, trait in profile.traits.items()})


def fits_to(pattern: Pattern, wanted: Mapping[str, float]) -> tuple[TraitFit, ...]:
    """The same of the values of traits."""
    if not pattern.hits:
        return ()
    take = Take(
        hits=pattern.hits,
        tempos=((0, pattern.tempo_bpm),),
        metres=((0, pattern.metre),),
        map_name="gm",
    )
    found = measure(take).traits
    return tuple(
        TraitFit(name, played, value, 1 - min(1.0, abs(played - value) / tolerance))
        for name, tolerance in _TOLERANCES.items()
        if name in found and name in wanted
        for played, value in ((found[name][0], wanted[name]),)
    )
