"""The player: (profile, request) -> patterns. Pure, seeded, without network, clock or numpy.

    choose     which bars of the vocabulary, in which order
    metre      a bar regrouped to another metre
    vary       a bar changed so that it stays the artist's and is nobody's copy
    fill       fills and the crash that answers them
    limbs      two hands and two feet
    feel       swing, push, drift, dynamics: steps -> ticks
    fit        how near a pattern measures to the profile
    play       all of it, in this order

The same engine version, profile, request and seed give the same patterns, in any process on any
machine: every random number comes from a `random.Random` that was seeded with a text, and nothing
depends on the order of a set.
"""

from mididrumigen.engine.play import ENGINE_VERSION, play

__all__ = ["ENGINE_VERSION", "play"]
