"""Uploaded files in which a passage stands: they go whole, with their rows, and with them what was made of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec

from django.apps import apps
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, Model

from .stores import Count, PassageStore, Removal

#: Within office files a word may be cut by tags, so these alone part words.
_PARTS = re.compile(
    r"</(?:w:p|w:tc|a:p|si|row|c|text:p|text:h|table:table-cell)>"
    r"|<(?:w:br|w:tab|a:br|text:s|text:tab)\b[^>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x00\x00\x00 ftyp", b"\x00\x00\x00\x1cftyp")


def text_of(content: bytes) -> str | None:
    """What a file says; None where that cannot be told. By content: names lie."""
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(_of_office(archive.read(name)) for name in archive.namelist() if _is_text(name))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(_PICTURES):
        return ""
    if b"\x00" in content[:2048]:
        return None
    return content.decode("utf-8", "replace") if _is_utf8(content) else content.decode("cp1252", "replace")


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".txt", ".csv", ".html", ".htm", ".md"))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_office(content: bytes) -> str:
    return _TAG.sub("", _PARTS.sub(" ", content.decode("utf-8", "replace")))


def _of_pdf(content: bytes) -> str | None:
    if find_spec("pypdf") is None:
        return None
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError):
        return None


def _remove(removal: Removal) -> Count:
    counts: Counter[str] = Counter()
    for name in _names():
        with default_storage.open(name) as file:
            text = text_of(file.read())
        if text is None:
            removal.unread.append(name)
        if removal.stands_in(name) or (text and removal.stands_in(text)):
            for row, column in _rows_of(name):
                _forget(row, column)
            transaction.on_commit(partial(default_storage.delete, name), robust=True)
            shown = "a file named by the passage" if removal.stands_in(name) else name
            counts[f"file removed: {shown}"] += 1
    return counts


def _names(folder: str = "") -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(files))
    for inner in sorted(folders):
        yield from _names(f"{folder}/{inner}".lstrip("/"))


def _rows_of(name: str) -> Iterator[tuple[Model, FileField]]:
    for model in apps.get_models():
        for column in model._meta.local_fields:
            if isinstance(column, FileField):
                for row in model._base_manager.filter(**{column.name: name}):
                    yield row, column


def _forget(row: Model, column: FileField) -> None:
    """A document or picture is nothing without its file; a profile is something without its picture."""
    if column.blank:
        type(row)._base_manager.filter(pk=row.pk).update(**{column.name: ""})
    else:
        row.delete()


FILES = PassageStore("uploads", _remove)


def _empty_cache(removal: Removal) -> Count:
    """What was counted or drawn before is counted anew; so are the limits of who does what how often."""
    transaction.on_commit(cache.clear, robust=True)
    return {}


CACHE = PassageStore("cache", _empty_cache)
