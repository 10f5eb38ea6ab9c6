"""Reads vocabularies, synonyms, organisations and sources from content files."""

from __future__ import annotations

from django.utils.text import slugify
from website.places.choices import OrganisationKind

from ..choices import Level
from ..models import Cohort, Outcome, Stage, SystemCondition, Theme, WorkforceGroup
from ..models.vocabularies import Term
from .drafts import Draft, Fields, TermDraft
from .reader import Reader

#: File name of each closed vocabulary and the model that holds it.
VOCABULARIES: dict[str, type[Term]] = {
    "cohorts": Cohort,
    "conditions": SystemCondition,
    "outcomes": Outcome,
    "themes": Theme,
    "stages": Stage,
    "workforce": WorkforceGroup,
}


def _draft(reader: Reader, key: str, fingerprint: str, fields: Fields) -> Draft:
    return Draft(key, reader.source.file, reader.source.line, fingerprint, fields)


def read_term(reader: Reader, fingerprint: str, *, vocabulary: str) -> TermDraft:
    """One term; its name is how content files refer to it."""
    name = reader.text("name", required=True, longest=100)
    fields: Fields = {
        "name": name,
        "slug": reader.text("slug", longest=100) or slugify(name),
        "scope_note": reader.text("scope_note"),
        "synonyms": reader.texts("synonyms"),
        "position": reader.number("order") or 0,
    }
    if vocabulary == "conditions":
        fields["level"] = reader.choice("level", Level.values)
    broader = reader.text("broader")
    reader.value("source")
    reader.close()
    return TermDraft(name, reader.source.file, reader.source.line, fingerprint, fields, broader=broader)


def read_synonyms(reader: Reader, fingerprint: str) -> Draft:
    """Words that meet in search."""
    terms = reader.texts("terms")
    if len({term.casefold() for term in terms}) < 2:
        reader.refuse("terms", "A group of synonyms needs at least two different words.")
    fields: Fields = {
        "terms": terms,
        "relation": reader.text("relation", longest=20) or "same",
        "source": reader.text("source", longest=300),
    }
    reader.close()
    return _draft(reader, " = ".join(terms), fingerprint, fields)


def read_organisation(reader: Reader, fingerprint: str) -> Draft:
    """An organisation that is no authority."""
    slug = reader.text("slug", required=True)
    fields: Fields = {
        "slug": slug,
        "name": reader.text("name", required=True),
        "kind": reader.choice("kind", OrganisationKind.values, required=True),
        "aliases": reader.texts("aliases"),
    }
    reader.close()
    return _draft(reader, slug, fingerprint, fields)


def read_source(reader: Reader, fingerprint: str) -> Draft:
    """What was read."""
    key = reader.text("key", required=True, longest=120)
    fields: Fields = {
        "key": key,
        "title": reader.text("title", required=True, longest=400),
        "publisher": reader.text("publisher", longest=250),
        "year": reader.number("year"),
        "address": reader.text("address", longest=1000),
        "kind": reader.text("kind", longest=60),
        "read": reader.text("read", longest=20),
    }
    reader.close()
    return _draft(reader, key, fingerprint, fields)
