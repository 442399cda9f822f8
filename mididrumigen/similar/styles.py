"""How near styles are.

Conventions: a style is an axis, and so is its family (rock, soul_funk, hip_hop ...), so that styles
of one family are not at right angles but somewhat alike. Two entries are as near as the angle
between their weights.
"""

import math
from collections.abc import Mapping

SAME_FAMILY = 0.4
"""Likeness of two styles of one family, 0-1: by it post punk is nearer to new wave than to salsa,
and less near than to itself."""


def axes(styles: Mapping[str, float], families: Mapping[str, str]) -> dict[str, float]:
    """The direction of weighted styles, of length 1; empty where there are none. `families` is
    style -> family.
    """
    found: dict[str, float] = {}
    for style, weight in styles.items():
        found[style] = math.sqrt(1 - SAME_FAMILY) * weight
        family = f"family {families.get(style, style)}"
        found[family] = found.get(family, 0.0) + math.sqrt(SAME_FAMILY) * weight
    length = math.sqrt(sum(value * value for value in found.values()))
    return {name: value / length for name, value in found.items()} if length else {}


def likeness(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float | None:
    """0-1 between two directions; None where either has no style."""
    if not mine or not theirs:
        return None
    return min(sum(value * theirs.get(name, 0.0) for name, value in mine.items()), 1.0)
