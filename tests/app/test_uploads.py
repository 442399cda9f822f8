"""Files that are handed over: whole or not at all, under no name but a harmless one."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mididrumigen.app import uploads as module
from mididrumigen.app.uploads import KEPT_S, Uploads
from mididrumigen.errors import Busy, InputError, NotFound, OutputError, TooLarge
from mididrumigen.models.names import file_name

DATA = b"MThd and so on"


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    """A body as it comes over the network."""
    for part in parts:
        await asyncio.sleep(0)
        yield part


def below(folder: Path) -> list[str]:
    """Every file and folder below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def aged(path: Path, seconds: float) -> None:
    """Make a folder older than it is."""
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where uploads go; it is not there yet."""
    return tmp_path / "home" / "uploads"


@pytest.fixture
def uploads(folder: Path) -> Uploads:
    """The folder of uploads."""
    return Uploads(folder)


async def test_an_upload_is_found_by_its_id_with_the_name_and_the_bytes_it_had(
    uploads: Uploads, folder: Path
) -> None:
    upload_id, size = await uploads.add("my take.mid", pieces(DATA[:5], b"", DATA[5:]))
    assert size == len(DATA)
    found = uploads.find(upload_id)
    assert (found.name, found.path.read_bytes()) == ("my take.mid", DATA)
    assert found.digest == hashlib.sha256(DATA).hexdigest()[:12]
    assert below(folder) == [upload_id, f"{upload_id}/my take.mid"]


async def test_the_same_file_handed_over_again_is_another_upload_of_the_same_digest(
    uploads: Uploads,
) -> None:
    ids = {(await uploads.add(name, pieces(DATA)))[0] for name in ("a.mid", "a.mid", "b.mid")}
    assert len(ids) == 3
    assert len({uploads.find(upload_id).digest for upload_id in ids}) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\evil.mid", "-..-evil.mid"),
        ("C:\\x\\y.mid", "C--x-y.mid"),
        ("..", "Artist"),
        (".", "Artist"),
        ("", "Artist"),
        ("/", "Artist"),
        ("a\x00b.mid", "ab.mid"),
        (".hidden.mid", "hidden.mid"),
        ("con.mid", "Artist con.mid"),
        ("tab\tand\nline.mid", "tab and line.mid"),
        ("\u202egnp.mid", "gnp.mid"),
        ("take 🥁 ö.mid", "take 🥁 ö.mid"),
    ],
    ids=ascii,
)
async def test_whatever_a_file_is_called_it_stays_in_its_folder(
    uploads: Uploads, folder: Path, name: str, kept: str
) -> None:
    upload_id, _ = await uploads.add(name, pieces(DATA))
    assert uploads.find(upload_id).name == kept
    assert below(folder.parent) == [
        "uploads",
        f"uploads/{upload_id}",
        f"uploads/{upload_id}/{kept}",
    ]


async def test_a_very_long_name_is_cut(uploads: Uploads) -> None:
    upload_id, _ = await uploads.add("ö" * 5000 + ".mid", pieces(DATA))
    name = uploads.find(upload_id).name
    assert name == file_name("ö" * 5000)
    assert len(name.encode()) <= 60


async def test_an_empty_file_is_refused_and_leaves_nothing(uploads: Uploads, folder: Path) -> None:
    for body in (pieces(), pieces(b"", b"")):
        with pytest.raises(InputError, match=r"x\.mid is empty"):
            await uploads.add("x.mid", body)
    assert below(folder) == []


async def test_a_file_over_the_limit_is_refused_as_soon_as_it_is_and_leaves_nothing(
    uploads: Uploads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", 1000)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 100
            yield b"x" * 100

    with pytest.raises(TooLarge, match=r"x\.mid is over 0\.001 MB"):
        await uploads.add("x.mid", endless())
    assert sent == 1100
    assert below(folder) == []
    _, size = await uploads.add("x.mid", pieces(b"x" * 1000))
    assert size == 1000


async def test_one_who_hangs_up_in_the_middle_leaves_nothing(
    uploads: Uploads, folder: Path
) -> None:
    async def torn() -> AsyncIterator[bytes]:
        yield DATA
        raise ConnectionResetError("gone")

    with pytest.raises((OutputError, ConnectionResetError)):
        await uploads.add("x.mid", torn())
    assert below(folder) == []


async def test_one_who_is_cancelled_in_the_middle_leaves_nothing(
    uploads: Uploads, folder: Path
) -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield DATA
        begun.set()
        await asyncio.sleep(60)

    adding = asyncio.ensure_future(uploads.add("x.mid", slow()))
    await begun.wait()
    assert len(below(folder)) == 2
    adding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await adding
    assert below(folder) == []


async def test_an_upload_is_not_found_before_it_is_whole(uploads: Uploads, folder: Path) -> None:
    half, rest = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield DATA
        half.set()
        await rest.wait()
        yield DATA

    adding = asyncio.ensure_future(uploads.add("x.mid", slow()))
    await half.wait()
    [name] = [path for path in below(folder) if "/" not in path]
    assert name.startswith(".part-")
    with pytest.raises(NotFound):
        uploads.find(name)
    with pytest.raises(NotFound):
        uploads.find(name.removeprefix(".part-"))
    rest.set()
    upload_id, _ = await adding
    assert uploads.find(upload_id).path.read_bytes() == DATA * 2


async def test_many_who_hand_over_at_once_do_not_disturb_each_other(
    uploads: Uploads, folder: Path
) -> None:
    done = await asyncio.gather(
        *(uploads.add(f"{number}.mid", pieces(DATA)) for number in range(100)),
        return_exceptions=True,
    )
    assert [end for end in done if isinstance(end, BaseException)] == []
    assert len(below(folder)) == 200


async def test_more_than_is_kept_is_refused_until_some_is_read(
    uploads: Uploads, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_KEPT_BYTES", 2 * len(DATA))
    ids = [(await uploads.add("x.mid", pieces(DATA)))[0] for _ in range(2)]
    for _ in range(3):  # what is refused is not counted
        with pytest.raises(Busy, match="too many uploads"):
            await uploads.add("x.mid", pieces(DATA))
    assert len(below(folder)) == 4
    again = Uploads(folder)
    again.begin()  # the next process counts what is there
    with pytest.raises(Busy, match="too many uploads"):
        await again.add("x.mid", pieces(DATA))
    uploads.remove(ids[0])
    await uploads.add("x.mid", pieces(DATA))


async def test_a_disk_that_is_full_is_a_sentence_and_leaves_nothing(
    uploads: Uploads, folder: Path
) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(OutputError, match=r"x\.mid could not be kept"):
            await uploads.add("x.mid", pieces(*[b"x" * 40_000] * 3))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert below(folder) == []


async def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    uploads = Uploads(tmp_path / "a")
    with pytest.raises(OutputError, match=r"x\.mid could not be kept in"):
        await uploads.add("x.mid", pieces(DATA))
    assert (tmp_path / "a").read_text() == "a file"


@pytest.mark.parametrize(
    "upload_id",
    ["", "x", "..", "../uploads", "a" * 23, "A" * 24, "a" * 24 + "\n", "/" * 24, "a" * 24],
    ids=ascii,
)
async def test_what_is_no_id_of_an_upload_is_not_found_and_not_removed(
    uploads: Uploads, folder: Path, upload_id: str
) -> None:
    await uploads.add("x.mid", pieces(DATA))
    before = below(folder.parent)
    with pytest.raises(NotFound, match="there is no upload"):
        uploads.find(upload_id)
    uploads.remove(upload_id)
    assert below(folder.parent) == before


async def test_what_was_read_is_removed(uploads: Uploads, folder: Path) -> None:
    (one, _), (other, _) = [await uploads.add("x.mid", pieces(DATA)) for _ in range(2)]
    uploads.remove(one)
    uploads.remove(one)
    with pytest.raises(NotFound):
        uploads.find(one)
    assert uploads.find(other).path.read_bytes() == DATA


async def test_tidying_removes_what_is_old_and_keeps_what_is_needed(
    uploads: Uploads, folder: Path
) -> None:
    new, old, needed = [(await uploads.add("x.mid", pieces(DATA)))[0] for _ in range(3)]
    for upload_id in (old, needed):
        aged(folder / upload_id, KEPT_S + 60)
    aged(folder / new, KEPT_S - 60)
    half = folder / f".part-{'a' * 24}"
    half.mkdir()
    (half / "x.mid").write_bytes(DATA)
    uploads.tidy({needed})  # one may be handing it over at this moment
    assert {path for path in below(folder) if "/" not in path} == {new, needed, half.name}
    uploads.begin()  # the process that was at it has ended
    assert {path for path in below(folder) if "/" not in path} == {new, needed}
    assert uploads.find(needed).path.read_bytes() == DATA


def test_tidying_what_is_not_there_is_nothing(uploads: Uploads, folder: Path) -> None:
    uploads.begin()
    uploads.tidy(set())
    assert not folder.exists()
