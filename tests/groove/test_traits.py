"""The vocabulary of traits."""

from importlib.resources import files

import pytest

from mididrumigen.drums import FAMILIES
from mididrumigen.errors import KnowledgeError
from mididrumigen.groove.traits import TRAITS, TraitKind, trait_kind


@pytest.mark.parametrize("name", ["swing_16ths", "swing_16ths.snare", "push_ms.kick", "fill_rate"])
def test_a_trait_and_its_families_are_known(name: str) -> None:
    assert trait_kind(name) is TRAITS[name.split(".")[0]]


@pytest.mark.parametrize(
    "name", ["", "groove", "swing_32nds", "swing_16ths.cymbals", "fill_rate.snare", ".snare"]
)
def test_what_is_not_in_the_vocabulary_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(KnowledgeError, match=f"trait '{name}' is not in the vocabulary"):
        trait_kind(name)


def test_the_traits_that_are_measured_a_family_may_be_narrowed() -> None:
    narrowed = {name for name, kind in TRAITS.items() if kind.per_family}
    assert narrowed == {
        *("swing_8ths", "swing_16ths", "push_ms", "timing_sd_ms"),
        *("velocity_mean", "velocity_sd", "velocity_jitter", "hits_per_quarter", "gap_sd_ms"),
    }
    assert all(trait_kind(f"push_ms.{family}").unit == "ms" for family in FAMILIES)


def test_every_trait_has_a_range_and_a_meaning() -> None:
    assert all(kind.low < kind.high for kind in TRAITS.values())
    assert len({kind.means for kind in TRAITS.values()}) == len(TRAITS)


def test_ranges_hold_what_the_design_allows() -> None:
    assert TRAITS["push_ms"].low == -TRAITS["push_ms"].high == -45
    assert TRAITS["swing_8ths"].low < 50 < 75 < TRAITS["swing_8ths"].high
    shares = {name for name, kind in TRAITS.items() if kind.unit == "share"}
    assert {(TRAITS[name].low, TRAITS[name].high) for name in shares} == {(0, 1)}


def row(name: str, kind: TraitKind) -> str:
    """The trait in the README of the notes."""
    high, low = (
        words.format(voice=kind.called.whole, its="", of="")
        for words in (kind.called.high, kind.called.low)
    )
    star = " *" if kind.per_family else ""
    return f"| `{name}`{star} | {kind.scale} | {kind.means} | {high} / {low} | {kind.played} |"


def test_the_readme_of_the_notes_shows_the_table() -> None:
    shown = (files("mididrumigen.knowledge") / "data" / "README.md").read_text("utf-8")
    rows = [line for line in shown.splitlines() if line.startswith("| `")]
    assert rows == [row(name, kind) for name, kind in TRAITS.items()]


def test_every_trait_has_words_for_both_of_its_ends() -> None:
    for name, kind in TRAITS.items():
        assert kind.called.high != kind.called.low, name
        assert (kind.called.above is None) == (kind.called.below is None), name
