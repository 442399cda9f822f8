"""A quote states the claim in at most 25 words of the text."""

from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.prose import best_quote
from mididrumigen.prose.quotes import LONGEST_QUOTE


def test_a_short_sentence_is_quoted_whole() -> None:
    assert best_quote("He plays late.", 9) == "He plays late."


def test_a_long_one_is_cut_around_the_claim_and_after_a_comma() -> None:
    sentence = f"{'so ' * 30}on, he plays ghost notes {'and ' * 40}"
    quote = best_quote(sentence, sentence.index("ghost"))
    assert quote.startswith("he plays ghost notes")
    assert len(quote.split()) == 25


@given(st.text(max_size=600), st.integers(0, 700), st.integers(1, 30))
def test_it_is_of_the_text_with_whole_words_and_no_longer(text: str, at: int, words: int) -> None:
    quote = best_quote(text, at, words)
    assert quote in text
    assert len(quote.split()) <= words
    assert len(quote) <= LONGEST_QUOTE
    assert set(quote.split()) <= set(text.split())


def test_a_word_without_end_is_not_quoted() -> None:
    assert best_quote("a" * 1000, 5) == ""
