"""Files: the whole set or none, in a folder of their own."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mididrumigen.app.output import STAGING, staging_of, sweep, write_files
from mididrumigen.drums import Voice
from mididrumigen.errors import OutputError
from mididrumigen.midi import midi_bytes
from mididrumigen.models import COMMON_TIME, Hit, Pattern


def pattern(variation: int, *, hits: int = 4, artist: str = "Me", seed: int = 7) -> Pattern:
    """A pattern of one bar with so many kicks."""
    strokes = tuple(Hit(i * 1900 // hits, Voice.KICK, 100) for i in range(hits))
    return Pattern(strokes, 1, COMMON_TIME, 120.0, seed, variation, artist)


def below(folder: Path) -> set[str]:
    """Every file and folder below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_each_pattern_is_a_file_in_a_folder_named_after_artist_and_seed(tmp_path: Path) -> None:
    patterns = [pattern(1), pattern(2, hits=8)]
    files = write_files(patterns, tmp_path / "not" / "there")
    folder = tmp_path / "not" / "there" / "Me - seed 7"
    assert files == (folder / "Me - Variation 1.mid", folder / "Me - Variation 2.mid")
    assert [file.read_bytes() for file in files] == [midi_bytes(p) for p in patterns]
    assert len(below(tmp_path / "not" / "there")) == 3


def test_the_very_same_files_are_used_again(tmp_path: Path) -> None:
    first = write_files([pattern(1)], tmp_path)
    written = first[0].stat().st_mtime_ns
    assert write_files([pattern(1)], tmp_path) == first
    assert first[0].stat().st_mtime_ns == written
    assert below(tmp_path) == {"Me - seed 7", "Me - seed 7/Me - Variation 1.mid"}


def test_another_set_gets_a_number_and_the_first_one_stays(tmp_path: Path) -> None:
    [one] = write_files([pattern(1, hits=4)], tmp_path)
    [two] = write_files([pattern(1, hits=5)], tmp_path)
    [three] = write_files([pattern(1, hits=6)], tmp_path)
    assert [path.parent.name for path in (one, two, three)] == [
        "Me - seed 7",
        "Me - seed 7 (2)",
        "Me - seed 7 (3)",
    ]
    assert [p.read_bytes() for p in (one, two, three)] == [
        midi_bytes(pattern(1, hits=hits)) for hits in (4, 5, 6)
    ]
    assert write_files([pattern(1, hits=5)], tmp_path) == (two,)


def test_a_folder_that_lacks_a_file_is_not_the_same_set(tmp_path: Path) -> None:
    [alone] = write_files([pattern(1)], tmp_path)
    both = write_files([pattern(1), pattern(2)], tmp_path)
    assert {path.parent.name for path in both} == {"Me - seed 7 (2)"}
    assert [path.name for path in alone.parent.iterdir()] == [alone.name]


def test_what_a_desktop_puts_beside_the_files_does_not_make_another_set(tmp_path: Path) -> None:
    [path] = write_files([pattern(1)], tmp_path)
    (path.parent / ".DS_Store").write_bytes(b"Finder")
    assert write_files([pattern(1)], tmp_path) == (path,)


def test_files_that_the_user_put_there_are_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "Me - seed 7"
    theirs.mkdir()
    (theirs / "Me - Variation 1.mid").write_text("my edit")
    [path] = write_files([pattern(1)], tmp_path)
    assert path.parent.name == "Me - seed 7 (2)"
    assert (theirs / "Me - Variation 1.mid").read_text() == "my edit"


def test_a_file_with_the_name_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Me - seed 7").write_text("a note")
    [path] = write_files([pattern(1)], tmp_path)
    assert path.parent.name == "Me - seed 7 (2)"
    assert (tmp_path / "Me - seed 7").read_text() == "a note"


def test_a_name_that_is_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    [path] = write_files([pattern(1, artist="../../etc/passwd")], out)
    assert path.parent.parent == out
    assert below(tmp_path) == {"out", *(f"out/{name}" for name in below(out))}
    assert len(below(out)) == 2


def test_a_file_in_place_of_the_output_folder_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="--out"):
        write_files([pattern(1)], tmp_path / "out")
    with pytest.raises(OutputError, match="--out"):
        write_files([pattern(1)], tmp_path / "out" / "below")
    assert (tmp_path / "out").read_text() == "a file"


def test_a_disk_that_fills_up_at_the_second_file_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    patterns = [pattern(1, hits=2), pattern(2, hits=60)]
    sizes = [len(midi_bytes(p)) for p in patterns]
    limit = (sizes[0] + sizes[1]) // 2
    assert sizes[0] < limit < sizes[1]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(OutputError):
            write_files(patterns, tmp_path)
        with pytest.raises(OutputError):
            write_files(patterns, tmp_path / "new" / "folder")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert below(tmp_path) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean nothing there")
def test_others_may_read_the_folder_as_far_as_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        [path] = write_files([pattern(1)], tmp_path)
        assert path.parent.stat().st_mode & 0o777 == 0o750
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


MINE = staging_of(Path("/my home"))
"""How the hidden folders of a daemon begin."""


def staged(folder: Path, name: str, age_s: float) -> Path:
    """A hidden folder with a file in it, of an age."""
    hidden = folder / name
    hidden.mkdir(parents=True)
    (hidden / "x.mid").write_bytes(b"MThd")
    then = time.time() - age_s
    os.utime(hidden, (then, then))
    return hidden


def test_what_a_killed_command_left_is_removed_by_the_next_one_and_nothing_else(
    tmp_path: Path,
) -> None:
    left = staged(tmp_path, f"{STAGING}0123", 3600)
    at_work = staged(tmp_path, f"{STAGING}4567", 5)
    theirs = staged(tmp_path, ".cache", 3600)
    old = staged(tmp_path, "Me - seed 3", 3600)
    write_files([pattern(1)], tmp_path)
    assert not left.exists()
    assert [path.exists() for path in (at_work, theirs, old)] == [True, True, True]


def test_a_sweep_takes_only_what_bears_the_sign_and_has_the_age(tmp_path: Path) -> None:
    mine = staged(tmp_path, f"{MINE}0123", 0)
    command = staged(tmp_path, f"{STAGING}4567", 3600)
    sweep(tmp_path, MINE, 60)
    assert mine.exists()
    sweep(tmp_path, MINE, 0)
    assert not mine.exists()
    assert command.exists()


def test_a_sweep_of_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    sweep(tmp_path / "not there", MINE, 0)
    (tmp_path / "file").write_text("a file")
    sweep(tmp_path / "file", MINE, 0)
    assert below(tmp_path) == {"file"}


@pytest.mark.parametrize("staging", [MINE, STAGING])
def test_until_the_set_is_whole_it_is_in_a_hidden_folder_with_the_sign_of_its_writer(
    tmp_path: Path, staging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []
    rename = os.rename

    def look(source: Path, target: Path) -> None:
        seen.append(below(tmp_path))
        rename(source, target)

    monkeypatch.setattr(os, "rename", look)
    write_files([pattern(1), pattern(2)], tmp_path, staging=staging)
    [before] = seen
    [hidden] = [name for name in before if "/" not in name]
    assert hidden.startswith(staging)
    assert len(before) == 3
    assert len(hidden.removeprefix(staging)) == 12
    assert below(tmp_path) == {
        "Me - seed 7",
        "Me - seed 7/Me - Variation 1.mid",
        "Me - seed 7/Me - Variation 2.mid",
    }


def test_each_home_has_a_sign_of_its_own_and_it_is_always_the_same() -> None:
    signs = [staging_of(Path(home)) for home in ("/a", "/b", "/a")]
    assert signs[0] == signs[2] != signs[1]
    assert all(sign.startswith(STAGING) and len(sign) > len(STAGING) for sign in signs)


def test_writers_at_once_of_one_set_all_get_the_same_files(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: write_files([pattern(1), pattern(2)], tmp_path), range(16)))
    for files in made:
        assert [file.read_bytes() for file in files] == [midi_bytes(pattern(n)) for n in (1, 2)]
    assert not [name for name in below(tmp_path) if name.startswith(".")]
