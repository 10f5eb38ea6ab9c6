"""The eight kinds of question that are measured, each with several wordings so that no cache answers for the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from search.engine import PracticeQuery

FILTERS = {"direction": ("favourable",), "status": ("running", "testing"), "role": ("enabler",)}


@dataclass(frozen=True, eq=False)
class Question:
    """What a reader asks, as a query of the search service and as an address."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    def query(self, **changes: Any) -> PracticeQuery:
        """As the search service takes it."""
        return PracticeQuery(text=self.text, filters=self.filters, page=self.page, **changes)

    @property
    def parameters(self) -> str:
        """As it stands in an address."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [(param, value) for param, values in self.filters.items() for value in values]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)


@dataclass(frozen=True)
class Kind:
    """One row of the table."""

    name: str
    questions: tuple[Question, ...]
    suggests: bool = False


def _texts(*texts: str, **more: Any) -> tuple[Question, ...]:
    return tuple(Question(text, **more) for text in texts)


def kinds() -> tuple[Kind, ...]:
    """The eight kinds. The deep page is the fiftieth where there is one, else the last."""
    from practice_library.models import Entry

    deep = max(min(50, Entry.objects.count() // 20 - 2), 2)
    words = (
        "adoption",
        "attendance",
        "exploitation",
        "siblings",
        "supervision",
        "police",
        "housing",
        "neglect",
    )
    return (
        Kind("one term", _texts(*words)),
        Kind(
            "three terms",
            _texts(
                "social workers caseload", "police exploitation panel", "mental health school",
                "foster carers training", "young carers support", "court plan delay", "domestic abuse parents",
                "housing care leavers",
            ),
        ),
        Kind(
            "phrase",
            _texts(
                '"edge of care"', '"social workers"', '"child protection plan"', '"early help"',
                '"young people"', '"foster carers"', '"mental health"', '"domestic abuse"',
            ),
        ),
        Kind(
            "typing slip",
            _texts(
                "atendance", "exploitaton", "supervison", "adopton", "fosterng carers", "negelct", "sibilngs",
                "housng",
            ),
        ),
        Kind("two terms, three filters", tuple(Question(f"{word} support", FILTERS) for word in words)),
        Kind(
            "browse a facet",
            (
                Question(filters={"direction": ("favourable",)}), Question(filters={"status": ("running",)}),
                Question(filters={"evidence": ("compared",)}), Question(filters={"region": ("north-west",)}),
                Question(filters={"direction": ("adverse",)}), Question(filters={"cost": ("500-1999",)}),
                Question(filters={"role": ("barrier",)}), Question(),
            ),
        ),
        Kind("deep page", _texts("children", "support", "families", "practice", page=deep)),
        Kind(
            "suggest", _texts("fam", "ear", "str", "adol", "child", "saf", "parent", "bri"), suggests=True
        ),
    )  # fmt: skip
