"""What rows of load data are drawn from: read once, and the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml
from website.places.models import Organisation

from practice_library.models import CaseStudyPage, SystemCondition
from practice_library.services.scale import ScaleRefused

from ..models import Skill
from .demonstration import WORDS


@dataclass(frozen=True)
class Pool:
    """What rows are drawn from. `studies`: published case studies by the organisation that leads them."""

    passages: Sequence[str]
    authorities: list[int]
    jobs: list[str]
    skills: list[int]
    conditions: list[int]
    studies: dict[int, list[int]]

    @classmethod
    def read(cls, passages: Sequence[str]) -> Pool:
        """Everything at hand, in an order that is the same on every machine. Raises: ScaleRefused where there is none."""
        studies: dict[int, list[int]] = {}
        led = CaseStudyPage.objects.published().filter(lead_organisation__isnull=False).order_by("slug")
        for home, study in led.values_list("lead_organisation", "pk"):
            studies.setdefault(home, []).append(study)
        current = Organisation.objects.authorities().current().order_by("slug")
        pool = cls(
            passages=passages,
            authorities=list(current.values_list("pk", flat=True)),
            jobs=[job["title"].capitalize() for job in yaml.safe_load(WORDS.read_text())["jobs"]],
            skills=list(Skill.objects.in_force().order_by("slug").values_list("pk", flat=True)),
            conditions=list(SystemCondition.objects.order_by("slug").values_list("pk", flat=True)),
            studies=studies,
        )
        for kind in ("passages", "authorities", "skills", "conditions"):
            if not getattr(pool, kind):
                raise ScaleRefused(
                    f"No {kind} to choose from: run manage.py load_library and load_skills first."
                )
        return pool
