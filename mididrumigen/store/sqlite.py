"""The one sqlite module of the process.

The choice of sqlite-utils, made again without importing it (it costs 130 ms and, where numpy is
installed, numpy): `pysqlite3` where it is installed, since it can load extensions, else Python's
own. Two SQLite libraries on one file in one process would drop each other's locks, so a test holds
the two choices together.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        sqlite3 = importlib.import_module("pysqlite3")
    except ImportError:
        import sqlite3

__all__ = ["sqlite3"]
