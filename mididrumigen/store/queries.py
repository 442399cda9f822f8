"""What is asked of the database and written to it, one function an intent; run by `Store.read` and
`Store.write`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mididrumigen.models import Artist, Evidence, SourceReport, StyleProfile
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
        "SELECT id, name, disambiguation, identity FROM artists WHERE norm = ? ORDER BY id",
        [norm],
    ).fetchall()
    if not rows:
        rows = db.execute(
            "SELECT a.id, a.name, a.disambiguation, a.identity"
            " FROM aliases JOIN artists a ON a.id = artist_id"
            " WHERE aliases.norm = ? ORDER BY a.id",
            [norm],
        ).fetchall()
    return [(row[0], _artist(row[1:])) for row in rows]


def find_artist(db: Connection, name: str) -> tuple[int, Artist] | None:
    """The first of `artists_named`."""
    found = artists_named(db, name)
    return found[0] if found else None


def artist_by_id(db: Connection, artist_id: int) -> Artist | None:
    """The artist with this id."""
    row = db.execute(
        "SELECT name, disambiguation, identity FROM artists WHERE id = ?", [artist_id]
    ).fetchone()
    return None if row is None else _artist(row)


def _artist(row: Sequence[str]) -> Artist:
    """The artist of name, disambiguation and identity."""
    return Artist.of_identity(row[0], row[1], json.loads(row[2]))


def add_artist(db: Connection, artist: Artist, now: str) -> int:
    """Id of the artist, stored if it is new; what sites know of it replaces what they knew."""
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
    if artist.mbid or artist.qid or artist.page:
        identity = compact(artist.identity())
        db.execute("UPDATE artists SET identity = ? WHERE id = ?", [identity, artist_id])
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
            compact(evidence.value),
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


def keep_all(db: Connection, artist: Artist, evidence: Sequence[Evidence], now: str) -> int:
    """Keep all that is known of an artist elsewhere beside what is known here; its id."""
    artist_id = add_artist(db, artist, now)
    for piece in evidence:
        add_evidence(db, artist_id, piece)
    db.execute("UPDATE style_profiles SET version = 0 WHERE artist_id = ?", [artist_id])
    return artist_id


def keep_reports(db: Connection, artist_id: int, reports: Sequence[SourceReport], at: str) -> None:
    """Keep how sources fared, each in place of how it fared before."""
    if artist_by_id(db, artist_id) is None:  # forgotten meanwhile
        return
    for report in reports:
        db.execute(
            "INSERT OR REPLACE INTO source_reports"
            " (artist_id, source, state, reason, found, at) VALUES (?, ?, ?, ?, ?, ?)",
            [artist_id, report.source, report.state, report.reason, report.found, at],
        )


def reports_of(db: Connection, artist_id: int) -> list[SourceReport]:
    """How each source fared when it was last asked about an artist."""
    rows = db.execute(
        "SELECT source, state, reason, found FROM source_reports WHERE artist_id = ?"
        " ORDER BY rowid",
        [artist_id],
    )
    return [SourceReport(*row) for row in rows]


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
            compact(profile.to_json()),
            profile.version,
            profile.basis,
            profile.confidence_score,
            profile.sources_count,
            profile.created_at,
            profile.updated_at,
        ],
    )
    db.execute(  # to be described anew, when somebody asks who is like whom
        "INSERT OR REPLACE INTO descriptions (artist_id, text, facts, model, style, tempo_bpm)"
        " VALUES (?, '', '', '', '', 0)",
        [artist_id],
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
    owned = (
        *("research_sources", "style_profiles", "aliases", "descriptions", "vectors"),
        "source_reports",
    )
    for table in owned:
        db.execute(f"DELETE FROM {table} WHERE artist_id = ?", [artist_id])
    db.execute("DELETE FROM artists WHERE id = ?", [artist_id])
    return count


def compact(value: Mapping[str, Any]) -> str:
    """JSON without a space too many."""
    return json.dumps(value, separators=(",", ":"))
