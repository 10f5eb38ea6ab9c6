"""Addresses of the search page: every filter, order and page is a link that can be shared.

The same search has one address, whatever order the parameters came in, so that links, chips and caches agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from practice_library.comparing import PARAM, Chosen
from search.engine import PAGE_SIZE, PracticeQuery
from search.facets import FACET_PARAMS
from search.queries import to_params

NONE_CHOSEN = Chosen()


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """One state of the page. `like` is the slug of an authority, `table` the other view of the same results.

    `comparing` are the entries chosen to compare: every link carries them on.
    """

    query: PracticeQuery
    like: str = ""
    table: bool = False
    comparing: Chosen = NONE_CHOSEN

    def params(self) -> dict[str, list[str]]:
        """The parameters in their one order: words, filters, area, then how results are shown."""
        params = to_params(self.query, like=self.like)
        page = params.pop("page", None)
        if not self.query.group:
            params["group"] = ["none"]
        if self.query.size != PAGE_SIZE:
            params["size"] = [str(self.query.size)]
        if self.table:
            params["view"] = ["table"]
        if self.comparing.ids:
            params[PARAM] = [self.comparing.value]
        return params | ({"page": page} if page else {})

    @property
    def url(self) -> str:
        """Where this search is."""
        return _with(reverse("practice_search"), self.params())

    def as_followed(self) -> SearchAddress:
        """What decides which entries are found, without how they are listed."""
        return SearchAddress(
            PracticeQuery(
                text=self.query.text,
                filters=self.query.filters,
                words_mine=self.query.words_mine,
                group=True,
            ),
            self.like,
        )

    def feed_url(self, kind: str) -> str:
        """Where the search can be followed, as `rss` or `atom`."""
        return _with(reverse(f"practice_feed_{kind}"), to_params(self.as_followed().query, like=self.like))

    def export_url(self, kind: str) -> str:
        """Where all that it finds is exported, in its order, as `csv`, `xlsx` or `jsonl`."""
        params = to_params(replace(self.query, page=1), like=self.like)
        return _with(reverse(f"api:export_{kind}"), params)

    @property
    def narrows(self) -> bool:
        """Whether anything but words decides what is listed."""
        return bool(self.query.filters or self.like)

    def hidden(self) -> list[tuple[str, str]]:
        """What a form of words and filters has to carry along, because none of its controls shows it."""
        shown = {"q", "like", "page", *FACET_PARAMS}
        return [
            (name, value) for name, values in self.params().items() if name not in shown for value in values
        ]

    def chosen(self) -> list[tuple[str, str]]:
        """The filters in use, for a form that does not show them."""
        return [(param, value) for param in FACET_PARAMS for value in self.query.filters.get(param, ())] + (
            [("like", self.like)] if self.like else []
        )

    def choosing_none(self) -> SearchAddress:
        """The same search without entries to compare."""
        return replace(self, comparing=NONE_CHOSEN)

    def page(self, number: int) -> SearchAddress:
        """The same search at another page."""
        return replace(self, query=replace(self.query, page=number))

    def sorted_by(self, sort: str) -> SearchAddress:
        """In another order, from the start."""
        return self._from_start(sort=sort)

    def as_table(self, table: bool) -> SearchAddress:
        """The same page as a table or as a list."""
        return replace(self, table=table)

    def grouped(self, group: bool) -> SearchAddress:
        """With places under their model, or each by itself."""
        return self._from_start(group=group)

    def asking(self, text: str) -> SearchAddress:
        """The same filters with other words."""
        return self._from_start(text=text)

    def with_my_words_only(self, mine: bool) -> SearchAddress:
        """Without synonyms, or with them again."""
        return self._from_start(words_mine=mine)

    def narrowed_to(self, param: str, values: Iterable[str]) -> SearchAddress:
        """One filter set to exactly these values; none takes it away."""
        return self._from_start(filters=dict(self.query.filters) | {param: tuple(values)})

    def without(self, param: str, value: str) -> SearchAddress:
        """One chosen value fewer."""
        return self.narrowed_to(param, (v for v in self.query.filters.get(param, ()) if v != value))

    def like_area(self, slug: str) -> SearchAddress:
        """Areas like another one, or any area."""
        return replace(self._from_start(), like=slug)

    def without_filters(self) -> SearchAddress:
        """The words alone."""
        return replace(self._from_start(filters={}), like="")

    def _from_start(self, **changes: object) -> SearchAddress:
        return replace(self, query=replace(self.query, page=1, **changes))  # type: ignore[arg-type]


def _with(path: str, params: dict[str, list[str]]) -> str:
    return path + (f"?{urlencode(params, doseq=True)}" if params else "")
