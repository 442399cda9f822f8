"""The tables, in the order they came to be. A released migration is never edited; a change is a new
one below.

Conventions: surrogate integer ids; an artist is unique by (normalised name, disambiguation); times
are ISO 8601 in UTC; JSON columns hold what the `to_json` of a model gives.
"""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

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


def apply(connection: sqlite3.Connection) -> None:
    """Bring a database up to date, all of it or nothing; several processes may try at once."""
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)  # sees what another process has applied while this one waited
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
