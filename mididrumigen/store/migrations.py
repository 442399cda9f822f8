"""The tables, in the order they came to be. A released migration is never edited; a change is a new
one below.

Conventions: surrogate integer ids; an artist is unique by (normalised name, disambiguation); times
are ISO 8601 in UTC; JSON columns hold what the `to_json` of a model gives; vectors are BLOBs of
little-endian float32.
"""

import os
from pathlib import Path

from sqlite_utils import Migrations
from sqlite_utils.db import Database

from mididrumigen.files import patiently
from mididrumigen.store import MIGRATION_SET
from mididrumigen.store.sqlite import sqlite3

migrations = Migrations(MIGRATION_SET)


@migrations()
def m001_first_tables(db: Database) -> None:
    """The specification's tables: artists, research_sources, style_profiles, generation_history;
    and aliases.
    """
    db.create_table(
        "artists",
        {"id": int, "name": str, "norm": str, "disambiguation": str, "created_at": str},
        pk="id",
        not_null={"name", "norm", "disambiguation", "created_at"},
        defaults={"disambiguation": ""},
    )
    db.table("artists").create_index(["norm", "disambiguation"], unique=True)
    db.create_table(
        "aliases",
        {"artist_id": int, "alias": str, "norm": str},
        pk=("artist_id", "norm"),
        not_null={"alias"},
        foreign_keys=[("artist_id", "artists", "id")],
    )
    db.table("aliases").create_index(["norm"])
    db.create_table(
        "research_sources",
        {
            "artist_id": int,
            "id": str,
            "source": str,
            "kind": str,
            "url": str,
            "value": str,
            "quote": str,
            "confidence": float,
            "licence": str,
            "retrieved_at": str,
        },
        pk=("artist_id", "id"),
        not_null={"source", "kind", "url", "value", "confidence", "retrieved_at"},
        foreign_keys=[("artist_id", "artists", "id")],
    )
    db.create_table(
        "style_profiles",
        {
            "artist_id": int,
            "profile": str,
            "version": int,
            "basis": str,
            "confidence_score": float,
            "sources_count": int,
            "created_at": str,
            "updated_at": str,
        },
        pk="artist_id",
        not_null={"profile", "version", "basis", "confidence_score"},
        foreign_keys=[("artist_id", "artists", "id")],
    )
    db.create_table(
        "generation_history",
        {
            "id": int,
            "artist_name": str,
            "created_at": str,
            "seed": int,
            "provider": str,
            "engine_version": int,
            "profile_hash": str,
            "request": str,
            "result": str,
        },
        pk="id",
        not_null={"artist_name", "created_at", "seed", "provider", "request", "result"},
    )
    db.table("generation_history").create_index(["artist_name"])


@migrations()
def m002_jobs_vectors_cooldowns(db: Database) -> None:
    """What a daemon keeps: jobs, vectors of descriptions, and until when a host is left in peace; a
    generation knows the job that asked for it.
    """
    db.create_table(
        "jobs",
        {
            "task_id": str,
            "command": str,
            "payload": str,
            "timestamp": str,
            "sender": str,
            "priority": int,
            "subject": str,
            "status": str,
            "progress": float,
            "message": str,
            "rev": int,
            "attempts": int,
            "finished_at": str,
            "result": str,
            "error": str,
        },
        pk="task_id",
        not_null={"command", "payload", "timestamp", "sender", "priority", "status", "rev"},
    )
    db.table("jobs").create_index(["status"])
    db.create_table(
        "vectors",
        {"artist_id": int, "model": str, "text_hash": str, "vector": bytes},
        pk=("artist_id", "model"),
        not_null={"text_hash", "vector"},
        foreign_keys=[("artist_id", "artists", "id")],
    )
    db.create_table(
        "cooldowns",
        {"host": str, "until": str, "reason": str},
        pk="host",
        not_null={"until", "reason"},
    )
    db.table("generation_history").add_column("task_id", str)
    db.table("generation_history").create_index(["task_id"], unique=True)


@migrations()
def m003_library(db: Database) -> None:
    """The MIDI files of libraries, and whose songs they are by their names: all of an artist is one
    look into `library_guesses`.
    """
    db.create_table(
        "libraries",
        {"id": int, "path": str, "walked_at": str, "stamp": str},
        pk="id",
        not_null={"path", "stamp"},
    )
    db.table("libraries").create_index(["path"], unique=True)
    db.create_table(
        "library_files",
        {
            "id": int,
            "library_id": int,
            "folder": str,
            "name": str,
            "size": int,
            "mtime_ns": int,
            "reading": int,
            "title": str,
        },
        pk="id",
        not_null={"library_id", "folder", "name", "size", "mtime_ns", "reading", "title"},
        foreign_keys=[("library_id", "libraries", "id")],
    )
    db.table("library_files").create_index(["library_id", "folder", "name"], unique=True)
    db.create_table(
        "library_guesses",
        {
            "file_id": int,
            "artist_key": str,
            "artist": str,
            "title": str,
            "weight": float,
            "rival_key": str,
        },
        pk=("file_id", "artist_key"),
        not_null={"artist", "title", "weight", "rival_key"},
        foreign_keys=[("file_id", "library_files", "id")],
    )
    db.table("library_guesses").create_index(["artist_key"])


@migrations()
def m004_descriptions(db: Database) -> None:
    """What artists are compared by, and the vectors of their texts. `serial` only ever grows, so
    that an index knows what it has not seen; nothing was ever kept in the `vectors` of before.
    """
    db.create_table(
        "descriptions",
        {
            "artist_id": int,
            "text": str,
            "facts": str,
            "model": str,
            "style": str,
            "tempo_bpm": float,
        },
        pk="artist_id",
        not_null={"text", "facts", "model", "style", "tempo_bpm"},
        foreign_keys=[("artist_id", "artists", "id")],
    )
    db.table("descriptions").create_index(["model"])
    db.table("descriptions").create_index(["style", "tempo_bpm"])
    db.execute("CREATE INDEX idx_undescribed ON descriptions (artist_id) WHERE facts = ''")
    db.execute(
        "INSERT INTO descriptions (artist_id, text, facts, model, style, tempo_bpm)"
        " SELECT artist_id, '', '', '', '', 0 FROM style_profiles"
    )
    db.table("vectors").drop()
    db.execute(
        "CREATE TABLE vectors (serial INTEGER PRIMARY KEY AUTOINCREMENT, artist_id INTEGER NOT NULL"
        " UNIQUE REFERENCES artists (id), model TEXT NOT NULL, text_hash TEXT NOT NULL,"
        " vector BLOB NOT NULL)"
    )
    db.execute("CREATE INDEX idx_vectors_model ON vectors (model)")
    db.create_table(
        "text_vectors",
        {"model": str, "text_hash": str, "vector": bytes},
        pk=("model", "text_hash"),
        not_null={"vector"},
    )


@migrations()
def m005_consents_and_what_is_kept(db: Database) -> None:
    """What the user said yes to, site by site; which takes of the history are kept; and how sites
    know an artist: its ids, its drummers, its tracks.
    """
    db.create_table("consents", {"site": str, "since": str}, pk="site", not_null={"since"})
    db.table("generation_history").add_column("kept", str, not_null_default="[]")
    db.table("artists").add_column("identity", str, not_null_default="{}")


@migrations()
def m006_source_reports(db: Database) -> None:
    """How each source fared in the last research about an artist."""
    db.create_table(
        "source_reports",
        {"artist_id": int, "source": str, "state": str, "reason": str, "found": int, "at": str},
        pk=("artist_id", "source"),
        not_null={"state", "reason", "found", "at"},
        foreign_keys=[("artist_id", "artists", "id")],
    )


@migrations()
def m007_paces(db: Database) -> None:
    """When each site may be asked next, in seconds since 1970: sites are paced in fractions of a
    second.
    """
    db.create_table("paces", {"key": str, "next_at": float}, pk="key", not_null={"next_at"})


def apply(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the database at `path` up to date, all of it or nothing; several processes may try at
    once. One that held anything is copied first.
    """
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked only now: another process may have applied them while this one waited.
        pending = migrations.pending(db)
        if pending and migrations.applied(db):
            _back_up(path, pending[0].name)
        migrations.apply(db)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _back_up(path: Path, before: str) -> None:
    """Copy the database to `NAME-before-MIGRATION.db` beside it, whole or not at all."""
    copy = path.with_name(f"{path.stem}-before-{before}.db")
    part = copy.with_suffix(".part")
    part.unlink(missing_ok=True)
    # The second connection sees what was committed, whatever the first one is about to do.
    source, target = sqlite3.connect(path), sqlite3.connect(part)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    patiently(lambda: os.replace(part, copy))
