"""Cuts passages out of values: texts, lists, objects, and JSON that is kept as text within JSON, as Wagtail keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from .words import Find


def cut(value: Any, find: Find) -> tuple[Any, list[str]]:
    """The value with stubs in place of what `find` finds, and the stretches taken out, in order."""
    if isinstance(value, str):
        inner = _as_json(value)
        if inner is None:
            return cut_text(value, find)
        left, taken = cut(inner, find)
        return (json.dumps(left) if taken else value), taken
    if isinstance(value, list | tuple):
        parts = [cut(each, find) for each in value]
        return type(value)(left for left, _ in parts), [each for _, taken in parts for each in taken]
    if isinstance(value, dict):
        named = {key: cut(each, find) for key, each in value.items()}
        return (
            {key: left for key, (left, _) in named.items()},
            [each for _, taken in named.values() for each in taken],
        )
    return value, []


def cut_text(text: str, find: Find) -> tuple[str, list[str]]:
    """The same of plain text."""
    left, taken, at = [], [], 0
    for span in sorted(find(text), key=lambda span: span.start):
        if span.start < at:
            continue
        left += [text[at : span.start], span.stub]
        taken.append(text[span.start : span.end])
        at = span.end
    return "".join([*left, text[at:]]), taken


def texts_in(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        inner = _as_json(value)
        if inner is None:
            yield value
        else:
            yield from texts_in(inner)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def _as_json(text: str) -> Any:
    if text[:1] in ("[", "{") and text[-1:] in ("]", "}"):
        with suppress(ValueError):
            return json.loads(text)
    return None
