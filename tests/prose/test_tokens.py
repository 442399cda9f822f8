"""Words of a sentence, and phrases among them."""

import pytest

from mididrumigen.prose.tokens import Book, tokens_of


def words(sentence: str) -> list[str]:
    return [token.word for token in tokens_of(sentence)]


def test_hyphens_divide_and_apostrophes_do_not() -> None:
    assert words("laid-back hi-hats don't rush") == ["laid", "back", "hi", "hats", "don't", "rush"]


def test_numbers_metres_and_units_are_apart() -> None:
    assert words("92.5bpm, 7/8, 16ths, 120-bpm") == ["92.5", "bpm", "7/8", "16ths", "120", "bpm"]


@pytest.mark.parametrize("owner", ["Bonham's", "Bonham\u2019s", "Watts' ", "Watts\u2019 "])
def test_a_possessive_is_a_name_that_owns(owner: str) -> None:
    [token, _] = tokens_of(f"{owner.strip()} snare")
    assert token.owns
    assert token.word in ("bonham", "watts")


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("ghost note|notes", "soft ghost notes"),
        ("syncopat*", "a syncopated beat"),
        ("behind the? beat", "behind beat"),
        ("behind .. beat", "behind the singer's own beat"),
        ("no such / laid back", "so laid-back"),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase: str, said: str) -> None:
    assert Book([phrase]).has(tokens_of(said))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("ghost note|notes", "a ghost. Notes were taken"),
        ("behind .. beat", "behind one two three four beat"),
        ("behind the beat", "behind the"),
    ],
)
def test_a_phrase_ends_with_its_sentence_and_its_gap(phrase: str, said: str) -> None:
    assert not Book([phrase]).has(tokens_of(said))


def test_a_phrase_that_begins_with_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        Book([".. beat"])
