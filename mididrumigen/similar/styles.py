"""How near styles are.

Conventions: a style is an axis; styles of one family (rock, soul_funk, hip_hop ...) are not at
right angles but somewhat alike. Two entries are as near as the angle between their weights.
"""

import math
from collections.abc import Mapping

SAME_FAMILY = 0.4
"""Likeness of two styles of one family, 0-1: by it post punk is nearer to new wave than to salsa,
and less near than to itself."""


def likeness(
    styles: Mapping[str, float], others: Mapping[str, float], families: Mapping[str, str]
) -> float | None:
    """0-1; None where either has no style. `families` is style -> family."""
    if not styles or not others:
        return None
    norm = math.sqrt(_product(styles, styles, families) * _product(others, others, families))
    return min(_product(styles, others, families) / norm, 1.0) if norm else None


def _product(
    styles: Mapping[str, float], others: Mapping[str, float], families: Mapping[str, str]
) -> float:
    total = 0.0
    for one, weight in styles.items():
        for other, times in others.items():
            if one == other:
                total += weight * times
            elif families.get(one) == families.get(other):
                total += SAME_FAMILY * weight * times
    return total
