"""Research and generation as jobs of a real home: asked, joined, begun again, tidied up."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.app import App, GenerateAsk
from mididrumigen.app.output import STAGING, staging_of
from mididrumigen.app.owner import Owner
from mididrumigen.app.resolve import subject_of
from mididrumigen.app.tasks import Tasks, output_dir
from mididrumigen.config import Config, Paths, find_paths, parse_config
from mididrumigen.errors import InputError, NotFound
from mididrumigen.models import Artist, Metre
from mididrumigen.models.job import Job
from mididrumigen.store import queries, records
from tests.takes import ROCK, midi_file_of, take_of

LIMIT_S = 20.0
SHORT = GenerateAsk(bars=1, variations=2)


@pytest.fixture
def paths(home: Path) -> Paths:
    """The places of this test's home."""
    return find_paths({"MIDIDRUMIGEN_HOME": str(home)})


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings of which the files go to a folder of the test."""
    return parse_config({"generation": {"output_dir": str(tmp_path / "out")}})


@asynccontextmanager
async def owned(config: Config, paths: Paths) -> AsyncIterator[tuple[App, Tasks]]:
    """The program and its jobs in the process that owns the home."""
    owner = Owner.take(paths)
    assert owner
    try:
        async with App.open(config, paths, owner) as app, Tasks.open(app) as tasks:
            yield app, tasks
    finally:
        owner.release()


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    """A body as it comes over the network."""
    yield data


def a_file() -> bytes:
    """A MIDI file of a drummer."""
    return midi_file_of(take_of(ROCK, bars=4), 4)


def below(folder: Path) -> list[str]:
    """Every file and folder below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


async def over(tasks: Tasks, job: Job) -> None:
    """Wait until a job has ended and all is tidied up."""
    await tasks.jobs.finished(job, LIMIT_S)
    async with asyncio.timeout(LIMIT_S):
        while True:
            if tasks.jobs.alive(job.task_id) is None:
                return
            await asyncio.sleep(0.01)


async def history(app: App) -> list[dict[str, Any]]:
    """Every generation, the oldest first."""
    return (await app.history(100))[::-1]


async def test_a_generation_plays_writes_and_is_found_under_its_task(
    config: Config, paths: Paths, tmp_path: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        job = await tasks.generate("  John   Bonham ", SHORT, sender="curl")
        assert await tasks.find(job.task_id) is job
        assert (job.command, job.sender, job.payload["artist"]) == (
            "generate",
            "curl",
            "John Bonham",
        )
        assert await tasks.result(job) is None
        await tasks.jobs.finished(job, LIMIT_S)
        result = await tasks.result(job)
        assert result
        assert (result["artist"], result["bars"], len(result["clips"])) == ("John Bonham", 1, 2)
        assert [row["generation_id"] for row in await history(app)] == [result["generation_id"]]
        files = [Path(file) for file in result["midi_files"]]
        assert {file.parent.parent for file in files} == {tmp_path / "out"}
    assert len(below(tmp_path / "out")) == 3


async def test_a_seed_that_is_not_given_is_drawn_when_the_job_is_taken(
    config: Config, paths: Paths
) -> None:
    async with owned(config, paths) as (app, tasks):
        jobs = [await tasks.generate("John Bonham", SHORT, sender="curl") for _ in range(3)]
        given = await tasks.generate("John Bonham", replace(SHORT, seed=0), sender="curl")
        drawn = [job.payload["ask"]["seed"] for job in jobs]
        for job in jobs:
            kept = await app.store.read(records.job, job.task_id)
            assert kept
            assert kept.payload == job.payload
        assert len(set(drawn)) > 1
        assert all(isinstance(seed, int) for seed in drawn)
        assert given.payload["ask"]["seed"] == 0
        for job in (*jobs, given):
            await tasks.jobs.finished(job, LIMIT_S)
            result = await tasks.result(job)
            assert result
            assert result["seed"] == job.payload["ask"]["seed"]


async def test_a_generation_begun_again_after_it_was_finished_is_not_made_twice(
    config: Config, paths: Paths, tmp_path: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        job = await tasks.generate("John Bonham", SHORT, sender="curl")
        await tasks.jobs.finished(job, LIMIT_S)
        first = await tasks.result(job)
    before = below(tmp_path / "out")
    # As a kill between the line in the history and the end of the job leaves it.
    async with App.open(config, paths) as app:
        cut = replace(job, status="running", attempts=1, finished_at="", progress=0.5)
        await app.store.write(records.save_job, cut)
    async with owned(config, paths) as (app, tasks):
        again = await tasks.find(job.task_id)
        await tasks.jobs.finished(again, LIMIT_S)
        assert again.status == "completed"
        assert await tasks.result(again) == first
        assert len(await history(app)) == 1
    assert below(tmp_path / "out") == before


async def test_a_generation_begun_again_before_it_was_finished_plays_the_same(
    config: Config, paths: Paths, tmp_path: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        job = await tasks.generate("John Bonham", SHORT, sender="curl")
        await tasks.jobs.finished(job, LIMIT_S)
        first = await tasks.result(job)
        assert first
        # As a kill between the files and the line in the history leaves it.
        await app.store.write(lambda db: db.execute("DELETE FROM generation_history"))
        cut = replace(job, status="running", attempts=1, finished_at="")
        await app.store.write(records.save_job, cut)
    before = below(tmp_path / "out")
    async with owned(config, paths) as (app, tasks):
        again = await tasks.find(job.task_id)
        await tasks.jobs.finished(again, LIMIT_S)
        result = await tasks.result(again)
        assert result
        assert (result["clips"], result["midi_files"]) == (first["clips"], first["midi_files"])
    assert below(tmp_path / "out") == before


async def test_a_generation_that_is_cancelled_once_it_writes_is_whole(
    config: Config, paths: Paths, tmp_path: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        for number in range(12):
            ask = replace(SHORT, seed=number)
            job = await tasks.generate("John Bonham", ask, sender="curl")
            await asyncio.sleep(0.012 * number)
            await tasks.jobs.cancel(job)
            assert job.is_final
            rows = [row for row in await history(app) if row["seed"] == number]
            folder = tmp_path / "out" / f"John Bonham - seed {number}"
            assert len(rows) == int(folder.exists()) == int(job.status == "completed"), job.status
    assert [name for name in below(tmp_path / "out") if name.startswith(".")] == []


async def test_a_research_reads_files_and_uploads_and_removes_the_uploads_when_it_is_done(
    config: Config, paths: Paths, midi_folder: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        upload_id, _ = await tasks.uploads.add("mine.mid", pieces(a_file()))
        job, joined = await tasks.research(
            "Me",
            sender="curl",
            midi_paths=(str(midi_folder / "take 1.mid"),),
            upload_ids=(upload_id,),
        )
        assert not joined
        await over(tasks, job)
        result = await tasks.result(job)
        assert result
        assert result["sources"]["local_midi"]["found"] == 2
        assert (await app.show("Me")).profile.sources_count == 2
    assert below(paths.uploads) == []


async def test_a_research_that_fails_keeps_the_uploads(config: Config, paths: Paths) -> None:
    async with owned(config, paths) as (_, tasks):
        upload_id, _ = await tasks.uploads.add("x.mid", pieces(b"no MIDI"))
        job, _ = await tasks.research("Me", sender="curl", upload_ids=(upload_id,))
        await tasks.jobs.finished(job, LIMIT_S)
        assert (job.status, job.error["code"]) == ("failed", "nothing_found")
        assert "x.mid" in job.error["message"]
        assert await tasks.result(job) is None
        assert tasks.uploads.find(upload_id).name == "x.mid"


async def test_two_researches_about_one_artist_are_one_in_any_spelling(
    config: Config, paths: Paths, midi_folder: Path
) -> None:
    takes = [str(midi_folder / f"take {number}.mid") for number in (1, 2, 3)]
    async with owned(config, paths) as (app, tasks):
        first, _ = await tasks.research("The Who", sender="a", midi_paths=(takes[0], takes[1]))
        second, joined = await tasks.research(" WHO ", sender="b", midi_paths=(takes[1], takes[2]))
        other, other_joined = await tasks.research("Me", sender="b", midi_paths=(takes[0],))
        assert second is first
        assert (joined, other_joined) == (True, False)
        assert first.payload["midi_paths"] == takes
        for job in (first, other):
            await tasks.jobs.finished(job, LIMIT_S)
            assert job.status == "completed"
        assert (await app.show("The Who")).profile.sources_count == 3


async def test_a_research_that_was_interrupted_goes_on_and_keeps_its_uploads_however_old(
    config: Config, paths: Paths
) -> None:
    async with owned(config, paths) as (app, tasks):
        upload_id, _ = await tasks.uploads.add("mine.mid", pieces(a_file()))
        job, _ = await tasks.research("Me", sender="curl", upload_ids=(upload_id,))
    # Stopped at once: it waits on disk, and the machine stays off for a week.
    os.utime(paths.uploads / upload_id, (1, 1))
    async with owned(config, paths) as (app, tasks):
        again = await tasks.find(job.task_id)
        await over(tasks, again)
        assert again.status == "completed", again.error
        assert (await app.show("Me")).profile.sources_count == 1
    assert below(paths.uploads) == []


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"midi_paths": ("takes/1.mid",)}, InputError, "whole path"),
        ({"midi_paths": ("",)}, InputError, "whole path"),
        ({"midi_paths": ("/no/such/file.mid",)}, NotFound, "there is no /no/such/file.mid"),
        ({"midi_paths": ("/a\x00b",)}, NotFound, "there is no"),
        ({"upload_ids": ("a" * 24,)}, NotFound, "there is no upload"),
        ({"upload_ids": ("../x",)}, NotFound, "there is no upload"),
    ],
    ids=["relative", "empty", "absent", "NUL", "no upload", "no id"],
)
async def test_what_cannot_be_read_is_refused_before_there_is_a_job(
    config: Config,
    paths: Paths,
    asked: dict[str, tuple[str, ...]],
    error: type[Exception],
    words: str,
) -> None:
    async with owned(config, paths) as (app, tasks):
        with pytest.raises(error, match=words):
            await tasks.research("Me", sender="curl", **asked)  # type: ignore[arg-type]
        assert await app.store.read(records.unfinished_jobs) == []


@pytest.mark.parametrize("name", ["", " \t", "\u200f", "x" * 201])
async def test_what_is_no_name_is_refused_before_there_is_a_job(
    config: Config, paths: Paths, name: str
) -> None:
    async with owned(config, paths) as (app, tasks):
        with pytest.raises(InputError, match="name"):
            await tasks.research(name, sender="curl")
        with pytest.raises(InputError, match="name"):
            await tasks.generate(name, SHORT, sender="curl")
        assert await app.store.read(records.unfinished_jobs) == []


async def test_a_task_that_is_not_there_is_not_found(config: Config, paths: Paths) -> None:
    async with owned(config, paths) as (_, tasks):
        with pytest.raises(NotFound, match="there is no task x"):
            await tasks.find("x")


async def test_an_artist_chosen_by_its_id_is_the_one_that_learns(
    config: Config, paths: Paths, midi_folder: Path
) -> None:
    async with owned(config, paths) as (app, tasks):
        ids = [
            await app.store.write(queries.add_artist, Artist("Nirvana", which), "2026-01-01")
            for which in ("", "60s UK band")
        ]
        job, _ = await tasks.research(
            "Nirvana", sender="curl", artist_id=ids[1], midi_paths=(str(midi_folder),)
        )
        both, joined = await tasks.research("Nirvana", sender="curl", artist_id=ids[0])
        assert not joined
        for one in (job, both):
            await tasks.jobs.finished(one, LIMIT_S)
        learnt = [await app.store.read(queries.evidence_of, number) for number in ids]
        assert [sum(e.source == "local_midi" for e in pieces) for pieces in learnt] == [0, 4]
        play = await tasks.generate("Nirvana", SHORT, sender="curl", artist_id=ids[1])
        await tasks.jobs.finished(play, LIMIT_S)
        result = await tasks.result(play)
        assert result
        assert result["basis"] == "researched"


async def test_an_owner_begins_by_tidying_what_the_last_one_left(
    config: Config, paths: Paths, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    mine = staging_of(paths.database.parent)
    for name in (f"{mine}abc", f"{STAGING}def", "John Bonham - seed 1"):
        (out / name).mkdir(parents=True)
        (out / name / "x.mid").write_bytes(b"MThd")
    (paths.uploads / f".part-{'a' * 24}").mkdir(parents=True)
    now = datetime.now(UTC)
    async with App.open(config, paths) as app:
        for name, days in (("old", 15), ("new", 13)):
            finished = (now - timedelta(days=days)).isoformat(timespec="seconds")
            job = Job("generate", {}, name, finished, "curl", status="completed")
            await app.store.write(records.save_job, replace(job, finished_at=finished))
    async with owned(config, paths) as (app, tasks):
        # What a command is writing at this moment is not the daemon's.
        assert [path for path in below(out) if "/" not in path] == [
            f"{STAGING}def",
            "John Bonham - seed 1",
        ]
        assert below(paths.uploads) == []
        async with asyncio.timeout(LIMIT_S):
            while True:
                if await app.store.read(records.job, "old") is None:
                    break
                await asyncio.sleep(0.01)
        assert (await tasks.find("new")).status == "completed"


def test_a_subject_is_the_artist_whatever_the_spelling() -> None:
    assert subject_of(Artist(" The  Whó ")) == subject_of(Artist("who")) != ""
    assert subject_of(Artist("!!!")) != subject_of(Artist("???"))
    assert subject_of(Artist("Nirvana")) != subject_of(Artist("Nirvana", "60s UK band"))


def test_files_go_where_the_setting_says_else_to_the_music_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert output_dir(str(tmp_path / "x")) == tmp_path / "x"
    assert output_dir("~/x") == tmp_path / "x"
    assert output_dir("").name == "MidiDrumiGen"
    assert str(Metre(7, 8)) == "7/8"
