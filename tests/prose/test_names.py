"""Who is named, and which song."""

from mididrumigen.prose import Names
from mididrumigen.prose.mentions import Sentence, read_sentence
from mididrumigen.prose.roll import Roll

TOTO = Names("Toto", drummers=("Jeff Porcaro",), songs=("Rosanna", "Hold the Line", "Africa"))


def read(text: str, names: Names = TOTO) -> Sentence:
    return read_sentence(text, Roll(names))


def named(text: str, names: Names = TOTO) -> list[tuple[str, str | None]]:
    return [(m.name, m.who) for m in read(text, names).mentions if not m.is_pronoun]


def test_full_names_surnames_and_the_band_are_known() -> None:
    text = "In Toto, Porcaro took over from Jeff Porcaro."
    assert named(text) == [("Toto", ""), ("Porcaro", "Jeff Porcaro"), ("Jeff Porcaro",) * 2]


def test_others_are_nobody_asked_for() -> None:
    assert named("In 1978 he met Bernard Purdie and Gadd.") == [
        ("Bernard Purdie", None),
        ("Gadd", None),
    ]


def test_a_brother_is_somebody_else() -> None:
    assert named("His brother Mike Porcaro played bass.") == [("Mike Porcaro", None)]


def test_titles_of_people_and_nicknames_are_part_of_a_name() -> None:
    assert named("We met Mr. Porcaro.") == [("Mr. Porcaro", "Jeff Porcaro")]
    names = Names("Jabo Starks")
    assert named('John "Jabo" Starks drums.', names) == [('Jabo" Starks', "")]


def test_a_word_that_is_a_name_too_is_one_only_as_a_name() -> None:
    yes = Names("Yes", drummers=("Bill Bruford",))
    assert named("Yes, he said.", yes) == []
    assert named("In 1970 Yes toured.", yes) == [("Yes", "")]
    assert named("the tool was in the yes box", yes) == []


def test_what_only_begins_a_sentence_is_no_name() -> None:
    assert named("Sticks broke. Recording ended.") == []
    assert named("Gadd's snare cracked. Moeller used one stick.") == [
        ("Gadd", None),
        ("Moeller", None),
    ]


def test_songs_are_found_in_any_quotation_marks_and_long_ones_without() -> None:
    for text in ('"Rosanna" is', "\u201cRosanna\u201d is", "\u2018Rosanna\u2019 is"):
        assert [t.title for t in read(text).titles] == ["Rosanna"]
    assert [t.title for t in read("They open with Hold the Line.").titles] == ["Hold the Line"]
    assert read("They toured Africa and told people to hold the line.").titles == []


def test_a_song_that_is_not_known_is_one_by_its_capitals_and_speech_is_none() -> None:
    sentence = read('In "Manuela Run" he said "we never hold the line" twice.')
    assert [t.title for t in sentence.titles] == ["Manuela Run"]
    assert len(sentence.speech) == 1
