"""Find the authorities that a text or a typed search names.

Words go through a trie once, so a search pays microseconds, and the longest name wins: "Cheshire West and
Chester" is never "Chester", "Greater Manchester" never Manchester. Built once for each process from the
database, so that a name added in the CMS counts; built anew when an organisation changes, and in other
processes after `STALE_AFTER` seconds.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from website.places.choices import AliasKind
from website.places.spelling import normalise

RULES = Path(__file__).resolve().parent / "facts" / "name_rules.csv"
STALE_AFTER = 300

_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019\u02bc][^\W_]+)*|[&,]")
_GAP = re.compile(r"\s*|\s*[-\u2010\u2011\u2012\u2013]\s*")
_GAP_AFTER_SAINT = re.compile(r"\.?\s*")
_POSSESSIVE = re.compile(r"['\u2018\u2019\u02bc]s$", re.IGNORECASE)
_UNIVERSITY_BEFORE = re.compile(r"\buniversit(?:y|ies) of (?:the )?$", re.IGNORECASE)
_UNIVERSITY_AFTER = re.compile(r"\s(?:[A-Z]\w+ ){0,2}(?i:university\b)")
_PERSON_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lord|Lady|Baroness)\.? (?:[A-Z]\w+ )?$"
)
_COUNCIL_AFTER = re.compile(r"\s(?:council|borough|city council|county council)\b", re.IGNORECASE)


class Name(NamedTuple):
    """A name and whom it means; no slug for a phrase that only looks like a place."""

    text: str
    slug: str
    rank: int = 0


class Found(NamedTuple):
    """Where in the text, from and to, and which authority."""

    start: int
    end: int
    slug: str


class _Word(NamedTuple):
    start: int
    end: int
    forms: tuple[str, ...]
    possessive: bool


@dataclass
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    name: Name | None = None


class PlaceNames:
    """The trie of names. A lower rank wins a name that two authorities have had (Somerset, Dorset)."""

    def __init__(self, names: Iterable[Name], *, ordinary_words: Iterable[str] = ()) -> None:
        self._root = _Node()
        self._ordinary = {normalise(word) for word in ordinary_words}
        for name in names:
            self._add(name)

    def find(self, text: str) -> list[Found]:
        """All names in the order of the text; names do not overlap."""
        words = list(_words(text))
        shouted = text.isupper()
        found: list[Found] = []
        at = 0
        while at < len(words):
            match = self._longest(text, words, at)
            if match is None:
                at += 1
                continue
            name, after, end = match
            start = words[at].start
            if name.slug and self._is_meant(text, start, end, name, single=after - at == 1, shouted=shouted):
                found.append(Found(start, end, name.slug))
            at = after
        return found

    def _add(self, name: Name) -> None:
        node = self._root
        for word in _words(name.text):
            node = node.after.setdefault(word.forms[0], _Node())
        if node is not self._root and (node.name is None or name.rank < node.name.rank):
            node.name = name

    def _longest(self, text: str, words: list[_Word], at: int) -> tuple[Name, int, int] | None:
        node, best = self._root, None
        for position in range(at, len(words)):
            word = words[position]
            if position > at and not _joined(text, words[position - 1], word):
                break
            if word.possessive:
                last = node.after.get(word.forms[1])
                if last and last.name:
                    best = last.name, position + 1, word.end - 2
            following = node.after.get(word.forms[0])
            if following is None:
                break
            node = following
            if node.name:
                best = node.name, position + 1, word.end
        return best

    def _is_meant(self, text: str, start: int, end: int, name: Name, *, single: bool, shouted: bool) -> bool:
        before, after = text[max(0, start - 40) : start], text[end : end + 40]
        if _UNIVERSITY_BEFORE.search(before) or _UNIVERSITY_AFTER.match(after):
            return False
        if _PERSON_BEFORE.search(before):
            return False
        if single and normalise(text[start:end]) in self._ordinary:
            capital = text[start].isupper() and not shouted
            return capital or bool(_COUNCIL_AFTER.match(after))
        return True


def find_places(text: str) -> list[Found]:
    """The authorities that the text names: from, to (exclusive) and slug.

    A former authority keeps its own name: "Cumbria" is `cumbria`, whose successors the caller may add.
    """
    return _current_names().find(text)


def forget() -> None:
    """Build the names anew on the next use."""
    global _held
    _held = None


@lru_cache(maxsize=1)
def name_rules() -> tuple[frozenset[str], frozenset[str]]:
    """Names that are ordinary words, and phrases that only look like places."""
    with RULES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ordinary = frozenset(row["phrase"] for row in rows if row["rule"] == "ordinary word")
    not_places = frozenset(row["phrase"] for row in rows if row["rule"] == "not a place")
    return ordinary, not_places


_held: tuple[float, PlaceNames] | None = None


def _current_names() -> PlaceNames:
    global _held
    if _held is not None and time.monotonic() - _held[0] < STALE_AFTER:
        return _held[1]
    ordinary, not_places = name_rules()
    authorities = list(_names_held())
    names = PlaceNames([*authorities, *(Name(each, "", -1) for each in not_places)], ordinary_words=ordinary)
    if authorities:
        _held = (time.monotonic(), names)
    return names


def _names_held() -> Iterator[Name]:
    """Own names before other names, today's authorities before former ones."""
    from website.places.models import Organisation

    rows: Iterable[dict[str, Any]] = Organisation.objects.authorities().values(
        "slug", "name", "short_name", "official_name", "end", "aliases__alias", "aliases__kind"
    )
    for row in rows:
        former = 1 if row["end"] else 0
        for column in ("name", "short_name", "official_name"):
            if row[column]:
                yield Name(row[column], row["slug"], former)
        if row["aliases__alias"] and row["aliases__kind"] == AliasKind.NAME:
            yield Name(row["aliases__alias"], row["slug"], 2 + former)


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        whole = match.group()
        form = "," if whole == "," else normalise(whole)
        if not form:
            continue
        bare = _POSSESSIVE.sub("", whole)
        possessive = bare != whole
        yield _Word(
            match.start(), match.end(), (form, normalise(bare)) if possessive else (form,), possessive
        )


def _joined(text: str, before: _Word, word: _Word) -> bool:
    gap = text[before.end : word.start]
    pattern = _GAP_AFTER_SAINT if before.forms[0] == "st" else _GAP
    return pattern.fullmatch(gap) is not None
