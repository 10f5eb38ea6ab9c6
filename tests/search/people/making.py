"""Skills of a small register."""

from __future__ import annotations

from django.utils.text import slugify

from network.models import Skill, SkillGroup


def a_skill(name: str) -> Skill:
    """A skill of the register, made once."""
    group, _ = SkillGroup.objects.get_or_create(name="Methods", slug="methods")
    skill, _ = Skill.objects.get_or_create(slug=slugify(name), defaults={"name": name, "group": group})
    return skill
