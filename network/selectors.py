"""The register by group, and one skill with what of the library belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from practice_library.models import PracticeModelPage

from .choices import RequestState
from .models import Ask, HelpRequest, Skill
from .people_of import in_words

MOST_REQUESTS = 20


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    """A group of the register; each skill with the number of people a viewer would find, in words."""

    name: str
    anchor: str
    skills: Sequence[tuple[Skill, str]]


@dataclass(frozen=True, slots=True)
class SkillFacts:
    """A skill with readable models (title, address) and conditions (name, address) that belong to it."""

    skill: Skill
    models: Sequence[tuple[str, str]]
    conditions: Sequence[tuple[str, str]]
    search_url: str


def register(numbers: Mapping[int, int]) -> list[RegisterGroup]:
    """Skills in force, in the order of the register."""
    skills = Skill.objects.in_force().select_related("group", "heading")
    return [
        RegisterGroup(
            group.name, group.slug, [(skill, in_words(numbers.get(skill.pk, 0))) for skill in found]
        )
        for group, found in groupby(skills, key=lambda skill: skill.group)
    ]


def skill_at(slug: str, *, user: Any) -> SkillFacts | None:
    """A skill by its address; one no longer in use is still explained."""
    skill = Skill.objects.filter(slug=slug).select_related("group", "heading").first()
    if skill is None:
        return None
    models = PracticeModelPage.objects.readable_by(user).filter(skills=skill).order_by("title")
    return SkillFacts(
        skill=skill,
        models=[(page.title, "/" + page.url_path.split("/", 2)[2]) for page in models],
        conditions=[
            (term.name, reverse("condition", args=[term.slug])) for term in skill.conditions.order_by("name")
        ],
        search_url=f"{reverse('practice_search')}?{urlencode({'q': skill.name})}",
    )


def requests_about(skill: Skill, *, user: Any) -> list[HelpRequest]:
    """Open requests that name a skill, as far as somebody is a party to them: their own, and those they are asked with."""
    asked = Ask.objects.taking_room().filter(request=OuterRef("pk"), person=user.pk).order_by()
    about = HelpRequest.objects.filter(skills=skill, state=RequestState.OPEN, hidden_at=None)
    return list(about.filter(Q(asker=user.pk) | Exists(asked))[:MOST_REQUESTS])
