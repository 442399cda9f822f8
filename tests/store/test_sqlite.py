"""One sqlite module in the process: two on one file would drop each other's locks."""

from sqlite_utils.utils import sqlite3 as theirs

from mididrumigen.store.sqlite import sqlite3 as ours


def test_the_program_uses_the_sqlite_module_that_sqlite_utils_uses() -> None:
    assert ours is theirs
