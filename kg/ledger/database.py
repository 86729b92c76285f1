"""One SQLite file: opened, read, written in transactions, and its troubles said in one sentence."""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import LedgerError
from kg.ledger.schema import migrate

Row = tuple[Any, ...]

CACHE = 65536
"""KiB of the file that are kept in memory."""

# How long a command waits for another that writes: a writer's transaction takes milliseconds, a large
# resolution seconds.
BUSY_SECONDS = 60


class Database:
    """A connection. Text reaches it through parameters only."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        with self._explained():
            self._connection = sqlite3.connect(
                path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: a store flushes what it applied, and must never be ahead of the record after a power cut.
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        # What is erased is overwritten.
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.execute(f"PRAGMA cache_size = -{CACHE}")
        migrate(self._connection, self.path)

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeEncodeError) as error:
            raise LedgerError(_sentence(error, self.path)) from error

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """All rows of a query."""
        with self._explained():
            return self._connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, *parameters: object) -> Iterator[Row]:
        """The rows of a query, one after the other."""
        with self._explained():
            yield from self._connection.execute(sql, parameters)

    def row(self, sql: str, *parameters: object) -> Row | None:
        """The first row of a query, or none."""
        with self._explained():
            found: Row | None = self._connection.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, *parameters: object) -> Any:
        """The first value of the first row, or none."""
        row = self.row(sql, *parameters)
        return None if row is None else row[0]

    def execute(self, sql: str, *parameters: object) -> int:
        """Run one statement; the key of the row it inserted, if it did."""
        with self._explained():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        with self._explained():
            self._connection.executemany(sql, rows)

    def next_n(self, table: str) -> int:
        """The key that the table's next row will have; good within a transaction."""
        return int(self.value("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or 0) + 1

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing, with the lock of the one writer from the start; may not be nested."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def flush(self) -> None:
        """Empty the write-ahead log, in which what was deleted would stay for a while."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; WAL and index files go with the last connection."""
        with self._explained():
            self._connection.close()


_SENTENCES = (
    ("database or disk is full", "The disk is full: {path} could not be written; free some space and run it again."),
    ("readonly database", "{path} cannot be written; give yourself the right to write it and its folder."),
    ("is locked", "Another kg command is writing {path}; wait until it is done, then run this again."),
    ("unable to open", "{path} cannot be opened; does its folder exist, and may you write there?"),
    ("is not a database", "{path} is not a newskg record, or is damaged; restore it from a backup."),
    ("malformed", "{path} is damaged; restore it from a backup (`kg backup` makes one)."),
    ("disk I/O error", "{path} cannot be read or written: the disk reports an error; check the disk."),
    ("surrogates not allowed", "A text for {path} holds half a character (a lone surrogate); mend its encoding."),
)


def _sentence(error: Exception, path: Path) -> str:
    text = str(error)
    for needle, sentence in _SENTENCES:
        if needle in text:
            return sentence.format(path=path)
    return f"{path} cannot be used: {text}."
