"""MIDI files of the user: which are read, which are refused and why."""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from mididrumigen.app.library import Index
from mididrumigen.config import SourceSettings
from mididrumigen.drums import Voice
from mididrumigen.midi import read_midi
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Upload
from mididrumigen.sources.local_midi import LocalMidi, midi_files
from mididrumigen.sources.tools import Tools
from mididrumigen.store import Store
from mididrumigen.workers import Workers
from tests.takes import ROCK, midi_file_of, take_of

NOW = "2026-01-02T03:04:05+00:00"


def song(number: int) -> bytes:
    """A MIDI file of 8 bars; each number has a kick of its own."""
    kick = ["-"] * 16
    for step in range(16):
        if number >> (step % 5) & 1 or step == 0:
            kick[step] = "X"
    return midi_file_of(take_of({**ROCK, Voice.KICK: "".join(kick)}, bars=8), 8)


def put(folder: Path, *names: str) -> list[Path]:
    """Files with different songs below a folder."""
    paths = []
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(song(number))
        paths.append(path)
    return paths


def stretch(path: Path, size: int) -> None:
    """A file of so many bytes that takes no room on the disk."""
    with open(path, "wb") as file:
        file.truncate(size)


async def collect(
    artist: str,
    *paths: Path,
    libraries: tuple[Path, ...] = (),
    aliases: tuple[str, ...] = (),
    uploads: tuple[Upload, ...] = (),
    known: Sequence[Evidence] = (),
    since: str = "",
) -> tuple[list[Evidence], list[tuple[str, str]]]:
    """(evidence, what was refused) of files that are handed over and libraries."""
    progress = Progress()
    inputs = Inputs(paths, uploads, NOW, {e.url: e for e in known}, since)
    with tempfile.TemporaryDirectory() as home:
        store = await Store.open(Path(home, "x.db"))
        async with Workers() as workers:
            tools = Tools(workers, Index(store, workers))
            source = LocalMidi(SourceSettings(folders=tuple(map(str, libraries))), tools)
            who = Artist(artist, aliases=aliases)
            found = [e async for e in source.collect(who, inputs, progress)]
        await store.close()
    return found, progress.refused


def urls(*paths: Path) -> list[str]:
    """Addresses of files."""
    return [path.resolve().as_uri() for path in paths]


async def test_a_file_gives_one_piece_of_evidence_with_its_origin(tmp_path: Path) -> None:
    [path] = put(tmp_path, "my beat #1.mid")
    [found], refused = await collect("Me", path)
    assert refused == []
    assert found.url == path.resolve().as_uri()
    assert (found.source, found.kind, found.licence) == ("local_midi", "midi", "user's own file")
    assert (found.confidence, found.retrieved_at) == (0.6, NOW)
    assert found.value["bar_count"] == 8
    # 8 bars of 8 hats, 4 snares and the one kick of song 0.
    assert found.value["hit_count"] == 8 * (8 + 4 + 1)
    assert found.value["traits"]["tempo_bpm"] == [120.0, 8]
    assert found.value["kit"] == {
        "kick": pytest.approx(1 / 13, abs=1e-5),
        "snare": pytest.approx(4 / 13, abs=1e-5),
        "hat_closed": pytest.approx(8 / 13, abs=1e-5),
    }


async def test_the_same_file_has_the_same_id_and_another_file_another(tmp_path: Path) -> None:
    one, two = put(tmp_path, "1.mid", "2.mid")
    first, _ = await collect("Me", one)
    again, _ = await collect("Me", two, one)
    assert first[0].id == again[0].id
    assert again[0].id != again[1].id


async def test_a_folder_is_read_to_its_bottom_in_a_fixed_order(tmp_path: Path) -> None:
    paths = put(tmp_path, "b.MID", "a/x.midi", "a/deep/er/y.kar", "c.mid")
    (tmp_path / "notes.txt").write_text("no MIDI")
    (tmp_path / "song.mid.bak").write_bytes(song(20))
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(*sorted(paths))
    assert refused == []


async def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _, _, seen = put(tmp_path, "._take.mid", ".trash/old.mid", "take.mid")
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(seen)
    assert refused == []


async def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    [path] = put(tmp_path, "x.mid")
    found, refused = await collect("Me", path, tmp_path, path)
    assert [e.url for e in found] == urls(path)
    assert refused == []


async def test_an_upload_is_named_by_its_contents_and_the_name_the_user_gave_it(
    tmp_path: Path,
) -> None:
    [path] = put(tmp_path, "kept/as this")
    upload = Upload(path, "mein Stück.mid", "0123456789ab")
    [found], refused = await collect("Me", uploads=(upload,))
    assert refused == []
    assert found.url == "upload:0123456789ab/mein%20St%C3%BCck.mid"
    assert found.value["hit_count"] == 104


async def test_a_file_that_breaks_the_rules_is_refused_under_the_name_of_its_upload(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x"
    path.write_text("no MIDI")
    found, refused = await collect("Me", uploads=(Upload(path, "beat.mid", "0" * 12),))
    assert (found, refused) == ([], [("beat.mid", "not a MIDI file")])


async def test_drums_that_are_known_from_another_file_count_once(tmp_path: Path) -> None:
    one, copy, other = put(tmp_path, "1.mid", "copy.mid", "other.mid")
    copy.write_bytes(one.read_bytes())
    known, _ = await collect("Me", one)
    found, refused = await collect("Me", copy, other, known=known)
    assert [e.url for e in found] == urls(other)
    assert refused == [(str(copy.resolve()), "the same drums as 1.mid")]


async def test_a_file_that_is_known_is_read_again(tmp_path: Path) -> None:
    one, other = put(tmp_path, "1.mid", "2.mid")
    known, _ = await collect("Me", one)
    one.write_bytes(other.read_bytes())
    found, refused = await collect("Me", one, known=known)
    assert refused == []
    assert found[0].url == known[0].url
    assert found[0].value["strokes"] != known[0].value["strokes"]


async def test_what_an_interrupted_run_has_found_is_given_again_and_not_read_again(
    tmp_path: Path,
) -> None:
    one, other, twin = put(tmp_path, "1.mid", "2.mid", "3.mid")
    twin.write_bytes(one.read_bytes())
    known, _ = await collect("Me", one)
    one.write_text("whoever reads this refuses it")
    found, refused = await collect("Me", tmp_path, known=known, since=NOW)
    assert found[0] == known[0]
    assert [e.url for e in found] == urls(one, other)
    assert refused == [(str(twin.resolve()), "the same drums as 1.mid")]


async def test_a_copy_counts_once_and_is_named_with_its_twin(tmp_path: Path) -> None:
    one, other = tmp_path / "a.mid", tmp_path / "b.mid"
    one.write_bytes(song(3))
    other.write_bytes(song(3))
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(one)
    assert refused == [(str(other.resolve()), "the same drums as a.mid")]


async def test_every_bad_file_is_named_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = put(tmp_path, "a.mid", "z.mid")
    (tmp_path / "b.mid").write_bytes(b"")
    (tmp_path / "c.mid").write_text("Dear diary")
    (tmp_path / "d.mid").write_bytes(song(7)[:14])
    stretch(tmp_path / "e.mid", 500_000_000)
    few = take_of({Voice.KICK: "X--- ---- ---- ----"}, bars=1)
    (tmp_path / "f.mid").write_bytes(midi_file_of(few, 1))
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(*good)
    reasons = {Path(item).name: reason for item, reason in refused}
    assert list(reasons) == ["b.mid", "c.mid", "d.mid", "e.mid", "f.mid"]
    assert reasons["b.mid"] == "the file is empty"
    assert reasons["c.mid"] == "not a MIDI file"
    assert reasons["d.mid"] == "there is no track in it"
    assert reasons["e.mid"].startswith("500 MB")
    assert reasons["f.mid"] == "no bar of drums to learn from"


async def test_a_file_that_is_cut_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    cut = tmp_path / "cut.mid"
    cut.write_bytes(song(7)[:-40])
    [found], refused = await collect("Me", cut)
    assert refused == []
    whole = read_midi(song(7))
    assert found.value["hit_count"] < len(whole.hits)
    assert found.value["hit_count"] > 0.9 * len(whole.hits)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_a_link_that_leads_nowhere_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    [good] = put(tmp_path, "good.mid")
    os.symlink("gone", tmp_path / "dangling.mid")
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(good)
    assert len(refused) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_a_link_that_leads_to_itself_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    [good] = put(tmp_path, "good.mid")
    os.symlink("loop.mid", tmp_path / "loop.mid")
    found, refused = await collect("Me", tmp_path)
    assert [e.url for e in found] == urls(good)
    assert [Path(item).name for item, _ in refused] == ["loop.mid"]


async def test_a_library_is_matched_by_folder_and_by_file_name(tmp_path: Path) -> None:
    mine = put(
        tmp_path,
        "Beyoncé/Halo.mid",
        "pop/BEYONCE/Formation.mid",
        "beyonce - Crazy in Love.mid",
        "pop/Beyoncé - Déjà Vu.midi",
        "Beyoncé-Halo.mid",  # a weak sign by itself; with three others of hers it counts
    )
    put(
        tmp_path,
        *("9.mid", "8.mid", "7.mid", "6.mid", "5.mid"),  # the same songs under no name
        "Jay-Z/Beyoncé.mid",
        "Beyoncé.mid",
        "Beyoncé Tribute - Halo.mid",
        "Jay-Z - Beyoncé - Bonnie.mid",
    )
    found, refused = await collect("beyoncé", libraries=(tmp_path,))
    assert [e.url for e in found] == urls(*sorted(mine))
    assert refused == []


async def test_a_library_is_matched_by_an_alias_too(tmp_path: Path) -> None:
    [path] = put(tmp_path, "Bonzo/Moby Dick.mid")
    found, _ = await collect("John Bonham", libraries=(tmp_path,), aliases=("Bonzo",))
    assert [e.url for e in found] == urls(path)
    assert (await collect("John Bonham", libraries=(tmp_path,)))[0] == []


async def test_two_libraries_and_what_is_handed_over_come_together(tmp_path: Path) -> None:
    [one] = put(tmp_path / "1", "Me/a.mid")
    _, two = put(tmp_path / "2", "You/x.mid", "Me - b.mid")
    _, _, hand = put(tmp_path / "3", "no.mid", "no2.mid", "anything.mid")
    gone = tmp_path / "not there"
    found, refused = await collect("Me", hand, libraries=(tmp_path / "1", gone, tmp_path / "2"))
    assert [e.url for e in found] == urls(one, two, hand)
    assert refused == [(str(gone), "the folder of the library is not there")]


def test_a_file_given_by_name_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "take.bin"
    path.write_bytes(song(1))
    assert list(midi_files(path)) == [path]
    assert list(midi_files(tmp_path)) == []


async def test_a_take_that_was_played_without_a_click_counts_as_much_as_its_bars_are_sure(
    tmp_path: Path,
) -> None:
    rows = {**ROCK, Voice.CRASH: "X--- ---- ---- ---- " + "---- ---- ---- ---- " * 3}
    take = take_of(ROCK, bars=32, late_ms=lambda step, voice, rng: rng.gauss(0, 4))
    # Stored as if it were played at 120: what is a beat there is none of the take.
    hits = tuple(replace(hit, tick=round(hit.tick * 1.37)) for hit in take.hits)
    (tmp_path / "free.mid").write_bytes(midi_file_of(replace(take, hits=hits), 44))
    (tmp_path / "click.mid").write_bytes(midi_file_of(take_of(rows, bars=32, seed=2), 32))
    found, refused = await collect("Me", tmp_path)
    assert refused == []
    click, free = (e.value for e in found)
    assert any("without a click" in note for note in free["notes"])
    assert 0 < free["bars_confidence"] < 1
    assert free["weight"] == pytest.approx(free["bars_confidence"], abs=0.001)
    assert free["traits"]["tempo_bpm"][0] == pytest.approx(120 / 1.37, rel=0.02)
    assert not any("click" in note for note in click["notes"])
