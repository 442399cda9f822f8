"""Two artists as one: by how much the second one speaks in each aspect of the playing.

Conventions: an amount is 0-1; 0 leaves an aspect to the first artist, 1 to the second. Traits go
the share of the way from one to the other (tempo on a logarithmic scale, as it is heard); bars are
taken from both in that ratio, and every bar is then as early or late, and as loud, as the blend.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from mididrumigen.engine.borrow import Levelled
from mididrumigen.models import Bar, StyleProfile, Trait
from mididrumigen.models.profile import BASIS_WORDS, MAX_IDS

Aspect = Literal["grooves", "fills", "feel", "dynamics"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

_ASPECT_OF: dict[str, Aspect] = {
    **dict.fromkeys(("swing_8ths", "swing_16ths", "push_ms"), "feel"),
    **dict.fromkeys(("timing_sd_ms", "timing_drift", "gap_sd_ms", "latency_ms"), "feel"),
    **dict.fromkeys(("ghost_velocity", "backbeat_velocity", "velocity_mean"), "dynamics"),
    **dict.fromkeys(("velocity_sd", "velocity_jitter"), "dynamics"),
    **dict.fromkeys(("fill_rate", "fill_quarters", "crash_rate", "crash_after_fill"), "fills"),
}
"""Aspect of a trait; all others are of the grooves."""

_Signature = Mapping[str, Sequence[float]]


def blend(
    mine: StyleProfile, theirs: StyleProfile, amounts: Mapping[Aspect, float]
) -> StyleProfile:
    """The profile of both; an aspect that is not named is the first one's."""
    amount = {aspect: amounts.get(aspect, 0.0) for aspect in ASPECTS}
    mean = sum(amount.values()) / len(amount)
    basis = max(mine.basis, theirs.basis, key=list(BASIS_WORDS).index)
    loud = {id(mine): Levelled(mine.grooves), id(theirs): Levelled(theirs.grooves)}

    def both(kind: Literal["grooves", "fills"]) -> tuple[Bar, ...]:
        bars: list[Bar] = []
        for own, other, share in (
            (mine, theirs, 1 - amount[kind]),
            (theirs, mine, amount[kind]),
        ):
            of_own: Sequence[Bar] = getattr(own, kind)
            if not getattr(other, kind):
                share = 1.0
            toward = amount["dynamics"] if own is mine else 1 - amount["dynamics"]
            total = sum(bar.weight for bar in of_own)
            if share > 0:
                bars += [
                    replace(
                        loud[id(own)].toward(loud[id(other)], bar, toward),
                        weight=bar.weight / total * share,
                    )
                    for bar in of_own
                ]
        return tuple(bars)

    return StyleProfile(
        version=mine.version,
        artist_name=f"{mine.artist_name} + {theirs.artist_name}",
        text_description=(
            f"{mine.artist_name} with {mean:.0%} {theirs.artist_name}."
            f" {mine.text_description} {theirs.text_description}"
        ),
        basis=basis,
        confidence_score=round(_between(mine.confidence_score, theirs.confidence_score, mean), 3),
        sources_count=mine.sources_count + theirs.sources_count,
        quantitative_params=_quantities(mine, theirs, amount),
        traits=_traits(mine, theirs, amount),
        grooves=both("grooves"),
        fills=both("fills"),
        kit={
            voice: _between(mine.kit.get(voice, 0), theirs.kit.get(voice, 0), amount["grooves"])
            for voice in sorted({*mine.kit, *theirs.kit})
            if (voice in mine.kit or amount["grooves"] > 0)
            and (voice in theirs.kit or amount["grooves"] < 1)
        },
        feels={
            **_feels(mine, theirs, amount["feel"]),
            **_feels(theirs, mine, 1 - amount["feel"]),
        },
        signatures={
            **_signatures(mine, theirs, amount["feel"]),
            **_signatures(theirs, mine, 1 - amount["feel"]),
        },
        notices=tuple(dict.fromkeys((*mine.notices, *theirs.notices))),
        created_at=max(mine.created_at, theirs.created_at),
        updated_at=max(mine.updated_at, theirs.updated_at),
    )


def _between(one: float, other: float, share: float) -> float:
    return one + (other - one) * share


def _on_the_way(name: str, one: float, other: float, share: float) -> float:
    """A value between two of a trait."""
    if name == "tempo_bpm":
        return float(one * (other / one) ** share)
    return _between(one, other, share)


def _traits(
    mine: StyleProfile, theirs: StyleProfile, amount: Mapping[Aspect, float]
) -> dict[str, Trait]:
    """What both have, between them; what one has, where that one speaks at all."""
    traits: dict[str, Trait] = {}
    for name in sorted({*mine.traits, *theirs.traits}):
        share = amount[_ASPECT_OF.get(name.partition(".")[0], "grooves")]
        one, other = mine.traits.get(name), theirs.traits.get(name)
        if one and other:
            traits[name] = Trait(
                round(_on_the_way(name, one.value, other.value, share), 4),
                one.unit,
                round(_between(one.confidence, other.confidence, share), 3),
                tuple(dict.fromkeys((*one.evidence, *other.evidence)))[:MAX_IDS],
            )
        elif one and share < 1:
            traits[name] = one
        elif other and share > 0:
            traits[name] = other
    return traits


def _quantities(
    mine: StyleProfile, theirs: StyleProfile, amount: Mapping[Aspect, float]
) -> dict[str, Any]:
    """The specification's numbers, between both."""
    found: dict[str, Any] = {}
    for name, one in mine.quantitative_params.items():
        other = theirs.quantitative_params.get(name)
        share = amount["dynamics" if name.startswith("velocity") else "grooves"]
        if isinstance(one, list | tuple) and isinstance(other, list | tuple):
            # A histogram; notes have none.
            found[name] = (
                [round(_between(a, b, share), 4) for a, b in zip(one, other, strict=True)]
                if len(one) == len(other)
                else list(one or other)
            )
        elif isinstance(one, int | float) and isinstance(other, int | float):
            found[name] = round(_between(one, other, share), 4)
        else:
            found[name] = one
    return found


def _feels(own: StyleProfile, other: StyleProfile, share: float) -> dict[str, dict[str, float]]:
    """The takes of `own`, each the share of the way to the other artist."""
    return {
        source: {
            name: _on_the_way(name, value, other.trait(name, value), share)
            if name != "tempo_bpm"  # that is where the take was played
            else value
            for name, value in values.items()
        }
        for source, values in own.feels.items()
    }


def _signatures(own: StyleProfile, other: StyleProfile, share: float) -> dict[str, _Signature]:
    """The same of what a take does at each place of the bar; of the other its mean."""
    mean = _mean_signature(other.signatures.values())
    found: dict[str, _Signature] = {}
    for source in own.feels:
        places = own.signatures.get(source, {})
        blended = {}
        for name in sorted({*places, *mean}):
            steps = len(places.get(name, ())) or len(mean[name])
            mine, theirs = places.get(name, [0.0] * steps), mean.get(name, [0.0] * steps)
            if len(mine) == len(theirs):
                blended[name] = [_between(a, b, share) for a, b in zip(mine, theirs, strict=True)]
            else:
                blended[name] = [_between(a, 0.0, share) for a in mine]
        if blended:
            found[source] = blended
    return found


def _mean_signature(signatures: Iterable[_Signature]) -> dict[str, list[float]]:
    """What takes do at each place in the mean; takes of another length of bar are left out."""
    by_name: dict[str, list[Sequence[float]]] = {}
    for places in signatures:
        for name, late in places.items():
            known = by_name.setdefault(name, [])
            if not known or len(known[0]) == len(late):
                known.append(late)
    return {
        name: [sum(values) / len(values) for values in zip(*takes, strict=True)]
        for name, takes in by_name.items()
    }
