"""When which site may be asked: paces and cooldowns, for all processes of a home and over their
ends, so that a daemon that was killed asks nobody sooner than it should.

Conventions: a key is what is paced as one (see `models.Waits`), and stands in the column `host` of
the cooldowns; times are seconds since 1970, but ISO 8601 in that column. The clock of a computer
may be put right at any time: what is further off than anything waits is not believed.
"""

import math
from datetime import UTC, datetime

from mididrumigen.models import Turn
from mididrumigen.store import Store
from mididrumigen.store.queries import Connection

MOST_TURN_S = 600.0
"""How far off a turn can be: nobody is held longer than a minute, and few wait at once."""
MOST_REST_S = 86_400.0
"""How long a site is left alone at most."""


def take_turn(db: Connection, key: str, now: float, every_s: float) -> Turn:
    """The next free turn, which is taken by this; or until when the site is left alone."""
    rest = db.execute("SELECT until, reason FROM cooldowns WHERE host = ?", [key]).fetchone()
    if rest is not None:
        until = datetime.fromisoformat(rest[0]).timestamp()
        if now < until <= now + MOST_REST_S + 1:
            return Turn(until, rest[1])
        db.execute("DELETE FROM cooldowns WHERE host = ?", [key])
    row = db.execute("SELECT next_at FROM paces WHERE key = ?", [key]).fetchone()
    at = now if row is None or row[0] > now + MOST_TURN_S else max(now, row[0])
    _set_next(db, key, at + every_s)
    # Pages come from ever new hosts.
    db.execute("DELETE FROM paces WHERE next_at < ?", [now - MOST_TURN_S])
    return Turn(at)


def hold(db: Connection, key: str, until: float) -> None:
    """Give no turn before a time; one that is already further off stays so."""
    row = db.execute("SELECT next_at FROM paces WHERE key = ?", [key]).fetchone()
    _set_next(db, key, until if row is None else max(until, row[0]))


def rest(db: Connection, key: str, until: float, why: str) -> None:
    """Leave a site alone until a time, to the whole second after it; one that is already left alone
    for longer stays so.
    """
    db.execute(
        "INSERT INTO cooldowns (host, until, reason) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE"
        " SET until = excluded.until, reason = excluded.reason WHERE excluded.until > until",
        [key, datetime.fromtimestamp(math.ceil(until), UTC).isoformat(), why],
    )


def _set_next(db: Connection, key: str, at: float) -> None:
    db.execute("INSERT OR REPLACE INTO paces (key, next_at) VALUES (?, ?)", [key, at])


class StoredWaits:
    """These as what `fetch` takes turns by."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def turn(self, key: str, now: float, every_s: float) -> Turn:
        """See `take_turn`."""
        return await self._store.write(take_turn, key, now, every_s)

    async def hold(self, key: str, until: float) -> None:
        """See `hold`."""
        await self._store.write(hold, key, until)

    async def rest(self, key: str, until: float, why: str) -> None:
        """See `rest`."""
        await self._store.write(rest, key, until, why)
