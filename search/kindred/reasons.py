"""Why two entries are kindred, in words that stand in them and in the terms that both have."""

from __future__ import annotations

from website.places.choices import AUTHORITY_KINDS
from website.places.models import Organisation

from search.kindred.pairing import Kinship
from search.kindred.reading import Library
from search.kindred.weighing import VOCABULARIES, Term, Vocabularies, phrases_of, stems_of

MOST_PHRASES, MOST_TERMS = 4, 5


class Reasons:
    """Puts what two entries share into words as the first of them has them."""

    def __init__(self, library: Library, vocabularies: Vocabularies) -> None:
        self._works = library.works
        self._names = vocabularies.names
        self._slugs: dict[Term, str] = {
            (vocabulary, pk): slug
            for vocabulary, (model, _) in VOCABULARIES.items()
            for pk, slug in model.objects.values_list("pk", "slug")
        }
        places = Organisation.objects.filter(kind__in=AUTHORITY_KINDS).values_list("short_name", flat=True)
        self._places = {stem for name in places for stem, _ in stems_of(name)}

    def of(self, kin: Kinship) -> dict[str, list[object]]:
        """Phrases before single words of the same; a place's name is no idea."""
        said = self._as_written(kin)
        wanted = sorted(kin.words, key=lambda stem: (-kin.words[stem], stem))
        chosen: list[str] = []
        for stems in wanted:
            parts = set(stems.split())
            if stems in said and not parts & self._places and not any(parts & set(c.split()) for c in chosen):
                chosen.append(stems)
            if len(chosen) == MOST_PHRASES:
                break
        terms = sorted(kin.terms, key=lambda term: (-kin.terms[term], term))[:MOST_TERMS]
        return {
            "phrases": [said[stems] for stems in chosen],
            "terms": [
                {"vocabulary": term[0], "slug": self._slugs[term], "label": self._names[term]}
                for term in terms
            ],
        }

    def _as_written(self, kin: Kinship) -> dict[str, str]:
        found: dict[str, str] = {}
        for text in self._works[kin.left].texts:
            for stem, word in stems_of(text):
                found.setdefault(stem, word)
            for stems, phrase in phrases_of(text):
                found.setdefault(stems, phrase)
        return found
