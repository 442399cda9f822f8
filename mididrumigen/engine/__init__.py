"""The player: (profile, request) -> patterns. Pure, seeded, without network, clock or numpy.

    tempo      the beat that is felt, far from the artist's own tempo
    choose     which bars of the vocabulary, in which order (metre: regrouped to another one)
    phrase     A again or A' (vary, embellish; levels: bars of two takes made equally loud)
    form       fills, crashes and sections (fill, sections)
    feel       when: style (bar_feel), chance (looseness, wander), ornaments
    dynamics   how loud
    sticking   hands and feet; what cannot be played goes (limb_search, kit_plan, unplayable)
    fit        how near a pattern measures to the profile
    play       all of it, in this order
    locks      what stays of an earlier take
    borrow     anybody's bars with an artist's feel
    clip       somebody's own clip: with an artist's feel, or gone on with
    blend      two artists as one

The same engine version, profile, request and seed give the same patterns, in any process on any
machine: every random number comes from a `random.Random` that was seeded with a text, and nothing
depends on the order of a set.
"""

from mididrumigen.engine.play import ENGINE_VERSION, play

__all__ = ["ENGINE_VERSION", "play"]
