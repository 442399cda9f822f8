"""Names: what two spellings share, and what a file may be called."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.errors import InputError
from mididrumigen.models.names import clean_name, file_name, normalise_name


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  John \t Bonham\n", "John Bonham"),
        ("\u202eBonham\u202c", "Bonham"),  # direction marks do not show
        ("John\u200dBonham", "JohnBonham"),  # nor do joiners
        ("Bjo\u0308rk", "Bj\u00f6rk"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("!!!", "!!!"),
        ("\U0001f941", "\U0001f941"),
        ("\u05d9\u05e2\u05dc", "\u05d9\u05e2\u05dc"),
    ],
)
def test_a_typed_name_is_tidied_but_stays_what_it_says(typed: str, clean: str) -> None:
    assert clean_name(typed) == clean


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b\u202e", "\x00", "\ud800"])
def test_a_name_that_shows_nothing_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="name is empty"):
        clean_name(typed)


def test_a_name_may_have_200_characters_and_not_one_more() -> None:
    assert clean_name("x" * 200) == "x" * 200
    with pytest.raises(InputError, match="longer than 200 characters"):
        clean_name("x" * 201)
    with pytest.raises(InputError, match="longer than 200 characters"):
        clean_name("ab " * 3333)


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("The Beatles", "beatles"),
        ("AC/DC", "ac dc"),
        ("Sigur R\u00f3s", "sigur ros"),
        ("Bj\u00f6rk", "bjork"),
        ("M\u00f6tley Cr\u00fce", "motley crue"),
        ("R\u00f8yksopp", "royksopp"),
        ("\u00d8", "o"),
        ("\u0141ona", "lona"),
        ("\u00c6on", "aeon"),
        ("Stra\u00dfe", "strasse"),
        ("P!nk", "p nk"),
        ("Blink-182", "blink 182"),
        ("  Earth,   Wind & Fire ", "earth wind fire"),
        ("The", "the"),
        ("Thelonious Monk", "thelonious monk"),
        ("!!!", "!!!"),
        ("???", "???"),
        ("Bob Marley and the Wailers", "bob marley the wailers"),
        ("Bob Marley & the Wailers", "bob marley the wailers"),
        ("And", "and"),
    ],
)
def test_a_name_is_normalised(name: str, shared: str) -> None:
    assert normalise_name(name) == shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u30c9\u30e9\u30e0", "\u30c8\u30e9\u30e0"),  # do-ra-mu, to-ra-mu
        ("\u0930\u093e\u092e", "\u0930\u092e"),  # Rama, Rama with a short a
        ("\u0e01\u0e34\u0e19", "\u0e01\u0e19"),
    ],
)
def test_signs_that_are_letters_tell_names_apart(one: str, other: str) -> None:
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize(
    "name", ["\u30c9\u30e9\u30e0", "Bj\u00f6rk", "\u0399\u03ac\u03bd\u03bd\u03b7\u03c2"]
)
def test_composed_and_decomposed_letters_are_one_name(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != unicodedata.normalize("NFC", name)
    assert normalise_name(decomposed) == normalise_name(name)


_WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8), min_size=1, max_size=4
).filter(lambda words: words[0] != "the" and "and" not in words)


@settings(max_examples=80, deadline=None)
@given(_WORDS, st.sampled_from((" ", "  ", "-", " & ", "/", ". ", "\u00a0")), st.booleans())
def test_case_punctuation_and_a_leading_the_never_tell_names_apart(
    words: list[str], between: str, the: bool
) -> None:
    spelled = between.join(words).title()
    assert normalise_name(f"The {spelled}!" if the else spelled) == " ".join(words)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("John Bonham", "John Bonham"),
        ("AC/DC", "AC-DC"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ('a<b>c:d"e|f?g*h\\i', "a-b-c-d-e-f-g-h-i"),
        (".hidden", "hidden"),
        ("ends with dots... ", "ends with dots"),
        ("CON", "Artist CON"),
        ("lpt1.mid", "Artist lpt1.mid"),
        ("Conan", "Conan"),
        ("...", "Artist"),
        ("Sigur R\u00f3s", "Sigur R\u00f3s"),
    ],
)
def test_a_file_name_is_as_near_to_the_name_as_it_can_be(name: str, safe: str) -> None:
    assert file_name(name) == safe


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=250))
def test_every_name_makes_a_file_name_that_every_system_takes(name: str) -> None:
    safe = file_name(name)
    assert safe
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) == "Cc" for c in safe)
    assert safe[0] not in ". "
    assert safe[-1] not in ". "
    assert len(f"{safe} - Variation 8.mid".encode()) <= 255
    assert safe.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


def test_a_long_name_is_cut_between_characters_not_within_one() -> None:
    drums = "\U0001f941" * 60  # four bytes each
    assert file_name(drums) == "\U0001f941" * 15
