"""Ways out of an empty search: which filter to drop and what that would find, nearest terms, and where to browse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from django.urls import reverse
from website.components.shapes import WayOut, ZeroResults

from search.addresses import SearchAddress
from search.analysis import STOP_WORDS, words
from search.current import current_engine
from search.engine import EngineDown
from search.facets import FACET_PARAMS
from search.narrowing import chip_label, like_label
from search.service import Found, count_without
from search.suggesting import facet_totals
from search.vocabulary import TERM_FACETS, Vocabulary

MOST_DROPS = 8
MOST_TERMS = 6
MOST_WORDS = 12
#: A word is tried by its beginning, so that "fostered" leads to "foster care".
BEGINNING = 5
ASK = "Ask other members: somebody may have done it and not written it down. You sign in first."
ALIKE = 0.8


def ways_out(found: Found, address: SearchAddress) -> ZeroResults:
    """What to offer where nothing matches. Costs one count for each filter and one search for the terms."""
    drops = sorted(_drops(found, address), key=lambda drop: -drop.count)
    return ZeroResults(
        drops=[drop for drop in drops if drop.count],
        nearest=list(_nearest(found, address)),
        sentence=_sentence(address),
        ask_url=reverse("exchange_new"),
        ask_text=ASK,
    )


def _sentence(address: SearchAddress) -> str:
    if address.query.text and address.narrows:
        return "No entry matches these words and all of these filters."
    if address.query.text:
        return "No entry in the library holds these words."
    return "No entry matches all of these filters."


def _drops(found: Found, address: SearchAddress) -> Iterator[WayOut]:
    """Each filter taken away as a whole: within one, a value fewer never finds more."""
    if not address.narrows:
        return
    query = found.query
    for param in [each for each in FACET_PARAMS if query.filters.get(each)][:MOST_DROPS]:
        rest = {each: values for each, values in query.filters.items() if each != param}
        label = " or ".join(chip_label(found.vocabulary, param, value) for value in query.filters[param])
        yield WayOut(label, address.narrowed_to(param, ()).url, count_without(query, rest))
    if address.like:
        count = count_without(replace(query, like=()), query.filters)
        yield WayOut(like_label(found.vocabulary, address.like), address.like_area("").url, count)
    if query.text:
        count = count_without(replace(query, text="", expansions=None, nearness=None), query.filters)
        yield WayOut(query.text, address.asking("").url, count)


def _nearest(found: Found, address: SearchAddress) -> Iterator[WayOut]:
    """Terms of the vocabularies that begin like a word asked for or are spelt nearly so, with what each finds."""
    terms = list(dict.fromkeys(_terms_near(found.query.text, found.vocabulary)))[: MOST_TERMS * 3]
    if not terms:
        return
    try:
        counts = facet_totals(
            current_engine(), tuple(dict.fromkeys(param for param, _ in terms)), found.query.exclude
        )
    except EngineDown:
        return
    start = address.without_filters().asking("").with_my_words_only(False)
    known = [(param, slug) for param, slug in terms if counts.get((param, slug))]
    for param, slug in known[:MOST_TERMS]:
        label = found.label(param, slug)
        yield WayOut(label, start.narrowed_to(param, [slug]).url, counts[param, slug])


def _terms_near(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    spelt = _by_word(vocabulary)
    for word in words(text)[:MOST_WORDS]:
        if len(word) < 3 or word in STOP_WORDS:
            continue
        for _, param, slug in vocabulary.terms.starting(word[:BEGINNING]):
            yield param, slug
        for near in get_close_matches(word, spelt, n=3, cutoff=ALIKE):
            yield from spelt[near]


def _by_word(vocabulary: Vocabulary) -> dict[str, list[tuple[str, str]]]:
    """Terms by each word of their label and synonyms."""
    spelt: dict[str, list[tuple[str, str]]] = {}
    for param in TERM_FACETS:
        for slug, label in vocabulary.labels.get(param, {}).items():
            for word in words(" ".join([label, *vocabulary.synonyms.get(param, {}).get(slug, [])])):
                if len(word) > 3:
                    spelt.setdefault(word, []).append((param, slug))
    return spelt
