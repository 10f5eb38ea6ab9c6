"""The results of a search as CSV or JSON lines, streamed in batches."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from search.api.parameters import SEARCH_PARAMETERS, documented, query_of
from search.api.problems import problem
from search.engine import EngineDown
from search.exporting import COLUMNS, Row, exported
from search.queries import BadQuery
from search.vocabulary import current_vocabulary

router = Router()
#: A cell that begins so would be run as a formula by a spreadsheet.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@router.get(
    "/practice.csv",
    url_name="export_csv",
    openapi_extra=documented(parameters=SEARCH_PARAMETERS, media="text/csv"),
)
def practice_csv(request: HttpRequest) -> HttpResponseBase:
    """One line an entry, lists joined by “; ”."""
    return _answer(request, "text/csv; charset=utf-8", "practice.csv", _csv)


@router.get(
    "/practice.jsonl",
    url_name="export_jsonl",
    openapi_extra=documented(parameters=SEARCH_PARAMETERS, media="application/x-ndjson"),
)
def practice_jsonl(request: HttpRequest) -> HttpResponseBase:
    """One JSON object a line."""
    return _answer(request, "application/x-ndjson", "practice.jsonl", _jsonl)


def _answer(request: HttpRequest, content_type: str, name: str, lines: Any) -> HttpResponseBase:
    try:
        query, like = query_of(request, current_vocabulary())
        rows = exported(query, user=request.user, like=like)
    except BadQuery as error:
        return problem(400, error.problem, param=error.param)
    except EngineDown:
        return problem(
            503, "Search is running without its index just now. Please try the export again later."
        )
    response = StreamingHttpResponse(lines(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Iterator[Row]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in COLUMNS])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _jsonl(rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"
