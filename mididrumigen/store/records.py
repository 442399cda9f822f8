"""What is asked and written about work: generations and jobs, one function an intent; run by
`Store.read` and `Store.write`.
"""

import json
from collections.abc import Mapping
from typing import Any

from mididrumigen.models.job import Job
from mididrumigen.store.queries import Connection, compact


def add_generation(
    db: Connection,
    *,
    artist_name: str,
    created_at: str,
    seed: int,
    provider: str,
    engine_version: int,
    profile_hash: str,
    request: Mapping[str, Any],
    result: Mapping[str, Any],
    task_id: str | None = None,
) -> int:
    """Keep a generation; its id."""
    cursor = db.execute(
        "INSERT INTO generation_history"
        " (artist_name, created_at, seed, provider, engine_version, profile_hash, request, result,"
        " task_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            artist_name,
            created_at,
            seed,
            provider,
            engine_version,
            profile_hash,
            compact(request),
            compact(result),
            task_id,
        ],
    )
    return int(cursor.lastrowid or 0)


def add_edited(
    db: Connection, source_id: int, take: int, *, created_at: str, result: Mapping[str, Any]
) -> int:
    """Keep a take of a generation with other notes as a generation of its own; its id."""
    name, seed, provider, version, profile_hash, request = db.execute(
        "SELECT artist_name, seed, provider, engine_version, profile_hash, request"
        " FROM generation_history WHERE id = ?",
        [source_id],
    ).fetchone()
    return add_generation(
        db,
        artist_name=name,
        created_at=created_at,
        seed=seed,
        provider=provider,
        engine_version=version,
        profile_hash=profile_hash,
        request={**json.loads(request), "variations": 1, "edited": f"{source_id}/{take}"},
        result=result,
    )


def generations(db: Connection, limit: int, only_kept: bool = False) -> list[dict[str, Any]]:
    """The latest generations, newest first, without their notes; with `only_kept` those of which a
    take is kept.
    """
    rows = db.execute(
        "SELECT id, artist_name, created_at, seed, provider, engine_version, profile_hash,"
        " request, result, kept"
        " FROM generation_history WHERE (? = 0 OR kept <> '[]') ORDER BY id DESC LIMIT ?",
        [only_kept, limit],
    )
    found = []
    for row in rows:
        result = json.loads(row[8])
        found.append(
            {
                "generation_id": row[0],
                "artist": row[1],
                "created_at": row[2],
                "seed": row[3],
                "provider_used": row[4],
                "engine_version": row[5],
                "profile_hash": row[6],
                "request": json.loads(row[7]),
                **{
                    key: result[key]
                    for key in ("tempo", "time_signature", "bars", "basis", "confidence")
                },
                "midi_files": result["midi_files"],
                "kept": json.loads(row[9]),
            }
        )
    return found


def keep_take(db: Connection, generation_id: int, take: int, is_kept: bool) -> list[int] | None:
    """Mark a take as kept, or not any more; the takes that are kept now. None: no such
    generation.
    """
    row = db.execute("SELECT kept FROM generation_history WHERE id = ?", [generation_id]).fetchone()
    if row is None:
        return None
    others = set(json.loads(row[0])) - {take}
    kept = sorted(others | {take} if is_kept else others)
    db.execute(
        "UPDATE generation_history SET kept = ? WHERE id = ?", [json.dumps(kept), generation_id]
    )
    return kept


def generation(db: Connection, generation_id: int) -> dict[str, Any] | None:
    """The whole result of a generation; None if there is none of this id."""
    return _result(db, "id = ?", generation_id)


def generation_of_task(db: Connection, task_id: str) -> dict[str, Any] | None:
    """The whole result of what a job generated; None if it has not."""
    return _result(db, "task_id = ?", task_id)


def _result(db: Connection, which: str, value: int | str) -> dict[str, Any] | None:
    row = db.execute(f"SELECT id, result FROM generation_history WHERE {which}", [value]).fetchone()
    # The row's id is given as it is written, after the result was put into words.
    return None if row is None else {**json.loads(row[1]), "generation_id": row[0]}


_JOB_COLUMNS = (
    *("task_id", "command", "payload", "timestamp", "sender", "priority", "subject", "status"),
    *("progress", "message", "rev", "attempts", "finished_at", "result", "error"),
)
_JSON_COLUMNS = ("payload", "result", "error")
_SELECT_JOBS = f"SELECT {', '.join(_JOB_COLUMNS)} FROM jobs"


def save_job(db: Connection, job: Job) -> None:
    """Keep a job as it is now."""
    values = [
        compact(getattr(job, name)) if name in _JSON_COLUMNS else getattr(job, name)
        for name in _JOB_COLUMNS
    ]
    db.execute(
        f"INSERT INTO jobs ({', '.join(_JOB_COLUMNS)})"
        f" VALUES ({', '.join('?' * len(_JOB_COLUMNS))})"
        # Not OR REPLACE, which would send it to the end of the order.
        " ON CONFLICT (task_id) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in _JOB_COLUMNS[1:]),
        values,
    )


def job(db: Connection, task_id: str) -> Job | None:
    """The job with this id."""
    row = db.execute(f"{_SELECT_JOBS} WHERE task_id = ?", [task_id]).fetchone()
    return None if row is None else _job(row)


def unfinished_jobs(db: Connection) -> list[Job]:
    """Every job that is neither done nor given up, in the order in which they were asked."""
    rows = db.execute(f"{_SELECT_JOBS} WHERE status IN ('queued', 'running') ORDER BY rowid")
    return [_job(row) for row in rows]


def latest_job(db: Connection, command: str, subject: str) -> Job | None:
    """The job of a command about a subject that was asked last."""
    row = db.execute(
        f"{_SELECT_JOBS} WHERE command = ? AND subject = ? ORDER BY rowid DESC LIMIT 1",
        [command, subject],
    ).fetchone()
    return None if row is None else _job(row)


def prune_jobs(db: Connection, before: str) -> int:
    """Remove what was finished before a time; how many went."""
    done = "status NOT IN ('queued', 'running') AND finished_at < ?"
    return int(db.execute(f"DELETE FROM jobs WHERE {done}", [before]).rowcount)


def _job(row: tuple[Any, ...]) -> Job:
    values = dict(zip(_JOB_COLUMNS, row, strict=True))
    for name in _JSON_COLUMNS:
        values[name] = json.loads(values[name])
    return Job(**values)
