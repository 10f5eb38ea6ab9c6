"""What the larger components take: plain, typed values that any room can build without knowing the markup.

How components are used, everywhere and in one way: `{% include "components/x.html" with ... only %}`. A cached include costs
a few microseconds, needs no library to be loaded, and the first line of each template says what it takes. Where a component
holds markup of the page (details, fieldset, inset), capture it first: `{% markup as body %}...{% endmarkup %}` from
`{% load components %}`. Words that readers see are passed in; nothing here knows a label of the knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

MOST_PHRASES = 3
_PHRASE = re.compile(
    r"<mark>[^<]*</mark>(?:[ -](?:(?:a|an|and|at|for|in|of|on|the|to|with) ){0,2}<mark>[^<]*</mark>)*",
    re.IGNORECASE,
)


def _plain(marked: str) -> str:
    return marked.replace("<mark>", "").replace("</mark>", "")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One result in a sentence: "Better entry to care / Measured before and after, 2 places".

    direction: slug of the direction, or "process" for "How it was put in place". word: what readers see for it.
    tested: level and qualifiers in words. note: what happened, in a few words. flags: harm found, accounts differ.
    """

    direction: str
    word: str
    outcome: str = ""
    tested: str = ""
    note: str = ""
    url: str = ""
    flags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a result matched: the encoded words with their marks, where they stand ("the summary"), a passage if it helps."""

    html: SafeString | str
    where: str
    passage: SafeString | str = ""

    @classmethod
    def of(cls, *, html: str, where: str, with_passage: bool = False) -> Why:
        """From an engine's passage, whose text is already encoded: only the marked words, neighbours joined to phrases.

        "a team for <mark>adolescents</mark> on the <mark>edge</mark> of <mark>care</mark>" gives "adolescents on the edge of
        care"; words further apart are listed. Each phrase is said once.
        """
        phrases = list(dict.fromkeys(_plain(found.group()) for found in _PHRASE.finditer(html)))
        joined = ", ".join(f"<mark>{phrase}</mark>" for phrase in phrases[:MOST_PHRASES])
        return cls(mark_safe(joined), where, mark_safe(html) if with_passage else "")


@dataclass(frozen=True, slots=True)
class Place:
    """A link with a quiet note after it."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoldedPlaces:
    """Near-identical places that stand under their model: "and 12 places"."""

    label: str
    shown: Sequence[Place]
    all_url: str = ""
    all_label: str = "See all"


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One search result, read as a sentence. id must be unique on the page. compare: where it is set beside others."""

    id: str
    title: str
    url: str
    type_line: str
    summary: str = ""
    why: Sequence[Why] = ()
    outcomes: Sequence[OutcomeRow] = ()
    needs: str = ""
    places: FoldedPlaces | None = None
    compare: Link | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a filter with the true number of entries it would leave."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One filter: the values seen at once, and the rest behind "show N more"."""

    name: str
    label: str
    first: Sequence[FacetValue]
    more: Sequence[FacetValue] = ()
    hint: str = ""

    @classmethod
    def of(
        cls, *, name: str, label: str, values: Sequence[FacetValue], limit: int = 6, hint: str = ""
    ) -> FacetGroup:
        """Split the values: a chosen one is never hidden, and one left over is shown rather than folded."""
        if len(values) <= limit + 1:
            return cls(name, label, values, (), hint)
        room = max(limit - sum(value.selected for value in values), 0)
        first: list[FacetValue] = []
        more: list[FacetValue] = []
        for value in values:
            if value.selected:
                first.append(value)
            elif room:
                first.append(value)
                room -= 1
            else:
                more.append(value)
        return cls(name, label, first, more, hint)


@dataclass(frozen=True, slots=True)
class Field:
    """A hidden field that carries a choice made elsewhere (sort, view, only my words)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a select, a radio or a checkbox."""

    value: str
    text: str
    selected: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class AreaPicker:
    """Areas like mine: authorities to choose from, the chosen one selected."""

    options: Sequence[Option]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filter form of a search page. target is the CSS id selector of what a live change replaces."""

    action: str
    groups: Sequence[FacetGroup]
    target: str
    more_groups: Sequence[FacetGroup] = ()
    more_open: bool = False
    like: AreaPicker | None = None
    hidden: Sequence[Field] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use; url is the same search without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be where the reader already is."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of an empty search, with the number of results it leads to."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ZeroResults:
    """What to offer where nothing matches."""

    drops: Sequence[WayOut] = ()
    nearest: Sequence[WayOut] = ()
    sentence: str = ""
    ask_url: str = ""
    ask_text: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered page, or a gap where number is None."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pagination:
    """Pages of a list: first, last and the neighbours of the current one."""

    items: Sequence[PageLink]
    previous: str = ""
    next: str = ""

    @classmethod
    def of(cls, *, page: int, last: int, url_for: Callable[[int], str]) -> Pagination:
        """The links for one page out of last; url_for gives the address of a page number."""
        near = {1, last, page - 1, page, page + 1}
        items: list[PageLink] = []
        previous = 0
        for number in sorted(n for n in near if 1 <= n <= last):
            if number == previous + 2:
                items.append(PageLink(number - 1, url_for(number - 1)))
            elif number > previous + 2:
                items.append(PageLink(None))
            items.append(PageLink(number, url_for(number), current=number == page))
            previous = number
        return cls(
            items,
            previous=url_for(page - 1) if page > 1 else "",
            next=url_for(page + 1) if page < last else "",
        )
