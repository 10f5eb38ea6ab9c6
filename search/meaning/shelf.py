"""Where vectors are kept: one file below SEARCH_MEANING_DIR, by entry, each with the hash of the text it was made of.

A SQLite file of its own: a reader sees a change whole or not at all, many processes may read while one writes, and nothing
stays open across forks. It holds nothing that cannot be made again: `search_meaning` does that.
Vectors tell something of their text, so what is dropped is overwritten on the disk too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from search.meaning.weights import MODEL_SHA256

#: Raise it when parts are cut or vectors are packed in another way.
SHAPE = 1
PATIENCE = 20.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    uid TEXT PRIMARY KEY, hash TEXT NOT NULL, model TEXT NOT NULL, is_term INTEGER NOT NULL,
    studies BLOB NOT NULL, lengths BLOB NOT NULL, parts BLOB NOT NULL, tokens BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS waiting (uid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (version INTEGER NOT NULL) STRICT;
INSERT INTO state SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM state);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one entry or term: of each part whether studies say it, its number of pieces and its vector (packed),
    and the vectors of all pieces (packed)."""

    uid: str
    hash: str
    model: str
    is_term: bool
    studies: bytes
    lengths: bytes
    parts: bytes
    tokens: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """How many have vectors and how many wait for theirs."""

    kept: int = 0
    waiting: int = 0
    version: int = 0

    @property
    def serves(self) -> bool:
        """A list ordered by a small part of the library would be worse than one ordered by words."""
        return self.kept > 0 and self.waiting <= self.kept // 9


class Writing:
    """Changes that take hold together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def hashes(self) -> dict[str, str]:
        """The hash of everything kept, by uid."""
        return dict(self._connection.execute("SELECT uid, hash FROM kept"))

    def hash_of(self, uid: str) -> str:
        """Of one; empty where nothing is kept."""
        found = self._connection.execute("SELECT hash FROM kept WHERE uid = ?", (uid,)).fetchone()
        return str(found[0]) if found else ""

    def waiting(self, most: int) -> list[str]:
        """Some that wait."""
        rows = self._connection.execute("SELECT uid FROM waiting ORDER BY uid LIMIT ?", (most,))
        return [uid for (uid,) in rows]

    def put(self, kept: Kept) -> None:
        """Keep, instead of what was kept; it waits no longer."""
        self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(kept))
        self._connection.execute("DELETE FROM waiting WHERE uid = ?", (kept.uid,))

    def await_(self, uid: str) -> None:
        """Its vectors are of a text that is no more: drop them, and let it wait for new ones."""
        self._connection.execute("DELETE FROM kept WHERE uid = ?", (uid,))
        self._connection.execute("INSERT OR IGNORE INTO waiting VALUES (?)", (uid,))

    def drop(self, uid: str) -> None:
        """Neither keep nor wait."""
        self._connection.execute("DELETE FROM kept WHERE uid = ?", (uid,))
        self._connection.execute("DELETE FROM waiting WHERE uid = ?", (uid,))


class Shelf:
    """Opens the file for each use: 0.2 ms. Everything may raise sqlite3.Error or OSError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"vectors-{SHAPE}-{MODEL_SHA256[:12]}.sqlite3"

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The only writer while it lasts; all of its changes or none."""
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as connection:
            if new:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(_SCHEMA)
                self._leave_older()
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            try:
                changes = connection.total_changes
                yield Writing(connection)
                if connection.total_changes != changes:
                    connection.execute("UPDATE state SET version = version + 1")
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _leave_older(self) -> None:
        for older in self.path.parent.glob("vectors-*"):
            if not older.name.startswith(self.path.name):
                older.unlink(missing_ok=True)

    def count(self) -> Count:
        """Entries and terms, and a version that is another after every change."""
        rows = list(
            self._read(
                "SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM waiting), version FROM state"
            )
        )
        return Count(*rows[0]) if rows else Count()

    def everything(self) -> Iterator[tuple[str, str, bool, bytes, bytes]]:
        """uid, model, whether it is a term, which parts are of studies, and the packed vectors of parts."""
        yield from self._read("SELECT uid, model, is_term, studies, parts FROM kept ORDER BY uid")

    def entries(self) -> Iterator[tuple[str, bytes, bytes, bytes]]:
        """uid, which parts are of studies, the number of pieces of each part, and the packed vectors of parts."""
        yield from self._read("SELECT uid, studies, lengths, parts FROM kept WHERE NOT is_term ORDER BY uid")

    def tokens(self, uids: Iterable[str]) -> dict[str, tuple[bytes, bytes, bytes]]:
        """By uid: which parts are of studies, the number of pieces of each part, and the packed vectors of pieces."""
        wanted = list(uids)
        marks = ", ".join("?" * len(wanted))
        question = f"SELECT uid, studies, lengths, tokens FROM kept WHERE uid IN ({marks})"  # noqa: S608 - question marks only
        return {
            uid: (studies, lengths, tokens) for uid, studies, lengths, tokens in self._read(question, wanted)
        }

    def _read(self, question: str, values: Iterable[str] = ()) -> Iterator[tuple[Any, ...]]:
        if not self.path.exists():
            return
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=PATIENCE)) as connection:
            yield from connection.execute(question, list(values))


def current_shelf() -> Shelf:
    """The shelf of this site."""
    return Shelf(Path(settings.SEARCH_MEANING_DIR))
