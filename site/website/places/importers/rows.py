"""Read an official CSV file row by row and name, with file and line, whatever cannot be read."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Refusal:
    """One row, or a whole file (line 0), that was not taken over and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.reason}"


@dataclass(frozen=True)
class Row:
    """The cells of one line, trimmed, by column name."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refused(self, reason: str) -> Refusal:
        return Refusal(self.file, self.line, reason)


@dataclass
class Table:
    """A file as read: its rows, what was refused and what the reader should know."""

    file: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def require(self, columns: Iterable[str]) -> bool:
        """Refuse the whole file when a column is missing: half a layout is a different layout."""
        missing = [column for column in columns if column not in self.columns]
        if missing and self.columns:
            self.rows = []
            self.refusals.append(
                Refusal(
                    self.file, 1, f"Column missing: {', '.join(missing)}. Found: {', '.join(self.columns)}."
                )
            )
        return not missing


def read_table(path: Path) -> Table:
    """Read a comma-separated file in UTF-8; a UTF-8 byte order mark is skipped and mentioned."""
    table = Table(file=path.name)
    text = _decoded(path, table)
    if text is None:
        return table
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        _fill(table, reader)
    except csv.Error as error:
        table.refusals.append(Refusal(table.file, reader.line_num, f"Not a well-formed CSV line: {error}."))
    return table


def _decoded(path: Path, table: Table) -> str | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        table.refusals.append(Refusal(table.file, 0, f"The file cannot be opened: {error.strerror}."))
        return None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        table.refusals.append(Refusal(table.file, 1, "The file is in UTF-16; save it as CSV UTF-8."))
        return None
    if content.startswith(codecs.BOM_UTF8):
        table.notes.append(f"{table.file}: starts with a byte order mark, which was skipped.")
        content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"Byte 0x{content[error.start]:02x} is not UTF-8 (often Windows-1252); save it as CSV UTF-8."
        table.refusals.append(Refusal(table.file, line, reason))
        return None


def _fill(table: Table, reader: Iterator[Sequence[str]]) -> None:
    header = [cell.strip() for cell in next(reader, [])]
    if not any(header):
        table.refusals.append(Refusal(table.file, 1, "The file is empty."))
        return
    repeated = sorted({column for column in header if header.count(column) > 1})
    if repeated:
        table.refusals.append(Refusal(table.file, 1, f"Column given twice: {', '.join(repeated)}."))
        return
    table.columns = tuple(header)
    for cells in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"{len(cells)} cells where the header has {len(header)}."
            table.refusals.append(Refusal(table.file, line, reason))
            continue
        trimmed = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        table.rows.append(Row(table.file, line, trimmed))
