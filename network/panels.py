"""What this room adds to the library for members alone: who took part, and who has got round what was missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from practice_library.models import Entry, SystemCondition
from practice_library.panels import Panel, PanelLink

from .audience import viewer_of
from .models import SkillClaim
from .people_of import in_words, numbers_by_condition, people_named_on, people_round
from .shown import ShownProfile


def people_of_case_study(entry: Entry, user: Any) -> Panel | None:
    """Members who took part in it, said so and want to be named; a page where nobody does costs one query."""
    named = SkillClaim.objects.filter(case_study=entry.pk, profile__named_on_case_studies=True)
    if not user.is_authenticated or not named.exists():
        return None
    found = people_named_on(entry.pk, viewer_of(user))
    return Panel(
        heading="People who took part",
        links=[PanelLink(person.title, person.url, person.line) for person in found.people],
        introduction="They say that a skill of theirs comes from this work. Members see this, visitors do not.",
    )


class PeopleWhoGotRound:
    """Notes beside conditions, and the panel of a condition's page. To visitors there is nothing, at no cost."""

    def notes(self, slugs: Iterable[str], user: Any) -> dict[str, PanelLink]:
        """How many people the reader would find, by the slug of the condition."""
        numbers = numbers_by_condition(slugs, viewer_of(user))
        return {slug: PanelLink(_words(number), _address(slug)) for slug, number in numbers.items()}

    def panel(self, condition: SystemCondition, user: Any) -> Panel | None:
        """Who they are, and how they did it."""
        found = people_round(condition, viewer_of(user))
        if not found.people:
            return None
        more = f"{found.left_out} more are not listed." if found.left_out else ""
        return Panel(
            heading="People who have got round it",
            links=[_link(person, condition) for person in found.people],
            introduction=f"{_words(found.number)} when it was missing. Members see this, visitors do not. {more}",
        )


def _words(number: int) -> str:
    return f"{in_words(number)} {'has' if number == 1 else 'have'} got round it"


def _address(slug: str) -> str:
    return reverse("condition", args=[slug]) + "#people"


def _link(person: ShownProfile, condition: SystemCondition) -> PanelLink:
    how = next(each.how for each in person.blockages if each.condition == condition.name)
    busy = "Asked a lot just now" if person.asked_a_lot else ""
    return PanelLink(person.title, person.url, ". ".join(part for part in (person.line, busy, how) if part))
