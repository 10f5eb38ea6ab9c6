"""What a member asks of people search: the form, and what it comes down to."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from website.places.choices import Region

from network.choices import Help, SkillLevel
from network.models import Skill
from search.concealing import concealed
from search.engine import PracticeQuery
from search.matching import Alternative, Clause, Plan, needed, plan_of
from search.matching_words import Lexicon
from search.people.identifiers import NOBODY, identifies
from search.queries import LONGEST_TEXT
from search.service import vocabulary_without
from search.understanding import Word
from search.vocabulary import Vocabulary

MINE = "mine"
MONTHS_AHEAD = 12
LONGEST_ROLE = 80
SELECTED = mark_safe(" selected")


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. Slugs as in the address; `free` is the first and the last day of a month; `also` what words stand for.

    `near` says which areas are like an authority, and `places` the slug of each by key.
    """

    q: str = ""
    skill: str = ""
    level: int = SkillLevel.DISCUSS
    blockage: str = ""
    model: str = ""
    cohort: str = ""
    role: str = ""
    region: str = ""
    like: str = ""
    help: str = ""
    free: tuple[dt.date, dt.date] | None = None
    plan: Plan = field(default_factory=Plan)
    also: tuple[str, ...] = ()
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    places: Mapping[int, str] = field(default_factory=dict, repr=False)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything: who asks for nothing is not shown everybody."""
        chosen = (
            self.skill,
            self.blockage,
            self.model,
            self.cohort,
            self.role,
            self.region,
            self.like,
            self.help,
        )
        return not self.plan.browses or any(chosen) or self.free is not None


@lru_cache(maxsize=32)
def _options(choices: tuple[tuple[Any, str], ...], chosen: tuple[str, ...]) -> SafeString:
    """Written once for each list and choice: nine lists have six hundred options."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, SELECTED if str(key) in chosen else "", label) for key, label in choices),
    )


class LongSelect(forms.Select):
    """The same list of options, written at once: a template for each of some hundred took half of the page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As Django's own does, without groups of options."""
        options = _options(tuple(self.choices), tuple(self.format_value(value)))
        said = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>\n{}\n</select>", said, options)


class PeopleForm(forms.Form):
    """Everything by which people are found, as the address holds it."""

    q = forms.CharField(
        label="What somebody should have done or know about", required=False, max_length=LONGEST_TEXT
    )
    skill = forms.ChoiceField(label="Skill", required=False, widget=LongSelect)
    level = forms.TypedChoiceField(label="How far at least", required=False, coerce=int, widget=LongSelect)
    blockage = forms.ChoiceField(label="Blockage got round", required=False, widget=LongSelect)
    help = forms.ChoiceField(label="Kind of help", required=False, widget=LongSelect)
    free = forms.ChoiceField(label="Free in", required=False, widget=LongSelect)
    like = forms.ChoiceField(label="Works in an area like", required=False, widget=LongSelect)
    region = forms.ChoiceField(label="Region", required=False, widget=LongSelect)
    role = forms.CharField(label="Words of the job title", required=False, max_length=LONGEST_ROLE)
    model = forms.ChoiceField(label="Has worked with the model", required=False, widget=LongSelect)
    cohort = forms.ChoiceField(label="Has worked on practice for", required=False, widget=LongSelect)

    FURTHER = ("like", "region", "role", "model", "cohort")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary: Vocabulary = vocabulary_without(concealed())
        labels = self.vocabulary.labels
        areas = sorted((labels["authority"][slug], slug) for slug in self.vocabulary.neighbours)
        levels = [(level.value, level.label) for level in SkillLevel if level != SkillLevel.DISCUSS]
        self._offer("skill", _skills(self.vocabulary.version, timezone.localdate()), "Any")
        self._offer("level", levels, SkillLevel.DISCUSS.label)
        self._offer("blockage", _by_name(labels["condition"]), "Any")
        self._offer("help", Help.choices, "Any")
        self._offer("free", _months(timezone.localdate()), "Any time")
        self._offer("like", [(MINE, "My own"), *((slug, name) for name, slug in areas)], "Anywhere")
        self._offer("region", Region.choices, "Any")
        self._offer("model", _by_name(labels["model"]), "Any")
        self._offer("cohort", _by_name(labels["cohort"]), "Any")

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]], none: str) -> None:
        choice: Any = self.fields[name]
        choice.choices = [("", none), *choices]

    def first(self) -> list[Any]:
        """What most people ask by."""
        return [self[name] for name in self.fields if name not in ("q", *self.FURTHER)]

    def further(self) -> list[Any]:
        """What some ask by besides."""
        return [self[name] for name in self.FURTHER]

    @property
    def narrows_further(self) -> bool:
        """Whether any of those is chosen, so that it is seen."""
        return any(self.data.get(name) for name in self.FURTHER)

    def clean_q(self) -> str:
        """No address and no number of anybody."""
        return _not_identifying(self.cleaned_data["q"])

    def clean_role(self) -> str:
        """Likewise."""
        return _not_identifying(self.cleaned_data["role"])

    def asked(self) -> Asked:
        """The search, once the form is valid."""
        said = dict(self.cleaned_data)
        month, level = said.pop("free"), said.pop("level")
        return Asked(
            **said,
            level=level or SkillLevel.DISCUSS,
            free=_days(month) if month else None,
            plan=words_wanted(said["q"], self.vocabulary),
            near=self.vocabulary.neighbours,
            places=self.vocabulary.organisations,
            also=tuple(
                term for each in self.vocabulary.book.understand(said["q"]).understood for term in each.also
            ),
        )


def _not_identifying(text: str) -> str:
    if identifies(text):
        raise forms.ValidationError(NOBODY)
    return " ".join(text.split())


@lru_cache(maxsize=4)
def _skills(version: int, day: dt.date) -> tuple[tuple[str, str], ...]:
    """Read once for each version of the vocabularies, which a change of a skill makes anew (search.signals)."""
    return tuple(Skill.objects.in_force(on=day).order_by("name").values_list("slug", "name"))


def _by_name(labels: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(labels.items(), key=lambda item: item[1].casefold())


def _months(today: dt.date) -> list[tuple[str, str]]:
    firsts = [
        dt.date(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1, 1)
        for n in range(MONTHS_AHEAD)
    ]
    return [(f"{first:%Y-%m}", f"{first:%B %Y}") for first in firsts]


def _days(month: str) -> tuple[dt.date, dt.date]:
    """What is left of this month, or the whole of a later one."""
    year, number = (int(part) for part in month.split("-"))
    first, last = dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])
    return max(first, min(timezone.localdate(), last)), last


class _NoWords:
    """No typing error is put right from what people say: that would tell that somebody says it."""

    def unknown(self, typed: Iterable[Word]) -> list[Word]:
        return []

    def near(self, word: str, errors: int) -> list[tuple[str, int, int]]:
        return []

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        return []


def words_wanted(text: str, vocabulary: Vocabulary) -> Plan:
    """What the words stand for, with synonyms and acronyms; a place that is named is one more thing that is meant."""
    lexicon: Lexicon = _NoWords()
    query = PracticeQuery(text=text, expansions=vocabulary.book.understand(text))
    plan = plan_of(query, lambda: lexicon)
    places = tuple(
        Clause(tuple(Alternative(naming, exact=len(naming) > 1, typed=True) for naming in mention.namings))
        for mention in plan.places
    )
    clauses = plan.clauses + places
    return Plan(clauses=clauses, minimum=needed(len(clauses)), phrases=plan.phrases)
