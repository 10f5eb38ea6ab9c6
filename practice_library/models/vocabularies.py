"""Vocabularies: terms are data that editors keep, as taggit tags that nobody can invent by typing.

Each has a scope note, synonyms for search and a broader term. Only `Keyword` is open.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from taggit.models import TagBase

from ..choices import Level
from ..forms.lines import ListOfLines

AnyTerm = TypeVar("AnyTerm", bound="Term")


class TermQuerySet(models.QuerySet[AnyTerm]):
    """Reads of a vocabulary."""

    def by_name(self) -> dict[str, AnyTerm]:
        """Terms by their exact name, for importers that refuse what is unknown."""
        return {term.name: term for term in self}


class Term(TagBase):
    """One term of a closed vocabulary."""

    scope_note = models.TextField(
        "what it covers",
        blank=True,
        help_text="One or two plain sentences: what belongs here and what does not.",
    )
    synonyms = ListOfLines(
        "other words for it",
        default=list,
        blank=True,
        help_text="Search finds entries by these words as well. Takes effect at once.",
    )
    broader = models.ForeignKey(
        "self",
        verbose_name="broader term",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    position = models.PositiveSmallIntegerField("place in the list", default=0)

    free_tagging = False
    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "name"]

    def clean(self) -> None:
        """A term is never its own broader term, at any distance."""
        super().clean()
        seen, term = {self.pk}, self.broader
        while term is not None:
            if term.pk in seen:
                raise ValidationError({"broader": "A term cannot be broader than itself."})
            seen.add(term.pk)
            term = term.broader
        if not isinstance(self.synonyms, list) or not all(isinstance(word, str) for word in self.synonyms):
            raise ValidationError({"synonyms": "Give a list of words or phrases."})


class Cohort(Term):
    """Who a practice is for."""

    class Meta(Term.Meta):
        verbose_name = "cohort"


class SystemCondition(Term):
    """What has to be in place around a practice."""

    level = models.CharField(max_length=12, choices=Level.choices, blank=True)

    class Meta(Term.Meta):
        verbose_name = "system condition"


class Outcome(Term):
    """What a finding is about."""

    class Meta(Term.Meta):
        verbose_name = "outcome"


class Theme(Term):
    """What an entry is about, beyond who and what for."""

    class Meta(Term.Meta):
        verbose_name = "theme"


class Stage(Term):
    """Stage of need, from universal to leaving care."""

    class Meta(Term.Meta):
        verbose_name = "stage of need"
        verbose_name_plural = "stages of need"


class WorkforceGroup(Term):
    """Which part of the workforce a practice concerns."""

    class Meta(Term.Meta):
        verbose_name = "workforce group"


class Keyword(TagBase):
    """Open words of authors; never a facet, so a slip of the pen does no harm."""

    class Meta:
        verbose_name = "keyword"


class SynonymGroup(models.Model):
    """Words and acronyms that search treats as meeting, beyond those of the vocabularies' own terms."""

    terms = ListOfLines("words that meet", help_text="The first is the usual form; acronyms in capitals.")
    relation = models.CharField(max_length=20, default="same")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return " = ".join(self.terms)

    def clean(self) -> None:
        """A group needs at least two words."""
        super().clean()
        if not isinstance(self.terms, list) or len({str(term).casefold() for term in self.terms}) < 2:
            raise ValidationError({"terms": "Give at least two different words or phrases."})
