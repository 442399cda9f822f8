"""One trait from all that is said of it: value, range, how sure, and who disagrees.

Conventions: the value comes from the highest rank that speaks of a trait, the range from what its
claims leave open. Confidence is earned by voices: each kind of measurement is one, each source of
words, our own notes. Voices that agree with the value add up as independent ones do; those that do
not take away their share, but for the least that a measurement earns. Voices of one kind reach 0.69
at most, several kinds 0.95.
"""

import math
from collections.abc import Iterable, Sequence

from mididrumigen.groove.traits import trait_kind
from mididrumigen.models import Evidence, Trait
from mididrumigen.models.profile import MAX_IDS
from mididrumigen.research.rank import RANKS, Claim, is_measured, is_own, rank_of, tolerance

_ONE_KIND, _MOST = 0.69, 0.95
_MEASURED_LOW, _MEASURED_MORE, _ENOUGH_TAKES = 0.4, 0.29, 6
"""Confidence of one short take, what many add to it, and how many that takes."""
_SAID = ("builtin", "told")
_MOST_CENTRES = 400
"""Claims that are tried as the middle of those that agree: more would only take time."""


def settle(name: str, claims: Sequence[Claim]) -> Trait | None:
    """The trait that claims make together; None where all of them only say what it is not."""
    positive = [claim for claim in claims if not claim.is_denied]
    if not positive:
        return None
    best = max(rank_of(claim.evidence) for claim in positive)
    ranks = {best}
    if RANKS[best] in _SAID:
        ranks = {RANKS.index(rank) for rank in _SAID}
    spoken = [claim for claim in positive if rank_of(claim.evidence) in ranks]
    if RANKS[best] in _SAID:
        spoken = _largest_agreeing(name, spoken)
    spoken.sort(key=lambda claim: (-claim.weight, claim.evidence.id))
    value = round(pooled(name, [(claim.value, claim.weight) for claim in spoken]), 4)
    low, high = _range(name, value, spoken)
    own = [claim for claim in claims if is_own(claim.evidence)]
    near = tolerance(name, value)
    cited = {claim.evidence.id for claim in spoken}
    others = [claim for claim in own if claim.evidence.id not in cited]
    if RANKS[best] == "measured":  # takes of one drummer differ, and do not contradict each other
        others = [claim for claim in others if not is_measured(claim.evidence)]
    open_ones = [claim for claim in spoken if claim.is_open]
    against = [c for c in others if not (c.allows(value, near) and _meets(c, open_ones, near))]
    return Trait(
        value=value,
        unit=trait_kind(name).unit,
        confidence=_confidence(spoken, own, against),
        evidence=_ids(spoken),
        low=round(low, 4),
        high=round(high, 4),
        against=_ids(against),
        is_own=bool(own),
    )


def pooled(name: str, claims: Sequence[tuple[float, float]]) -> float:
    """One value of several (value, weight): their mean; of swing the median, since the mean of a
    straight and a shuffled take is neither.
    """
    if name.startswith("swing_"):
        return weighted_median(claims)
    return sum(value * weight for value, weight in claims) / sum(weight for _, weight in claims)


def weighted_median(values: Iterable[tuple[float, float]]) -> float:
    """The value that half of the weight lies at or below; `values` must not be empty."""
    return weighted_quantile(values, 0.5)


def weighted_quantile(values: Iterable[tuple[float, float]], share: float) -> float:
    """The value that a share of the weight lies at or below; `values` must not be empty."""
    ordered = sorted(values)
    wanted = share * sum(weight for _, weight in ordered)
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= wanted:
            return value
    return ordered[-1][0]


def measured_confidence(evidence: Iterable[Evidence]) -> float:
    """What takes of one kind earn together, 0.4 to 0.69."""
    takes = sum(min(1.0, e.value["bar_count"] / 8) for e in evidence)
    return _MEASURED_LOW + _MEASURED_MORE * (1 - math.exp(-takes / _ENOUGH_TAKES))


def together(voices: Sequence[tuple[str, float]], share: float = 1.0) -> float:
    """Confidence of (kind, confidence) of voices that agree; `share` is theirs of all voices."""
    doubt = math.prod(1 - confidence for _, confidence in voices)
    most = _MOST if len({kind for kind, _ in voices}) > 1 else _ONE_KIND
    return round(min(1 - doubt, most) * share, 3)


def voices_of(evidence: Iterable[Evidence]) -> list[tuple[str, float]]:
    """(kind, confidence) of each voice in evidence about the artist."""
    measured: dict[str, list[Evidence]] = {}
    said: dict[tuple[str, str], float] = {}
    for e in evidence:
        if is_measured(e):
            measured.setdefault(e.kind, []).append(e)
        else:
            voice = (e.kind, e.source)
            said[voice] = max(said.get(voice, 0.0), e.confidence)
    return [
        *((kind, measured_confidence(takes)) for kind, takes in sorted(measured.items())),
        *((kind, confidence) for (kind, _), confidence in sorted(said.items())),
    ]


def _confidence(spoken: Sequence[Claim], own: Sequence[Claim], against: Sequence[Claim]) -> float:
    if not own:
        return round(max(claim.evidence.confidence for claim in spoken), 3)
    opposed = {claim.evidence.id for claim in against}
    agreeing = voices_of(c.evidence for c in own if c.evidence.id not in opposed)
    opposing = voices_of(c.evidence for c in own if c.evidence.id in opposed)
    for_it, against_it = (sum(conf for _, conf in side) for side in (agreeing, opposing))
    if not agreeing:
        return 0.0
    earned = together(agreeing, for_it / (for_it + against_it))
    # Whoever reads otherwise takes nothing from the least that measuring earns.
    least = _MEASURED_LOW if any(is_measured(claim.evidence) for claim in spoken) else 0.0
    return max(earned, least)


def _largest_agreeing(name: str, claims: Sequence[Claim]) -> list[Claim]:
    """Those claims around one of them that weigh most together."""

    def around(centre: Claim) -> list[Claim]:
        near = tolerance(name, centre.value)
        return [claim for claim in claims if claim.agrees(centre, near)]

    best: list[Claim] = []
    most = -1.0
    for centre in claims[:_MOST_CENTRES]:
        group = around(centre)
        weight = sum(claim.weight for claim in group)
        if weight > most:
            best, most = group, weight
    return best


def _meets(claim: Claim, open_ones: Sequence[Claim], near: float) -> bool:
    """Whether a claim agrees with any of those that leave a range open, where there are such."""
    return not open_ones or any(claim.agrees(one, near) for one in open_ones)


def _range(name: str, value: float, spoken: Sequence[Claim]) -> tuple[float, float]:
    """What the claims leave open around their value, within the scale of the trait."""
    near = tolerance(name, value)
    lows, highs = ([(getattr(c, end), c.weight) for c in spoken] for end in ("low", "high"))
    low = weighted_quantile(lows, 0.1) if len(spoken) > 4 else min(low for low, _ in lows)
    high = weighted_quantile(highs, 0.9) if len(spoken) > 4 else max(high for high, _ in highs)
    kind = trait_kind(name)
    return (
        max(kind.low, min(low, value - near)),
        min(kind.high, max(high, value + near)),
    )


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.evidence.id for claim in claims))[:MAX_IDS]
