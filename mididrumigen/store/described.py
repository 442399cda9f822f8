"""What artists are compared by, and the vectors of it: one function an intent.

Conventions: a description that is to be made (anew) is a row with empty facts; one whose vector is
of another model, or of an older text, is a row with another model. A vector is little-endian
float32; with it stand the model that made it and the hash of the text.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mididrumigen.models.described import Described
from mididrumigen.store.queries import Connection, compact


class Kept(NamedTuple):
    """A stored artist, as described."""

    artist_id: int
    entry: Described
    vector: bytes | None
    """Of its text by the model that was asked for; None where there is none yet."""


def undescribed(db: Connection, limit: int) -> list[int]:
    """Ids of artists whose description is to be made."""
    rows = db.execute("SELECT artist_id FROM descriptions WHERE facts = '' LIMIT ?", [limit])
    return [row[0] for row in rows]


def describe(db: Connection, found: Mapping[int, tuple[Described, str, str]]) -> None:
    """Keep (description, its text, the text's hash) by artist; of an artist who was forgotten
    meanwhile nothing. A text that has not changed keeps its vector.
    """
    for artist_id, (entry, text, text_hash) in found.items():
        db.execute(
            "UPDATE descriptions SET text = ?, facts = ?, style = ?, tempo_bpm = ?, model ="
            " coalesce((SELECT model FROM vectors v WHERE v.artist_id = ? AND text_hash = ?), '')"
            " WHERE artist_id = ?",
            [
                text,
                compact(entry.to_json()),
                next(iter(entry.styles), ""),
                entry.traits.get("tempo_bpm", 0.0),
                artist_id,
                text_hash,
                artist_id,
            ],
        )


def drop_undescribable(db: Connection, artist_ids: Sequence[int]) -> None:
    """Take artists of whom there is no profile any more out of the comparison."""
    marks = ", ".join("?" * len(artist_ids))
    db.execute(f"DELETE FROM descriptions WHERE artist_id IN ({marks})", [*artist_ids])
    db.execute(f"DELETE FROM vectors WHERE artist_id IN ({marks})", [*artist_ids])


def without_vector(db: Connection, model: str, limit: int) -> list[tuple[int, str]]:
    """(artist id, text) of descriptions that `model` has not read."""
    rows = db.execute(
        # Two ranges, which the index serves; an inequality would read every row.
        "SELECT artist_id, text FROM descriptions WHERE model < ? AND text <> ''"
        " UNION ALL SELECT artist_id, text FROM descriptions WHERE model > ? LIMIT ?",
        [model, model, limit],
    )
    return [(row[0], row[1]) for row in rows]


def count_without_vector(db: Connection, model: str) -> int:
    """How many `without_vector` would give in all."""
    count: int = db.execute(
        "SELECT (SELECT count(*) FROM descriptions WHERE model < ? AND text <> '')"
        " + (SELECT count(*) FROM descriptions WHERE model > ?)",
        [model, model],
    ).fetchone()[0]
    return count


def keep_vectors(db: Connection, model: str, read: Mapping[int, tuple[str, str, bytes]]) -> None:
    """Keep (text, its hash, vector) by artist; of a text that has changed meanwhile nothing."""
    for artist_id, (text, text_hash, vector) in read.items():
        changed = db.execute(
            "UPDATE descriptions SET model = ? WHERE artist_id = ? AND text = ?",
            [model, artist_id, text],
        )
        if changed.rowcount:
            db.execute("DELETE FROM vectors WHERE artist_id = ?", [artist_id])
            db.execute(
                "INSERT INTO vectors (artist_id, model, text_hash, vector) VALUES (?, ?, ?, ?)",
                [artist_id, model, text_hash, vector],
            )


def text_vectors(db: Connection, model: str) -> dict[str, bytes]:
    """Hash -> vector of the texts of built-in entries."""
    rows = db.execute("SELECT text_hash, vector FROM text_vectors WHERE model = ?", [model])
    return dict(rows.fetchall())


def keep_text_vectors(db: Connection, model: str, read: Mapping[str, bytes]) -> None:
    """Keep vectors of built-in texts by their hash."""
    db.executemany(
        "INSERT OR REPLACE INTO text_vectors (model, text_hash, vector) VALUES (?, ?, ?)",
        [(model, text_hash, vector) for text_hash, vector in read.items()],
    )


def drop_text_vectors(db: Connection, model: str, hashes: Sequence[str]) -> None:
    """Drop the vectors of built-in texts but those of `model` with these hashes."""
    old = set(text_vectors(db, model)) - set(hashes)
    db.executemany(
        "DELETE FROM text_vectors WHERE model = ? AND text_hash = ?", [(model, h) for h in old]
    )
    db.execute("DELETE FROM text_vectors WHERE model <> ?", [model])


def count_described(db: Connection) -> int:
    """Number of stored artists that can be compared."""
    count: int = db.execute(
        # Both are counted along an index; the facts of everybody would be much to read.
        "SELECT (SELECT count(*) FROM descriptions)"
        " - (SELECT count(*) FROM descriptions WHERE facts = '')"
    ).fetchone()[0]
    return count


def of_artists(db: Connection, model: str, artist_ids: Sequence[int]) -> list[Kept]:
    """These artists, by id."""
    marks = ", ".join("?" * len(artist_ids))
    return _kept(db, model, f"AND d.artist_id IN ({marks})", [*artist_ids])


def of_everybody(db: Connection, model: str) -> list[Kept]:
    """All stored artists, by id."""
    return _kept(db, model, "", [])


def of_styles(
    db: Connection, model: str, styles: Sequence[str], tempo_bpm: float, most: int
) -> list[Kept]:
    """Stored artists whose main style is one of these, or of whom no style is known (""): of each
    style at most so many, those whose tempo is nearest.
    """
    found: list[Kept] = []
    for style in styles:
        # From the tempo upwards and downwards along the index; sorting a style would read all.
        for side, order in ((">=", "ASC"), ("<", "DESC")):
            where = (
                "AND d.artist_id IN (SELECT artist_id FROM descriptions WHERE style = ?"
                f" AND tempo_bpm {side} ? ORDER BY tempo_bpm {order} LIMIT ?)"
            )
            found += _kept(db, model, where, [style, tempo_bpm, most // 2])
    return found


def _kept(db: Connection, model: str, where: str, values: Sequence[object]) -> list[Kept]:
    rows = db.execute(
        "SELECT d.artist_id, d.facts, v.vector FROM descriptions d"
        " LEFT JOIN vectors v ON v.artist_id = d.artist_id AND v.model = ?"
        f" WHERE d.facts <> '' {where} ORDER BY d.artist_id",
        [model, *values],
    )
    return [Kept(row[0], Described.from_json(json.loads(row[1])), row[2]) for row in rows]


def vectors_since(
    db: Connection, model: str, serial: int, limit: int
) -> list[tuple[int, int, bytes]]:
    """(serial, artist id, vector) of vectors that came after one with this serial, in order."""
    rows = db.execute(
        "SELECT serial, artist_id, vector FROM vectors WHERE serial > ? AND model = ?"
        " ORDER BY serial LIMIT ?",
        [serial, model, limit],
    )
    return rows.fetchall()


def vector_serials(db: Connection, model: str) -> list[int]:
    """Serials of all vectors that there are."""
    rows = db.execute("SELECT serial FROM vectors WHERE model = ? ORDER BY serial", [model])
    return [row[0] for row in rows]


def vectors_stamp(db: Connection, model: str) -> tuple[int, int]:
    """(number, highest serial) of the vectors: it changes with each that comes or goes."""
    stamp: tuple[int, int] = db.execute(
        "SELECT count(*), coalesce(max(serial), 0) FROM vectors WHERE model = ?", [model]
    ).fetchone()
    return stamp


def last_serial(db: Connection) -> int:
    """The serial of the vector that was kept last; at once, however many there are."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'vectors'").fetchone()
    return 0 if row is None else int(row[0])
