"""The results of a search as CSV, Excel workbook or JSON lines, streamed in batches without a last row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from website.spreadsheets import cell

from search.api.entries import Data
from search.api.openapi import SEARCH_PARAMETERS, documented
from search.api.parameters import query_of
from search.api.problems import problem
from search.engine import EngineDown
from search.exporting import COLUMNS, as_columns, exported
from search.spreadsheet import MEDIA as WORKBOOK
from search.spreadsheet import as_workbook

router = Router()
NO_INDEX = "Search is running without its index just now. Please try the export again later."
MEDIA = {"csv": "text/csv", "xlsx": WORKBOOK, "jsonl": "application/x-ndjson"}
#: What is text says how it is encoded.
TEXT = frozenset({"csv", "jsonl"})


@router.get(
    "/practice.csv",
    url_name="export_csv",
    openapi_extra=documented(parameters=SEARCH_PARAMETERS, media=MEDIA["csv"], also=(503,)),
)
def practice_csv(request: HttpRequest) -> HttpResponseBase:
    """One line an entry for spreadsheets; what is many is joined by semicolons."""
    return _answer(request, "csv", as_csv)


@router.get(
    "/practice.xlsx",
    url_name="export_xlsx",
    openapi_extra=documented(parameters=SEARCH_PARAMETERS, media=MEDIA["xlsx"], also=(503,)),
)
def practice_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The table of `practice.csv` as an Excel workbook of one sheet."""
    return _answer(request, "xlsx", as_sheet)


@router.get(
    "/practice.jsonl",
    url_name="export_jsonl",
    openapi_extra=documented(parameters=SEARCH_PARAMETERS, media=MEDIA["jsonl"], also=(503,)),
)
def practice_jsonl(request: HttpRequest) -> HttpResponseBase:
    """One entry a line, whole, as `/practice/{id}` gives it."""
    return _answer(request, "jsonl", as_lines)


def _answer(
    request: HttpRequest, ending: str, shaped: Callable[[Iterator[Data]], Iterator[str] | Iterator[bytes]]
) -> HttpResponseBase:
    query, like = query_of(request)
    try:
        entries = exported(query, user=request.user, like=like)
    except EngineDown:
        return problem(503, NO_INDEX)
    site = request.build_absolute_uri("/").rstrip("/")
    lines = shaped({**entry, "url": site + entry["url"]} for entry in entries)
    charset = "; charset=utf-8" if ending in TEXT else ""
    response = StreamingHttpResponse(lines, content_type=MEDIA[ending] + charset)
    response["Content-Disposition"] = f'attachment; filename="practice.{ending}"'
    return response


def as_csv(entries: Iterator[Data]) -> Iterator[str]:
    """Lines of a table with a head, in UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    yield _taken(buffer)
    for entry in entries:
        columns = as_columns(entry)
        writer.writerow([cell(columns[name]) for name in COLUMNS])
        yield _taken(buffer)


def as_sheet(entries: Iterator[Data]) -> Iterator[bytes]:
    """The same table as a workbook; numbers stay numbers, and what is saved as CSV from it holds no formula either."""
    rows = map(as_columns, entries)
    return as_workbook(
        COLUMNS,
        (
            [value if isinstance(value, int) else cell(value) for value in (row[name] for name in COLUMNS)]
            for row in rows
        ),
    )


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_lines(entries: Iterator[Data]) -> Iterator[str]:
    """JSON lines."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    return (encoder.encode(entry) + "\n" for entry in entries)
