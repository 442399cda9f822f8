"""Two artists as one."""

from statistics import fmean

import pytest

from mididrumigen.drums import FAMILY
from mididrumigen.engine import play
from mididrumigen.engine.blend import ASPECTS, Aspect, blend
from mididrumigen.groove import measure
from mididrumigen.models import Bar, Request, StyleProfile, Take
from tests.engine.conftest import noted_profile


@pytest.fixture(scope="module")
def dilla() -> StyleProfile:
    """Notes with a late snare and no wide dynamics."""
    return noted_profile("J Dilla")


def evenly(amount: float) -> dict[Aspect, float]:
    return dict.fromkeys(ASPECTS, amount)


def share_of(profile: StyleProfile, bars: tuple[Bar, ...]) -> float:
    """Share of the weight of the bars in a blend that are the artist's."""
    grids = {bar.grid for bar in bars}
    total = sum(bar.weight for bar in profile.grooves)
    return sum(bar.weight for bar in profile.grooves if bar.grid in grids) / total


@pytest.mark.parametrize("amount", [0.0, 0.25, 0.5, 1.0])
def test_every_trait_and_the_bars_go_the_share_of_the_way(
    bonham: StyleProfile, dilla: StyleProfile, amount: float
) -> None:
    both = blend(bonham, dilla, evenly(amount))
    assert both.artist_name == "John Bonham + J Dilla"
    for name in bonham.traits.keys() & dilla.traits.keys() - {"tempo_bpm"}:
        one, other = bonham.traits[name].value, dilla.traits[name].value
        assert both.traits[name].value == pytest.approx(one + (other - one) * amount, abs=1e-3)
    assert share_of(both, dilla.grooves) == pytest.approx(amount)
    assert share_of(both, bonham.grooves) == pytest.approx(1 - amount)
    assert sum(both.kit.values()) == pytest.approx(1)


def test_tempo_is_blended_as_it_is_heard(bonham: StyleProfile, dilla: StyleProfile) -> None:
    tempos = [p.trait("tempo_bpm", 0) for p in (bonham, dilla, blend(bonham, dilla, evenly(0.5)))]
    assert tempos[2] == pytest.approx((tempos[0] * tempos[1]) ** 0.5, abs=0.01)


def test_feel_alone_leaves_the_bars_and_brings_the_other_snare(
    bonham: StyleProfile, dilla: StyleProfile
) -> None:
    both = blend(bonham, dilla, {"feel": 1.0})
    assert [bar.strokes for bar in both.grooves] == [bar.strokes for bar in bonham.grooves]
    assert both.kit == bonham.kit
    assert both.trait("push_ms.snare", 0) == dilla.trait("push_ms.snare", 0)
    assert both.trait("ghost_share", 0) == bonham.trait("ghost_share", 0)
    assert both.trait("tempo_bpm", 0) == bonham.trait("tempo_bpm", 0)


def test_a_measured_feel_is_moved_take_by_take(
    measured: StyleProfile, bonham: StyleProfile
) -> None:
    half = blend(measured, bonham, {"feel": 0.5})
    assert half.feels.keys() == measured.feels.keys()
    target = bonham.trait("push_ms.snare", 0)
    for source, feel in measured.feels.items():
        now = half.feels[source]["push_ms.snare"]
        assert now == pytest.approx((feel["push_ms.snare"] + target) / 2)
        assert half.feels[source]["tempo_bpm"] == feel["tempo_bpm"]
        mine, theirs = measured.signatures.get(source, {}), half.signatures.get(source, {})
        for name, late in mine.items():
            assert list(theirs[name]) == pytest.approx([ms / 2 for ms in late])


def test_dynamics_bring_the_others_loudness_and_no_stroke(bonham: StyleProfile) -> None:
    allen = noted_profile("Tony Allen")
    both = blend(bonham, allen, {"dynamics": 1.0})
    assert [bar.grid for bar in both.grooves] == [bar.grid for bar in bonham.grooves]

    def kicks(profile: StyleProfile) -> float:
        """Mean loudness of a full kick on a beat."""
        found = [
            (s.velocity, bar.weight)
            for bar in profile.grooves
            for s in bar.strokes
            if FAMILY[s.voice] == "kick" and s.step % bar.steps_per_quarter == 0
        ]
        return sum(v * w for v, w in found) / sum(w for _, w in found)

    assert abs(kicks(bonham) - kicks(allen)) > 6
    assert kicks(both) == pytest.approx(kicks(allen), abs=1.5)


def test_what_is_played_lies_between_both_in_what_is_heard(
    bonham: StyleProfile, dilla: StyleProfile
) -> None:
    def late_snare_ms(profile: StyleProfile) -> float:
        found = []
        for seed in range(6):
            for pattern in play(profile, Request(bars=8, tempo_bpm=92, seed=seed, variations=2)):
                tempos, metres = ((0, pattern.tempo_bpm),), ((0, pattern.metre),)
                traits = measure(Take(pattern.hits, tempos, metres, "gm")).traits
                if "push_ms.snare" in traits:
                    found.append(traits["push_ms.snare"][0])
        return fmean(found)

    # The same bars three times, so that only the feel differs.
    amounts = (0.0, 0.5, 1.0)
    late = [late_snare_ms(blend(bonham, dilla, {"feel": amount})) for amount in amounts]
    assert late == sorted(late)
    assert late[2] - late[0] > 2


def test_the_lesser_basis_counts_and_everything_is_said(
    bonham: StyleProfile, measured: StyleProfile
) -> None:
    both = blend(measured, bonham, evenly(0.5))
    assert (measured.basis, bonham.basis, both.basis) == ("researched", "builtin", "builtin")
    low, high = sorted((measured.confidence_score, bonham.confidence_score))
    assert low < both.confidence_score < high
    assert set(both.notices) == {*measured.notices, *bonham.notices}
    assert both.hash != blend(measured, bonham, evenly(0.4)).hash
