"""The word tables: every line says something that exists."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove.poles import POLES, denied, worth
from mididrumigen.groove.traits import TRAITS, trait_kind
from mididrumigen.prose.spots import WORDS
from mididrumigen.prose.table import Word, said
from mididrumigen.prose.tokens import Book, parse_phrases


@pytest.mark.parametrize("line", WORDS, ids=lambda line: line.phrases[:30])
def test_a_line_says_a_trait_a_voice_or_a_groove(line: Word) -> None:
    for claim in said(line.says):
        base, _, part = claim.trait.partition(".")
        if base == "kit":
            assert part in (*Voice, "brushes", "mallets")
        elif base != "groove":
            kind = trait_kind(claim.trait)
            assert claim.worth is not None
            assert kind.low <= claim.worth.low <= claim.worth.value <= claim.worth.high <= kind.high


def test_poles_are_in_order_and_apart() -> None:
    for trait, poles in POLES.items():
        assert trait.partition(".")[0] in TRAITS
        for pole in poles.values():
            assert pole.low <= pole.value <= pole.high
        if "low" in poles and "high" in poles:
            assert poles["low"].high <= poles["high"].low
        if "middle" in poles:
            assert poles["low"].value < poles["middle"].value < poles["high"].value


def test_what_is_denied_is_the_other_pole_but_never_early_for_not_late() -> None:
    assert denied("ghost_share", "high") == worth("ghost_share", "low")
    assert denied("push_ms.snare", "high") == worth("push_ms", "middle")


def test_no_word_is_written_so_that_it_is_never_met() -> None:
    """Words are lower case and without hyphens, as sentences are read; beginnings have three
    letters.
    """
    for line in WORDS:
        for written in (line.phrases, line.near, line.unless, line.before_not, line.after_not):
            for phrase in parse_phrases(written) if written else ():
                for part in (p for p in phrase if p):
                    assert all(word == word.lower() and "-" not in word for word in part[0])
                    assert "" not in part[0], written
                    assert all(len(beginning) >= 3 for beginning in part[1])


def test_every_book_can_be_made() -> None:
    for line in WORDS:
        for written in (line.phrases, line.near, line.unless, line.before_not, line.after_not):
            assert not written or Book([written])
