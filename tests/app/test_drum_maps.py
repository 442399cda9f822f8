"""A map is found by its name or its file, and what a kit plays otherwise is said."""

from pathlib import Path

import pytest

from mididrumigen.app import App, GenerateAsk
from mididrumigen.app.ask import ClipAsk, LockAsk, ask_from_json, ask_to_json
from mididrumigen.app.drum_maps import all_maps, find_map, map_notices, own_files
from mididrumigen.app.takes import take_file
from mididrumigen.config import Config, GenerationSettings, find_paths
from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.midi import MAPS, DrumMap, read_midi
from mididrumigen.models import COMMON_TIME, Hit, Pattern


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two maps of one's own, one that is none, and one that takes a product's
    name.
    """
    made = tmp_path / "maps"
    made.mkdir()
    (made / "my kit.toml").write_text('title = "Mine"\nkick = 24\nsnare = 26\nhat_closed = 30\n')
    (made / "old.toml").write_text('base = "gm"\nkick = 35\n')
    (made / "wrong.toml").write_text("kick = 36\nbang = 3\n")
    (made / "gm.toml").write_text("kick = 1\n")
    (made / "notes.txt").write_text("kick = 2\n")
    return made


def test_a_name_is_a_product_or_a_file_of_the_folder(folder: Path) -> None:
    assert find_map("gm", folder).notes[Voice.KICK] == 36
    assert find_map("my-kit", folder).title == "Mine"
    assert find_map("old", folder).notes[Voice.KICK] == 35
    assert list(own_files(folder)) == ["my-kit", "old", "wrong"]


def test_every_map_is_listed_and_what_is_none_is_named(folder: Path) -> None:
    found, wrong = all_maps(folder)
    assert [m.name for m in found] == [*(m.name for m in MAPS), "my-kit", "old"]
    assert [w.partition(":")[0] for w in wrong] == ["wrong.toml, line 2"]
    assert all_maps(folder / "not there") == (list(MAPS), [])


def test_a_path_is_a_file_wherever_it_is(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (str(folder / "my kit.toml"), (folder / "my kit.toml").as_posix()):
        assert find_map(path, tmp_path / "none").title == "Mine"
    monkeypatch.chdir(folder)
    assert find_map("gm.toml", tmp_path / "none").notes == {Voice.KICK: 1}


@pytest.mark.parametrize(
    "asked", ["nope", "", "notes.txt", "wrong", "~nobody-of-this-name/x", "a\nb"]
)
def test_what_is_no_map_is_one_sentence(asked: str, folder: Path) -> None:
    with pytest.raises(InputError) as raised:
        find_map(asked, folder)
    assert "\n" not in str(raised.value)
    if asked == "nope":
        assert "there are gm, ableton" in raised.value.hint
        assert "my-kit" in raised.value.hint
        assert str(folder) in raised.value.hint


def struck(*voices: Voice) -> list[Pattern]:
    """Patterns that strike each of these voices."""
    hits = tuple(Hit(0, voice, 90) for voice in voices)
    return [Pattern(hits, 1, COMMON_TIME, 120.0, 1, 1, "Me")]


def test_what_a_kit_plays_otherwise_is_said_in_one_sentence() -> None:
    by_name = {m.name: m for m in MAPS}
    everything = struck(*Voice)
    assert map_notices(by_name["gm"], everything) == ()
    assert map_notices(by_name["roland"], struck(Voice.KICK, Voice.TOM_HIGH)) == ()
    assert map_notices(
        by_name["roland"], struck(Voice.SPLASH, Voice.CHINA, Voice.TOM_HIGH, Voice.TOM_HIGH_MID)
    ) == ("Roland TD plays china as crash, splash as crash; has one for high tom and high-mid tom",)
    assert map_notices(by_name["addictive2"], struck(Voice.WHISTLE_LONG, Voice.VIBRASLAP)) == (
        "Addictive Drums 2 has nothing for vibraslap, long whistle, left out",
    )
    for drum_map in MAPS[2:]:
        [said] = map_notices(drum_map, everything)
        # Nothing is lost in silence: every voice without a note of its own is named.
        for voice in Voice:
            if voice not in drum_map.notes:
                assert voice.replace("_", " ").split()[0] in said.replace("-", " ").replace(
                    "cross stick", "sidestick"
                ), voice


async def test_files_clips_and_the_history_are_on_the_map_and_stay_on_it(
    home: Path, tmp_path: Path
) -> None:
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    paths.maps.mkdir(parents=True)
    own = paths.maps / "mine.toml"
    own.write_text('base = "addictive2"\nkick = 24\n')
    config = Config(generation=GenerationSettings(map="mine"))
    async with App.open(config, paths) as app:
        for ask in (
            GenerateAsk(seed=3, variations=2),  # the settings'
            GenerateAsk(seed=3, variations=2, drum_map=str(own), tracks="per-voice"),
            GenerateAsk(seed=3, variations=2, drum_map="ableton16", tracks="per-voice"),
        ):
            result = await app.generate("John Bonham", ask, tmp_path / "out")
            assert result.generation_id is not None
            plain = result.to_json()
            name = ask.drum_map if ask.drum_map == "ableton16" else "mine"
            assert (plain["map"], plain["tracks"]) == (name, ask.tracks)
            assert plain["voices"]["36" if name == "ableton16" else "24"] == "kick"
            generation = await app.generation(result.generation_id)
            own.write_text("kick = 99\n")  # what becomes of the file is no matter
            for number, file in enumerate(result.files, 1):
                assert take_file(generation, number) == file.read_bytes()
                played = {hit.voice for hit in read_midi(file.read_bytes()).hits}
                voices = {plain["voices"][str(n[0])] for n in plain["clips"][number - 1]["notes"]}
                assert played == voices
                assert {Voice.KICK, Voice.SNARE} <= played
            own.write_text('base = "addictive2"\nkick = 24\n')
        with pytest.raises(InputError, match="there is no drum map 'nope'"):
            await app.generate("John Bonham", GenerateAsk(drum_map="nope"), None)


def test_a_task_keeps_the_map_that_was_asked_for() -> None:
    ask = GenerateAsk(drum_map="logic", tracks="per-voice")
    assert ask_from_json(ask_to_json(ask)) == ask
    old = {k: v for k, v in ask_to_json(ask).items() if k not in ("drum_map", "tracks")}
    assert ask_from_json(old) == GenerateAsk()  # of before there was a choice


def test_a_product_and_a_file_of_its_name_are_never_confused(folder: Path) -> None:
    assert find_map("gm", folder) is MAPS[0]
    assert isinstance(find_map(str(folder / "gm.toml"), folder), DrumMap)
    assert find_map(str(folder / "gm.toml"), folder).notes == {Voice.KICK: 1}


async def test_what_is_locked_of_a_take_is_read_on_the_map_it_was_written_on(
    home: Path, tmp_path: Path
) -> None:
    async with App.open(Config(), find_paths({"MIDIDRUMIGEN_HOME": str(home)})) as app:
        ask = GenerateAsk(seed=3, variations=1, drum_map="addictive2")
        first = await app.generate("John Bonham", ask, tmp_path / "out")
        assert first.generation_id is not None
        lock = LockAsk.parse(["kick", "hats"], [], f"{first.generation_id}/1")
        again = GenerateAsk(seed=9, variations=1, drum_map="roland", lock=lock)
        second = await app.generate("John Bonham", again, None)
    kept = {Voice.KICK, Voice.HAT_CLOSED, Voice.HAT_OPEN}
    stay = [
        [hit for hit in result.patterns[0].hits if hit.voice in kept] for result in (first, second)
    ]
    assert len(stay[0]) > 20
    assert stay[1] == stay[0]
    assert second.to_json()["map"] == "roland"


async def test_a_file_of_any_map_is_a_clip_to_play_on(home: Path, tmp_path: Path) -> None:
    async with App.open(Config(), find_paths({"MIDIDRUMIGEN_HOME": str(home)})) as app:
        ask = GenerateAsk(seed=3, variations=1, drum_map="addictive2", tracks="per-voice")
        [file] = (await app.generate("John Bonham", ask, tmp_path / "out")).files
        clip = await app.read_clip(file)
        wanted = [hit.voice for hit in read_midi(file.read_bytes()).hits]
        assert [hit.voice for hit in clip.hits] == wanted
        played = await app.generate(
            "Questlove", GenerateAsk(seed=1, clip=ClipAsk(clip, "play-as")), None
        )
    assert {hit.voice for hit in played.patterns[0].hits} == set(wanted)
