"""What a query should find and count, worked out entry by entry without any engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from search.analysis import STOP_WORDS, stems, words
from search.documents.schema import PracticeDocument, facet_values, rows_of, texts
from search.facets import FACETS, ROW_GROUPS
from search.matching import needed

Filters = Mapping[str, Sequence[str]]


def holds_words(document: PracticeDocument, text: str) -> bool:
    """Enough of the typed words, counted by stem and without function words."""
    pairs = list(zip(words(text), stems(text), strict=True))
    if not pairs:
        return not text.strip()
    wanted = {s for word, s in pairs if word not in STOP_WORDS} or {s for _, s in pairs}
    present = {s for pieces in texts(document).values() for piece in pieces for s in stems(piece)}
    return len(wanted & present) >= needed(len(wanted))


def holds_phrase(document: PracticeDocument, phrase: str) -> bool:
    """The stems next to each other within one piece of text."""
    wanted = stems(phrase)
    for pieces in texts(document).values():
        for piece in pieces:
            present = stems(piece)
            if any(present[at : at + len(wanted)] == wanted for at in range(len(present))):
                return True
    return False


def holds_filters(document: PracticeDocument, filters: Filters) -> bool:
    for param, chosen in filters.items():
        if FACETS[param].row is None and not set(chosen) & set(facet_values(document, param)):
            return False
    for group in ROW_GROUPS:
        wanted = {place: filters[d] for place, d in enumerate(group.dimensions) if filters.get(d)}
        if wanted and not any(
            all(row[place] in chosen for place, chosen in wanted.items())
            for row in rows_of(document, group.name)
        ):
            return False
    return True


def counts(documents: Iterable[PracticeDocument], filters: Filters, param: str) -> dict[str, int]:
    """Entries by value when the facet's own selection is left out; a row facet keeps the rest of its row."""
    others = {other: chosen for other, chosen in filters.items() if other != param}
    found: Counter[str] = Counter()
    row = FACETS[param].row
    for document in documents:
        if not holds_filters(document, others):
            continue
        if row is None:
            found.update(set(facet_values(document, param)))
            continue
        own = row.dimensions.index(param)
        rest = {place: others[d] for place, d in enumerate(row.dimensions) if others.get(d)}
        found.update(
            {
                values[own]
                for values in rows_of(document, row.name)
                if all(values[place] in chosen for place, chosen in rest.items())
            }
        )
    return {value: count for value, count in found.items() if value}
