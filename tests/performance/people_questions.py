"""The eight kinds of question to people search, and whom to ask with a request; each with several wordings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

WORDS = (
    "adoption", "family meeting", "young carers school", "exploitation police", "supervision", "housing families",
    "court plan", "foster carers training",
)  # fmt: skip
SAMPLE = 8


@dataclass(frozen=True, eq=False)
class Question:
    """What the engine alone is asked, what the service does, and the address of the page."""

    query: Any
    serve: Callable[[], object]
    address: str


@dataclass(frozen=True)
class Kind:
    """One row of the table."""

    name: str
    questions: tuple[Question, ...]


def reader() -> Any:
    """A member in an authority that has statistical neighbours, with a profile; the same in every run."""
    from website.accounts.models import Membership, User

    places = Membership.objects.active().filter(organisation__slug="wigan", person__profile__isnull=False)
    return User.objects.get(pk=places.order_by("person__email").values("person")[:1])


def request_of(person: Any) -> Any:
    """An open request of theirs, made once."""
    from network.choices import Help
    from network.models import Skill
    from network.services.asking import write_request

    written = person.help_requests.filter(problem__startswith="Measured:").first()
    return written or write_request(
        by=person,
        kind=Help.CALL,
        problem="Measured: we set up early help with schools and the police, and look for somebody who has led it.",
        skills=Skill.objects.in_force().order_by("slug")[:2],
        days=(1, 2),
    )


def kinds(person: Any) -> tuple[Kind, ...]:
    """All of them, as this reader asks."""
    from django.utils import timezone
    from website.places.choices import Region

    from network.audience import viewer_of
    from network.choices import Help
    from network.models import Skill
    from practice_library.models import Cohort, PracticeModelPage, SystemCondition

    viewer = viewer_of(person)
    skills = Skill.objects.in_force().order_by("slug").values_list("slug", flat=True)
    conditions = SystemCondition.objects.order_by("slug").values_list("slug", flat=True)
    models = PracticeModelPage.objects.published().filter(places__isnull=False).order_by("slug").distinct()
    cohorts = Cohort.objects.order_by("slug").values_list("slug", flat=True)
    regions = zip(Region.values, (Help.QUESTION, Help.CALL, Help.COACHING) * 3, strict=False)
    today = timezone.localdate()
    months = [
        f"{today.year + (today.month - 1 + n) // 12}-{(today.month - 1 + n) % 12 + 1:02}" for n in range(4)
    ]
    asked: dict[str, list[dict[str, Any]]] = {
        "words": [{"q": text} for text in WORDS],
        "skill and level": [{"skill": slug, "level": 3} for slug in skills[:80:10]],
        "blockage": [{"blockage": slug} for slug in conditions[:SAMPLE]],
        "model": [{"model": page.slug} for page in models[:SAMPLE]],
        "cohort": [{"cohort": slug} for slug in cohorts[:SAMPLE]],
        "region and kind of help": [{"region": region, "help": kind.value} for region, kind in regions],
        "areas like mine": [
            {"like": "mine"},
            {"like": "mine", "help": "call"},
            {"like": "mine", "q": "supervision"},
        ],
        "free in": [{"free": month} for month in months],
    }
    rows = [Kind(name, tuple(_search(viewer, said) for said in some)) for name, some in asked.items()]
    return (*rows, Kind("suggested people", (_suggestion(person, viewer),)))


def _search(viewer: Any, said: dict[str, Any]) -> Question:
    from network.shown import MOST
    from search.people.asking import PeopleForm
    from search.people.document import day_number
    from search.people.narrowing import narrowings
    from search.people.query import PeopleQuery
    from search.people.service import SPARE, find

    form = PeopleForm(said)
    if not form.is_valid():
        raise RuntimeError(f"{said} is no question: {form.errors}")
    asked = form.asked()
    query = PeopleQuery(
        viewer=viewer,
        plan=asked.plan,
        tags=tuple(each.tags for each in narrowings(asked, viewer)),
        free=(day_number(asked.free[0]), day_number(asked.free[1])) if asked.free else None,
        size=MOST + 1 + SPARE,
    )
    return Question(query, lambda: find(asked, viewer), f"/people/?{urlencode(said)}")


def _suggestion(person: Any, viewer: Any) -> Question:
    from search.people.suggesting import query_for, suggest, wanted_by

    written = request_of(person)
    skills = list(written.skills.values_list("slug", flat=True))
    wanted = wanted_by(written, skills=skills, region=viewer.region)
    return Question(
        query_for(wanted, viewer), lambda: suggest(wanted, viewer), f"/exchange/{written.pk}/people/"
    )
