"""Audits that were made before, in an SQLite file: safe under several processes at once.

Nothing here is worth an error. What is broken is thrown away, and where the file can't be used the
run goes on without it.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

_FILE = "audits-1.sqlite3"
_LARGEST = 512 * 1024 * 1024  # bytes of the file, beyond which the oldest half is dropped
_PATIENCE = 10.0  # seconds to wait for another process that writes
_DAY = 24 * 60 * 60
_TABLE = (
    "CREATE TABLE IF NOT EXISTS audits "
    "(key TEXT PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
)
# Not the file's fault: it is busy, full, or may not be written.
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def default_folder() -> Path:
    """The folder for caches of this user and system."""
    from platformdirs import user_cache_path

    return user_cache_path("translation-auditor", appauthor=False)


class Cache:
    """Keeps plain values under keys; used as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _FILE
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Open the file, or make it."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, and keep it from growing for ever."""
        self._trim()
        self._close()

    def get(self, key: str) -> Any:
        """The values under a key, or None."""
        row = self._run("SELECT value, used FROM audits WHERE key = ?", (key,))
        if not row:
            return None
        try:
            values = json.loads(zlib.decompress(row[0][0]))
        except (zlib.error, ValueError, TypeError, RecursionError):
            self._run("DELETE FROM audits WHERE key = ?", (key,))
            return None
        if row[0][1] < time.time() - _DAY:
            self._run("UPDATE audits SET used = ? WHERE key = ?", (int(time.time()), key))
        return values

    def put(self, key: str, values: Any) -> None:
        """Keep values that JSON can hold under a key."""
        try:
            text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        except (TypeError, ValueError):
            return
        blob = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        self._run("INSERT OR REPLACE INTO audits VALUES (?, ?, ?)", (key, blob, int(time.time())))

    def _open(self) -> None:
        """Open the file; a broken one is thrown away once."""
        for attempt in (1, 2):
            try:
                self._connection = sqlite3.connect(
                    self.path, timeout=_PATIENCE, isolation_level=None
                )
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.execute(_TABLE)
                return
            except sqlite3.Error as error:
                self._close()
                if attempt == 2 or not self._discard(error):
                    return

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self._close()
            if self._discard(error):
                self._open()
            return []

    def _discard(self, error: sqlite3.Error) -> bool:
        """Throw the file away if it is broken; whether it is gone."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _PASSING:
            return False
        try:
            for ending in ("-journal", "-wal", "-shm", ""):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _trim(self) -> None:
        """Drop the half that was not used for longest, where the file has grown too large."""
        with suppress(OSError):
            if self._connection is None or self.path.stat().st_size < _LARGEST:
                return
            middle = self._run(
                "SELECT used FROM audits ORDER BY used LIMIT 1 "
                "OFFSET (SELECT COUNT(*) / 2 FROM audits)"
            )
            if middle:
                self._run("DELETE FROM audits WHERE used <= ?", middle[0])
                self._run("VACUUM")

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
