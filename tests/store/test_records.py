"""What is asked and written about generations and jobs, on a real database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from mididrumigen.models.job import BACKGROUND, Job
from mididrumigen.store import Store, records

NOW = "2026-01-02T03:04:05+00:00"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


async def test_generations_come_newest_first_without_their_notes(store: Store) -> None:
    ids = []
    for seed in (11, 22, 33):
        ids.append(
            await store.write(
                records.add_generation,
                artist_name=f"Artist {seed}",
                created_at=NOW,
                seed=seed,
                provider="template",
                engine_version=3,
                profile_hash="abc",
                request={"bars": 4},
                result={
                    "tempo": 92.5,
                    "time_signature": "7/8",
                    "bars": 4,
                    "basis": "builtin",
                    "confidence": 0.35,
                    "midi_files": [f"/x/{seed}.mid"],
                    "clips": [{"notes": [[36, 0, 0.25, 100]]}],
                },
            )
        )
    assert ids == sorted(set(ids))
    found = await store.read(records.generations, 2)
    assert [row["generation_id"] for row in found] == [ids[2], ids[1]]
    assert found[0] == {
        "generation_id": ids[2],
        "artist": "Artist 33",
        "created_at": NOW,
        "seed": 33,
        "provider_used": "template",
        "engine_version": 3,
        "profile_hash": "abc",
        "request": {"bars": 4},
        "tempo": 92.5,
        "time_signature": "7/8",
        "bars": 4,
        "basis": "builtin",
        "confidence": 0.35,
        "midi_files": ["/x/33.mid"],
        "kept": [],
    }


async def generated(store: Store, task_id: str | None, **result: object) -> int:
    """Keep a generation that a job asked for; its id."""
    return await store.write(
        records.add_generation,
        artist_name="A",
        created_at=NOW,
        seed=1,
        provider="template",
        engine_version=3,
        profile_hash="abc",
        request={"bars": 4},
        result=result,
        task_id=task_id,
    )


async def test_a_generation_is_given_whole_with_the_id_of_its_row(store: Store) -> None:
    clips = [{"name": "Ü 🥁", "notes": [[36, 0.0, 0.25, 100]]}]
    other = await generated(store, None, generation_id=None, clips=[])
    number = await generated(store, "t1", generation_id=None, clips=clips)
    whole = {"generation_id": number, "clips": clips}
    assert await store.read(records.generation, number) == whole
    assert await store.read(records.generation_of_task, "t1") == whole
    assert await store.read(records.generation, other) == {"generation_id": other, "clips": []}
    assert await store.read(records.generation, number + 1) is None
    assert await store.read(records.generation_of_task, "t2") is None


def job(task_id: str, **more: object) -> Job:
    """A job with every field filled."""
    return replace(
        Job(
            command="research",
            payload={"artist": "Björk", "midi_paths": ["/a b/🥁.mid"], "artist_id": None},
            task_id=task_id,
            timestamp=NOW,
            sender="curl",
            priority=BACKGROUND,
            subject="bjork",
            status="running",
            progress=0.625,
            message="Ünïcode",
            rev=9,
            attempts=1,
            finished_at="",
            result={"sources": {"local_midi": {"found": 1}}},
            error={"code": "x", "message": "y", "hint": ""},
        ),
        **more,
    )


async def test_a_job_comes_back_as_it_was_saved_last(store: Store) -> None:
    await store.write(records.save_job, job("a", rev=1))
    later = job("a", status="completed", finished_at=NOW, progress=1.0)
    await store.write(records.save_job, later)
    assert await store.read(records.job, "a") == later
    assert await store.read(records.job, "b") is None


async def test_unfinished_jobs_come_in_the_order_in_which_they_were_asked(store: Store) -> None:
    for name in ("c", "a", "d", "b"):
        await store.write(records.save_job, job(name, status="queued"))
    await store.write(records.save_job, job("a", status="running"))
    await store.write(records.save_job, job("d", status="completed"))
    await store.write(records.save_job, job("c", status="running"))
    found = await store.read(records.unfinished_jobs)
    assert [one.task_id for one in found] == ["c", "a", "b"]


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
async def test_a_job_that_has_ended_is_not_unfinished(store: Store, status: str) -> None:
    await store.write(records.save_job, job("a", status=status))
    assert await store.read(records.unfinished_jobs) == []


async def test_the_latest_job_about_someone_is_the_one_that_was_asked_last(store: Store) -> None:
    for name in ("first", "second"):
        await store.write(records.save_job, job(name, status="queued"))
    await store.write(records.save_job, job("other", subject="else"))
    await store.write(records.save_job, job("play", command="generate"))
    # The first one is written again when it ends.
    await store.write(records.save_job, job("first", status="failed"))
    found = await store.read(records.latest_job, "research", "bjork")
    assert found
    assert found.task_id == "second"
    assert await store.read(records.latest_job, "research", "nobody") is None


async def test_what_was_finished_before_a_time_is_pruned_and_nothing_else(store: Store) -> None:
    old, new = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
    for name, status, finished in (
        ("old", "completed", old),
        ("old failure", "failed", old),
        ("new", "completed", new),
        ("waiting", "queued", ""),
        ("running", "running", ""),
    ):
        await store.write(records.save_job, job(name, status=status, finished_at=finished))
    assert await store.write(records.prune_jobs, "2026-01-15T00:00:00+00:00") == 2
    names = ("old", "old failure", "new", "waiting", "running")
    left = [name for name in names if await store.read(records.job, name)]
    assert left == ["new", "waiting", "running"]
