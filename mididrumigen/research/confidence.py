"""How sure a profile is, 0-1.

Conventions: under 0.2 for an unknown name, under 0.4 from notes or genre; 0.4 to 0.69 from one kind
of evidence about the artist; more only where several kinds agree: 0.8 at most where all was read
and the bars are those of a style, 0.95 where playing was measured. What was measured counts by the
number of takes, what was read by what it covers.
"""

import math
from collections.abc import Mapping, Sequence

from mididrumigen.models import Evidence, Trait
from mididrumigen.research.rank import RANKS, is_measured, rank_of
from mididrumigen.research.votes import measured_confidence, voices_of

_LOW, _ONE_KIND, _MOST_READ, _MOST = 0.4, 0.69, 0.8, 0.95
_A_FURTHER_KIND = 0.12
ASPECTS = {
    "tempo": ("tempo_bpm",),
    "feel": ("swing_8ths", "swing_16ths", "push_ms", "timing_sd_ms"),
    "dynamics": ("ghost_share", "velocity_mean", "velocity_sd", "backbeat_velocity"),
    "pattern": ("hits_per_quarter", "syncopation", "backbeat", "ride_share", "double_kick"),
    "fills": ("fill_rate", "fill_quarters", "crash_rate"),
}
"""What there is to know of how somebody drums."""


def profile_confidence(evidence: Sequence[Evidence], traits: Mapping[str, Trait]) -> float:
    """Confidence that a profile of this evidence earns; `evidence` must not be empty."""
    told = [e for e in evidence if RANKS[rank_of(e)] == "told"]
    measured = [e for e in evidence if is_measured(e)]
    if not told and not measured:
        top = max(map(rank_of, evidence))
        return round(max(e.confidence for e in evidence if rank_of(e) == top), 3)
    agreeing = _agreeing_kinds((*told, *measured), traits)
    if measured:
        base = measured_confidence(measured)
        return round(min(base + _A_FURTHER_KIND * max(0, len(agreeing) - 1), _MOST), 3)
    own = [trait for trait in traits.values() if trait.is_own]
    strength = 1 - math.prod(1 - confidence for _, confidence in voices_of(told))
    opposed = sum(bool(trait.against) for trait in own) / len(own) if own else 0.0
    most = _MOST_READ if len(agreeing) > 1 else _ONE_KIND
    earned = (most - _LOW) * _covered(traits) * strength * (1 - opposed / 2)
    return round(_LOW + earned, 3) if own else round(_LOW / 2, 3)


def _covered(traits: Mapping[str, Trait]) -> float:
    """How much of the aspects of drumming is known, 0-1: each as surely as its surest trait."""
    sure: dict[str, float] = {}
    for name, trait in traits.items():
        if trait.is_own:
            base = name.partition(".")[0]
            sure[base] = max(sure.get(base, 0.0), trait.confidence)
    known = [max(sure.get(name, 0.0) for name in names) for names in ASPECTS.values()]
    return sum(min(1.0, each / _ONE_KIND) for each in known) / len(known)


def _agreeing_kinds(evidence: Sequence[Evidence], traits: Mapping[str, Trait]) -> frozenset[str]:
    """Kinds of evidence that some trait rests on and that contradict fewer traits than they bear
    out.
    """
    kind_of = {e.id: e.kind for e in evidence}
    balance: dict[str, int] = {}
    for trait in traits.values():
        for kind in {kind_of[i] for i in trait.evidence if i in kind_of}:
            balance[kind] = balance.get(kind, 0) + 1
        for kind in {kind_of[i] for i in trait.against if i in kind_of}:
            balance[kind] = balance.get(kind, 0) - 1
    return frozenset(kind for kind, score in balance.items() if score > 0)
