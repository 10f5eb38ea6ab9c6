"""A table as an Excel workbook that is sent while it is written: one sheet, text as text, no formula.

openpyxl finishes the whole file before its first byte can leave, which on a large library is longer than proxies wait.
A workbook is a zip of a few small files and one that grows by a line a row, so the standard library streams it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a sheet holds at most.
MOST_ROWS, LONGEST_CELL = 1_048_576, 32_767
CUT = " … (cut: longer than a cell holds)"
TOO_MANY = "More rows than a sheet holds: take the CSV or JSON lines."
#: Bytes that are gathered before they are sent on.
CHUNK = 32 * 1024
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Excel reads _x000D_ and the like as a character: the underscore is written as one.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SMALL = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_PART}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_PART}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Practice" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
#: The row of names stays in sight.
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{columns}" width="24" customWidth="1"/></cols><sheetData>'
)


class _Outlet:
    """Where the zip is written: what has come in since it was last emptied. It cannot seek, so zipfile never looks back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts, self.waiting = [], 0
        return data


def as_workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The bytes of the file, a few at a time, whatever the number of rows."""
    outlet = _Outlet()
    with ZipFile(cast(IO[bytes], outlet), "w", ZIP_DEFLATED) as package:
        for name, xml in _SMALL.items():
            package.writestr(name, _HEAD + xml)
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write((_HEAD + _SHEET.replace("{columns}", str(len(columns)))).encode())
            for row in _within_a_sheet(columns, rows):
                sheet.write(f"<row>{''.join(map(_cell, row))}</row>".encode())
                if outlet.waiting >= CHUNK:
                    yield outlet.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.taken()


def _within_a_sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield columns
    for number, row in enumerate(rows, start=2):
        if number == MOST_ROWS:
            yield [TOO_MANY]
            return
        yield row


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = _NOT_XML.sub("", str(value))
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        text = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT
    written = escape(_ESCAPE.sub("_x005F_", text), {"\r": "_x000D_"})
    return f'<c t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
