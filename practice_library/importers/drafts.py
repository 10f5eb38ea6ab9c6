"""What the content files say, read and checked but not yet in the database. References are still keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]


@dataclass
class Draft:
    """One piece of content with its fingerprint."""

    key: str
    file: str
    line: int
    fingerprint: str
    fields: Fields


@dataclass
class TermDraft(Draft):
    """A vocabulary term; `broader` is a name in the same vocabulary."""

    broader: str = ""


@dataclass
class EntryDraft(Draft):
    """A practice model or case study, with its rows by relation."""

    entry_type: str = ""
    slug: str = ""
    lead: str = ""
    rows: dict[str, list[Fields]] = field(default_factory=dict)
    keywords: list[str] = field(default_factory=list)


@dataclass
class StudyDraft(Draft):
    """A study with what it found."""

    rows: dict[str, list[Fields]] = field(default_factory=dict)


@dataclass
class QuestionDraft(Draft):
    """An open question with what is said about it."""

    positions: list[Fields] = field(default_factory=list)
    about: list[str] = field(default_factory=list)


@dataclass
class LibraryDraft:
    """A whole content folder."""

    terms: dict[str, dict[str, TermDraft]] = field(default_factory=dict)  # vocabulary -> name -> term
    synonyms: list[Draft] = field(default_factory=list)
    organisations: dict[str, Draft] = field(default_factory=dict)
    sources: dict[str, Draft] = field(default_factory=dict)
    entries: dict[str, EntryDraft] = field(default_factory=dict)
    studies: dict[str, StudyDraft] = field(default_factory=dict)
    questions: dict[str, QuestionDraft] = field(default_factory=dict)
