"""Any text becomes clean paragraphs and sentences."""

from mididrumigen.prose.text import LONGEST_SENTENCE, LONGEST_TEXT, clean, paragraphs, sentences


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert clean("gh\u200bost\u00ad n\u202eotes\x00\ufeff") == "ghost notes"


def test_spaces_and_marks_of_references_are_one_space_or_none() -> None:
    assert clean("He  swings.[12][a]\u00a0Always.[citation needed]") == "He swings. Always."


def test_a_wrapped_line_goes_on_and_a_short_one_ends() -> None:
    wrapped = "He played with a very light touch on the hi-hat and with so much\nswing."
    assert clean(wrapped) == wrapped.replace("\n", " ")
    assert clean("Ghost Notes\nAfrica") == "Ghost Notes\nAfrica"


def test_headings_divide_and_lower_ones_stand_under_higher_ones() -> None:
    text = "one\n== Style ==\ntwo\n=== Drums ===\nthree\n== Legacy ==\nfour"
    found = [(p.section, p.text) for p in paragraphs(text, has_sections=True)]
    assert found == [("", "one"), ("style", "two"), ("style / drums", "three"), ("legacy", "four")]
    assert "== Style ==" in [p.text for p in paragraphs(text, has_sections=False)]


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = 'Mr. Watts met J. R. Robinson (ca. 1980). "It swings." He left at 92.5 BPM! So?'
    assert list(sentences(text)) == [
        "Mr. Watts met J. R. Robinson (ca. 1980).",
        '"It swings."',
        "He left at 92.5 BPM!",
        "So?",
    ]


def test_no_sentence_and_no_text_is_endless() -> None:
    assert max(map(len, sentences("a " * 5000))) <= LONGEST_SENTENCE
    assert len(clean("a " * LONGEST_TEXT)) <= LONGEST_TEXT
