"""What is asked of the database and written to it, one function an intent; run by `Store.read` and
`Store.write`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mididrumigen.models import Artist, Evidence, StyleProfile
from mididrumigen.models.job import Job
from mididrumigen.models.names import normalise_name
from mididrumigen.models.profile import Basis
from mididrumigen.store.sqlite import sqlite3

Connection = sqlite3.Connection
EvidenceStamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KnownArtist:
    """A line of the list of artists."""

    name: str
    basis: Basis
    confidence: float
    sources_count: int
    updated_at: str


def artists_named(db: Connection, name: str) -> list[tuple[int, Artist]]:
    """(id, artist) of everyone with this name, else with this alias, compared without case, accents
    and punctuation.
    """
    norm = normalise_name(name)
    rows = db.execute(
        "SELECT id, name, disambiguation FROM artists WHERE norm = ? ORDER BY id", [norm]
    ).fetchall()
    if not rows:
        rows = db.execute(
            "SELECT a.id, a.name, a.disambiguation FROM aliases JOIN artists a ON a.id = artist_id"
            " WHERE aliases.norm = ? ORDER BY a.id",
            [norm],
        ).fetchall()
    return [(row[0], Artist(row[1], row[2])) for row in rows]


def find_artist(db: Connection, name: str) -> tuple[int, Artist] | None:
    """The first of `artists_named`."""
    found = artists_named(db, name)
    return found[0] if found else None


def artist_by_id(db: Connection, artist_id: int) -> Artist | None:
    """The artist with this id."""
    row = db.execute(
        "SELECT name, disambiguation FROM artists WHERE id = ?", [artist_id]
    ).fetchone()
    return None if row is None else Artist(*row)


def add_artist(db: Connection, artist: Artist, now: str) -> int:
    """Id of the artist, stored if it is new."""
    norm = normalise_name(artist.name)
    db.execute(
        "INSERT INTO artists (name, norm, disambiguation, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (norm, disambiguation) DO NOTHING",
        [artist.name, norm, artist.disambiguation, now],
    )
    artist_id: int = db.execute(
        "SELECT id FROM artists WHERE norm = ? AND disambiguation = ?",
        [norm, artist.disambiguation],
    ).fetchone()[0]
    for alias in artist.aliases:
        db.execute(
            "INSERT INTO aliases (artist_id, alias, norm) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [artist_id, alias, normalise_name(alias)],
        )
    return artist_id


def add_evidence(db: Connection, artist_id: int, evidence: Evidence) -> None:
    """Keep a piece of evidence; one with the same id is replaced."""
    db.execute(
        "INSERT OR REPLACE INTO research_sources"
        " (artist_id, id, source, kind, url, value, quote, confidence, licence, retrieved_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            artist_id,
            evidence.id,
            evidence.source,
            evidence.kind,
            evidence.url,
            _compact(evidence.value),
            evidence.quote,
            evidence.confidence,
            evidence.licence,
            evidence.retrieved_at,
        ],
    )


def keep_evidence(db: Connection, artist_id: int | None, artist: Artist, evidence: Evidence) -> int:
    """Keep a piece of evidence, and the artist if it is not there (yet, or any more); its id. A
    profile that was built without it is outdated from now on.
    """
    if artist_id is None or artist_by_id(db, artist_id) is None:
        artist_id = add_artist(db, artist, evidence.retrieved_at)
    add_evidence(db, artist_id, evidence)
    db.execute("UPDATE style_profiles SET version = 0 WHERE artist_id = ?", [artist_id])
    return artist_id


def evidence_of(db: Connection, artist_id: int) -> list[Evidence]:
    """All evidence about an artist, in the order of its ids."""
    rows = db.execute(
        "SELECT id, source, kind, url, value, confidence, retrieved_at, licence, quote"
        " FROM research_sources WHERE artist_id = ? ORDER BY id",
        [artist_id],
    )
    return [
        Evidence(
            id=row[0],
            source=row[1],
            kind=row[2],
            url=row[3],
            value=json.loads(row[4]),
            confidence=row[5],
            retrieved_at=row[6],
            licence=row[7],
            quote=row[8],
        )
        for row in rows
    ]


def evidence_and_stamp(db: Connection, artist_id: int) -> tuple[list[Evidence], EvidenceStamp]:
    """All evidence about an artist, and the stamp that belongs to it."""
    db.execute("BEGIN")  # both as of one moment, whoever writes between
    try:
        return evidence_of(db, artist_id), evidence_stamp(db, artist_id)
    finally:
        db.execute("COMMIT")


def evidence_stamp(db: Connection, artist_id: int) -> EvidenceStamp:
    """What changes with every piece of evidence that is kept."""
    stamp: EvidenceStamp = db.execute(
        # A piece that is replaced gets a new rowid.
        "SELECT count(*), coalesce(max(rowid), 0) FROM research_sources WHERE artist_id = ?",
        [artist_id],
    ).fetchone()
    return stamp


def save_profile(
    db: Connection, artist_id: int, profile: StyleProfile, built_from: EvidenceStamp
) -> None:
    """Keep the profile of an artist in place of an older one; nothing where there is other evidence
    by now than it was built from, or none: its reader builds a better one.
    """
    if evidence_stamp(db, artist_id) != built_from or built_from[0] == 0:
        return
    db.execute(
        "INSERT OR REPLACE INTO style_profiles"
        " (artist_id, profile, version, basis, confidence_score, sources_count,"
        " created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            artist_id,
            _compact(profile.to_json()),
            profile.version,
            profile.basis,
            profile.confidence_score,
            profile.sources_count,
            profile.created_at,
            profile.updated_at,
        ],
    )


def profile_of(db: Connection, artist_id: int, version: int) -> StyleProfile | None:
    """The stored profile; None where there is none of this version, and it must be rebuilt from
    evidence.
    """
    row = db.execute(
        "SELECT profile FROM style_profiles WHERE artist_id = ? AND version = ?",
        [artist_id, version],
    ).fetchone()
    return None if row is None else StyleProfile.from_json(json.loads(row[0]))


def profile_line(db: Connection, artist_id: int) -> KnownArtist | None:
    """The line of one artist in the list, as of the last profile that was built."""
    row = db.execute(
        "SELECT name, basis, confidence_score, sources_count, updated_at"
        " FROM artists JOIN style_profiles ON artist_id = artists.id WHERE artists.id = ?",
        [artist_id],
    ).fetchone()
    return None if row is None else KnownArtist(*row)


def known_artists(db: Connection) -> list[KnownArtist]:
    """Every artist with a profile, by name."""
    rows = db.execute(
        "SELECT name, basis, confidence_score, sources_count, updated_at"
        " FROM artists JOIN style_profiles ON artist_id = artists.id ORDER BY norm, disambiguation"
    )
    return [KnownArtist(*row) for row in rows]


def forget_artist(db: Connection, artist_id: int) -> int:
    """Remove an artist with profile, aliases and evidence; number of pieces of evidence that
    went.
    """
    count: int = db.execute(
        "SELECT count(*) FROM research_sources WHERE artist_id = ?", [artist_id]
    ).fetchone()[0]
    for table in ("research_sources", "style_profiles", "aliases"):
        db.execute(f"DELETE FROM {table} WHERE artist_id = ?", [artist_id])
    db.execute("DELETE FROM artists WHERE id = ?", [artist_id])
    return count


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
            _compact(request),
            _compact(result),
            task_id,
        ],
    )
    return int(cursor.lastrowid or 0)


def generations(db: Connection, limit: int) -> list[dict[str, Any]]:
    """The latest generations, newest first, without their notes."""
    rows = db.execute(
        "SELECT id, artist_name, created_at, seed, provider, engine_version, profile_hash,"
        " request, result"
        " FROM generation_history ORDER BY id DESC LIMIT ?",
        [limit],
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
            }
        )
    return found


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
        _compact(getattr(job, name)) if name in _JSON_COLUMNS else getattr(job, name)
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


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"))
