"""The filters that a question asks for without saying so: each with what it would find, none applied by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.addresses import SearchAddress
from search.engine import Hit, PracticeQuery
from search.properties.phrases import Property
from search.properties.recognising import recognise
from search.service import Found, by_meaning, count_without

MOST_OFFERED = 5
ALL = "all of these"


@dataclass(frozen=True, slots=True)
class PropertyOffer:
    """`text` and `filters` are the search that it leads to, `count` the entries that search finds."""

    label: str
    text: str
    filters: dict[str, tuple[str, ...]]
    count: int

    def address_from(self, address: SearchAddress) -> SearchAddress:
        """The same page with the property as a filter instead of as words."""
        offered = address.asking(self.text)
        for param, values in self.filters.items():
            offered = offered.narrowed_to(param, values)
        return offered


def property_offers(found: Found) -> list[PropertyOffer]:
    """None for "search only my words", and none without an index to count in."""
    query = found.query
    if query.words_mine or not query.text or found.notice:
        return []
    meant = recognise(query.text, names=found.vocabulary.names, titles=_titles(found.result.hits))
    known = [each for each in meant.properties if query.filters.get(each.param) != each.values][:MOST_OFFERED]
    wanted: list[tuple[str, tuple[Property, ...]]] = [(each.label, (each,)) for each in known]
    if len(known) > 1:
        wanted.insert(0, (ALL, tuple(known)))
    if not wanted:
        return []
    understood = found.vocabulary.book.understand(meant.subject)
    asked = replace(found.query, text=meant.subject, page=1, expansions=understood, nearness=None)
    asked = by_meaning(asked, found.vocabulary)  # what it adds is the same under every filter
    offers = [_offer(asked, label, properties) for label, properties in wanted]
    return [offer for offer in offers if offer.count]


def _offer(asked: PracticeQuery, label: str, properties: tuple[Property, ...]) -> PropertyOffer:
    filters = dict(asked.filters) | {each.param: each.values for each in properties}
    return PropertyOffer(label, asked.text, filters, count_without(asked, filters))


def _titles(hits: tuple[Hit, ...]) -> Iterator[str]:
    for hit in hits:
        yield str(hit.fields.get("title", ""))
        yield from (str(place.fields.get("title", "")) for place in hit.folded)
