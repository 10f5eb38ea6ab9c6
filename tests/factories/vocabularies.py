"""Terms of the closed vocabularies, made once a name."""

from __future__ import annotations

from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from practice_library import models


class TermFactory(DjangoModelFactory):
    """Gives the term of that name, also if it is there already."""

    slug = factory.LazyAttribute(lambda term: slugify(term.name))

    class Meta:
        abstract = True
        django_get_or_create = ("slug",)


class CohortFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Children of group {n}")

    class Meta:
        model = models.Cohort


class ConditionFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Condition {n}")

    class Meta:
        model = models.SystemCondition


class OutcomeFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Outcome {n}")

    class Meta:
        model = models.Outcome


class ThemeFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Theme {n}")

    class Meta:
        model = models.Theme


class StageFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Stage {n}")
    position = factory.Sequence(lambda n: n)

    class Meta:
        model = models.Stage


class WorkforceFactory(TermFactory):
    name = factory.Sequence(lambda n: f"Workforce {n}")

    class Meta:
        model = models.WorkforceGroup


def outcome(name: str, **fields: Any) -> models.Outcome:
    """An outcome by name."""
    return OutcomeFactory(name=name, **fields)


def condition(name: str, **fields: Any) -> models.SystemCondition:
    """A system condition by name."""
    return ConditionFactory(name=name, **fields)
