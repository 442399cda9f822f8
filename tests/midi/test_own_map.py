"""A user's own map: read from a small file, every mistake named by its line."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.midi import MAPS, DrumMap
from mididrumigen.midi.own_map import MAX_MAP_BYTES, map_name, map_text, parse_map, read_map


def parsed(text: str) -> DrumMap:
    return parse_map(text, "kit", "kit.toml")


def test_what_is_named_is_the_kit_and_the_rest_is_stood_in_for() -> None:
    drum_map = parsed("# mine\nkick = 24\ncrash = 55\n")
    assert (drum_map.name, drum_map.title) == ("kit", "kit")
    assert drum_map.notes == {Voice.KICK: 24, Voice.CRASH: 55}
    assert drum_map.plays(Voice.SPLASH) is Voice.CRASH
    assert drum_map.plays(Voice.SNARE) is None


def test_a_base_gives_what_is_not_named() -> None:
    drum_map = parsed('title = "My \\"AD2\\""\nbase = "addictive2"\nchina = 81\ncrash = 79\n')
    assert drum_map.title == 'My "AD2"'
    assert (drum_map.notes[Voice.CHINA], drum_map.notes[Voice.CRASH]) == (81, 79)
    assert drum_map.notes[Voice.HAT_CLOSED] == 49


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kick = 36\nsnar = 38\n", "kit.toml, line 2: there is no voice 'snar'; is it snare?"),
        ("kick = 36\n\n  xyz=1\n", "kit.toml, line 3: there is no voice 'xyz'; `mididrumigen maps"),
        ("kick = 128\n", "kit.toml, line 1: kick must be a note from 0 to 127"),
        ("snare = 1\nkick = -1\n", "kit.toml, line 2: kick must be"),
        ('hat_open = 46\nhat = 3\nkick = "C1"\n', "kit.toml, line 2: there is no voice 'hat'"),
        ('kick = "C1"\n', "kit.toml, line 1: kick must be"),
        ("kick = true\n", "kit.toml, line 1: kick must be"),
        ("kick = 36.0\n", "kit.toml, line 1: kick must be"),
        ("kick = 36\nkick = 37\n", "kit.toml, line 2: Cannot overwrite a value"),
        ("kick 36\n", "kit.toml, line 1: Expected '=' after a key"),
        ("snare = 38\nkick =", "kit.toml, line 2: Invalid value"),
        ("[drums]\nkick = 36\n", "kit.toml, line 1: there is no voice 'drums'"),
        ('kick = 36\nbase = "mine"\n', "kit.toml, line 2: base must be one of gm, ableton,"),
        ("base = 3\nkick = 36\n", "kit.toml, line 1: base must be"),
        ('title = ""\nkick = 36\n', "kit.toml, line 1: title must be"),
        ('kick = 36\ntitle = "a\\nb"\n', "kit.toml, line 2: title must be"),
        ("", "kit.toml names no voice; each line is"),
        ('title = "x"\n', "kit.toml names no voice"),
        ("a = " + "[" * 5000, "kit.toml, line 1: "),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        parsed(text)
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


@settings(deadline=None)
@given(
    notes=st.dictionaries(st.sampled_from(Voice), st.integers(0, 127), min_size=1),
    title=st.text(min_size=1, max_size=60).filter(str.isprintable),
)
def test_a_map_that_is_printed_is_the_same_map_when_it_is_read(
    notes: dict[Voice, int], title: str
) -> None:
    drum_map = DrumMap("kit", title, notes)
    assert parsed(map_text(drum_map)) == drum_map


@pytest.mark.parametrize("drum_map", MAPS, ids=lambda m: m.name)
def test_the_maps_of_products_are_files_to_begin_with(drum_map: DrumMap) -> None:
    text = map_text(drum_map)
    assert parse_map(text, drum_map.name, "x.toml") == drum_map
    assert text.isascii()
    assert text.endswith("\n")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None)
def test_whatever_is_in_a_file_is_a_map_or_an_input_error(data: bytes) -> None:
    try:
        drum_map = parsed(data.decode("utf-8", "replace"))
    except InputError:
        return
    assert drum_map.notes


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_come_from_any_editor_and_shell(code: str, tmp_path: Path) -> None:
    path = tmp_path / "Mein Kit (neu).toml"
    path.write_bytes('title = "Pauken"\r\nkick = 36\r\n'.encode(code))
    drum_map = read_map(path)
    assert (drum_map.name, drum_map.title) == ("Mein-Kit-neu", "Pauken")
    assert drum_map.notes == {Voice.KICK: 36}


@pytest.mark.parametrize(
    ("name", "called"), [("kit.toml", "kit"), ("\u05d9.toml", "own"), ("a" * 90, "a" * 40)]
)
def test_a_map_is_called_as_its_file(name: str, called: str) -> None:
    assert map_name(Path(name)) == called


def test_what_is_no_small_text_is_refused_with_its_path(tmp_path: Path) -> None:
    big, wild, folder = tmp_path / "big.toml", tmp_path / "wild.toml", tmp_path / "folder.toml"
    big.write_text("#" * MAX_MAP_BYTES + "\nkick = 36\n")
    wild.write_bytes(b"kick = \xff\xfe36")
    folder.mkdir()
    for path, said in (
        (big, "is over 20 kB"),
        (wild, "is no text in UTF-8"),
        (folder, "is no file"),
        (tmp_path / "none.toml", "cannot be read"),
        (tmp_path / "nul\0.toml", "cannot be read"),
    ):
        with pytest.raises(InputError, match=said) as raised:
            read_map(path)
        assert path.name in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe needs a system that has them")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InputError, match="is no file"):
        read_map(tmp_path / "pipe.toml")
