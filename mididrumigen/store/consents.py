"""What the user said yes to, one row a site; run by `Store.read` and `Store.write`."""

from mididrumigen.store.queries import Connection


def consents(db: Connection) -> dict[str, str]:
    """Site -> since when the user agrees."""
    return dict(db.execute("SELECT site, since FROM consents ORDER BY site").fetchall())


def allow(db: Connection, site: str, at: str) -> None:
    """Note a yes; one that was given already keeps its time."""
    db.execute("INSERT OR IGNORE INTO consents (site, since) VALUES (?, ?)", [site, at])


def revoke(db: Connection, site: str) -> bool:
    """Take a yes back; False where there was none."""
    return db.execute("DELETE FROM consents WHERE site = ?", [site]).rowcount > 0
