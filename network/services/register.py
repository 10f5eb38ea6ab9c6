"""Brings the skills that ship with the project into the register."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from practice_library.models import PracticeModelPage, SystemCondition

from ..models import Skill, SkillGroup, StatementHeading

FACTS = Path(__file__).resolve().parent.parent / "facts" / "skills.json"


@dataclass
class Loaded:
    """What came of it. `not_in_library`: slugs and names that the library at hand does not hold."""

    created: int = 0
    kept: int = 0
    not_in_library: list[str] = field(default_factory=list)


@transaction.atomic
def load_skills(*, path: Path = FACTS) -> Loaded:
    """Add what is missing, all of it or nothing. A term that is there stays as editors keep it, its links too."""
    facts = json.loads(path.read_text())
    headings = {
        each["id"]: StatementHeading.objects.get_or_create(
            code=each["id"],
            defaults={"statement": each["statement"], "title": each["title"], "position": position},
        )[0]
        for position, each in enumerate(facts["headings"])
    }
    loaded = Loaded()
    models = {page.slug: page for page in PracticeModelPage.objects.all()}
    conditions = {term.name: term for term in SystemCondition.objects.all()}
    for place, group in enumerate(facts["groups"]):
        under, _ = SkillGroup.objects.get_or_create(
            slug=slugify(group["group"]), defaults={"name": group["group"], "position": place}
        )
        for position, term in enumerate(group["terms"]):
            skill, made = Skill.objects.get_or_create(
                slug=slugify(term["term"]),
                defaults={
                    "name": term["term"],
                    "scope_note": term["scope_note"],
                    "group": under,
                    "heading": headings[term["heading"]],
                    "position": position,
                },
            )
            loaded.created += made
            loaded.kept += not made
            if made:
                skill.practice_models.set(_known(models, term.get("practice_models", ()), loaded))
                skill.conditions.set(_known(conditions, term.get("conditions", ()), loaded))
    return loaded


def _known(held: dict[str, Any], named: Any, loaded: Loaded) -> list[Any]:
    loaded.not_in_library += [name for name in named if name not in held]
    return [held[name] for name in named if name in held]
