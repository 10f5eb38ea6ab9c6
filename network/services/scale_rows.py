"""What members of the load data say of themselves and were asked: as unevenly spread as among real people."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from website.accounts.models import User

from practice_library.services.scale_rows import some

from ..audience import FIELDS
from ..choices import LIGHT_HELP, AskState, Audience, Day, Evidence, Help, RequestState, SkillLevel
from ..models import (
    Ask,
    Availability,
    BlockageGotRound,
    HelpOffered,
    HelpRequest,
    Participant,
    Profile,
    SkillClaim,
    Thread,
)
from .scale_pool import Pool

Save = Callable[[Iterable[Any]], list[Any]]
#: How most people open a row, and how some do.
AUDIENCES = (
    (Audience.NETWORK, 60), (Audience.REGION, 12), (Audience.ORGANISATION, 12), (Audience.ELSEWHERE, 8),
    (Audience.ME, 6), (Audience.EXCHANGE, 2),
)  # fmt: skip
LEVELS = (
    (SkillLevel.DISCUSS, 30),
    (SkillLevel.PRACTISED, 40),
    (SkillLevel.LED, 25),
    (SkillLevel.LED_ELSEWHERE, 5),
)
LANGUAGES = ("", "", "", "Polish", "Urdu and Punjabi", "Romanian", "British Sign Language", "Somali")
DAY = dt.timedelta(days=1)
SHARE_NOT_LISTED, SHARE_HIDDEN, SHARE_FLAGGED = 0.03, 0.02, 0.01
SHARE_WHO_OFFER, SHARE_WHO_PAUSE, SHARE_WITH_A_WINDOW = 0.75, 0.06, 0.1
#: One in so many has more open requests than room for them; one in so many helped somebody once.
ONE_IN_ASKED_A_LOT, ONE_IN_WHO_HELPED = 50, 40


def _drawn(chance: random.Random, shares: Sequence[tuple[Any, int]]) -> Any:
    return chance.choices([each for each, _ in shares], weights=[share for _, share in shares])[0]


def _words(chance: random.Random, pool: Pool, most: int) -> str:
    return " ".join(chance.choice(pool.passages).split()[:most])[:900]


def profile_of(person: User, pool: Pool, chance: random.Random) -> Profile:
    """A profile confirmed some time in the last thirteen months: a few have just gone out of date."""
    now = timezone.now()
    return Profile(
        pk=uuid.UUID(int=chance.getrandbits(128), version=4),
        person=person,
        name=person.name,
        role=chance.choice(pool.jobs),
        about=_words(chance, pool, 60),
        learning=_words(chance, pool, 12),
        languages=chance.choice(LANGUAGES),
        working_pattern=chance.choice(("Full time", "Full time", "Four days a week", "Mornings")),
        listed=chance.random() >= SHARE_NOT_LISTED,
        hidden_at=now if chance.random() < SHARE_HIDDEN else None,
        safety_flag=chance.random() < SHARE_FLAGGED,
        confirmed_at=now - chance.random() * 390 * DAY,
        **{f"audience_{field}": _drawn(chance, AUDIENCES) for field in FIELDS},
    )


def rows_of(
    profile: Profile, home: int, pool: Pool, chance: random.Random, *, helped: Ask | None
) -> Iterator[SkillClaim | BlockageGotRound]:
    """One to five skills, and for every third one or two blockages."""
    year = timezone.localdate().year
    for place, skill in enumerate(some(chance, pool.skills, 5)):
        yield SkillClaim(
            profile=profile,
            skill_id=skill,
            level=_drawn(chance, LEVELS),
            last_used=chance.choice((None, *range(year - 8, year + 1))),
            **_evidence(home, pool, chance, helped if place == 0 else None),
        )
    if chance.random() < 1 / 3:
        for condition in some(chance, pool.conditions, 2):
            yield BlockageGotRound(profile=profile, condition_id=condition, how=_words(chance, pool, 25))


def _evidence(home: int, pool: Pool, chance: random.Random, helped: Ask | None) -> dict[str, Any]:
    """What a claim rests on: half of them on nothing."""
    if helped is not None:
        return {"rests_on": Evidence.EXCHANGE, "exchange": helped}
    drawn, studies = chance.random(), pool.studies.get(home)
    if studies and drawn < 0.25:
        return {"rests_on": Evidence.CASE_STUDY, "case_study_id": chance.choice(studies)}
    if drawn < 0.5:
        return {"rests_on": Evidence.COURSE, "course": f"A course of {chance.randint(1, 5)} days"}
    return {}


def offers_of(profiles: Sequence[Profile], chance: random.Random, *, save: Save) -> None:
    """What three in four offer; some take a break, with a last day or without."""
    today = timezone.localdate()
    offered = []
    for profile in profiles:
        if chance.random() >= SHARE_WHO_OFFER:
            continue
        starts = today + chance.randint(-60, 90) * DAY if chance.random() < SHARE_WITH_A_WINDOW else None
        paused = chance.random() < SHARE_WHO_PAUSE
        offered.append(
            Availability(
                profile=profile,
                days=sorted(chance.sample(Day.values[:5], chance.randint(0, 3))),
                starts_on=starts,
                ends_on=starts + 180 * DAY if starts else None,
                capacity=chance.randint(1, 3),
                paused=paused,
                paused_until=today + chance.randint(5, 60) * DAY
                if paused and chance.random() < 0.5
                else None,
            )
        )
    save(
        HelpOffered(availability=each, kind=kind)
        for each in save(offered)
        for kind in some(chance, list(Help), 4)
    )


def asks_of(people: Sequence[User], chance: random.Random, *, save: Save) -> dict[uuid.UUID, Ask]:
    """Some are asked more than they have room for, and some helped once; gives of these the exchange, by person."""
    busy = people[::ONE_IN_ASKED_A_LOT]
    asks = [_ask(chance.choice(people), person, AskState.ASKED) for person in busy for _ in range(4)]
    ended = [_ask(chance.choice(people), person, AskState.ENDED) for person in people[1::ONE_IN_WHO_HELPED]]
    both = [ask for ask in (*asks, *ended) if ask.person != ask.request.asker]
    save(ask.request for ask in both)
    save(both)
    threads = save(Thread(ask=ask) for ask in both if ask.state == AskState.ENDED)
    save(
        Participant(thread=thread, person=person, read_at=timezone.now())
        for thread in threads
        for person in (thread.ask.person, thread.ask.request.asker)
    )
    return {thread.ask.person_id: thread.ask for thread in threads}


def _ask(asker: User, person: User, state: AskState) -> Ask:
    now = timezone.now()
    done = state == AskState.ENDED
    request = HelpRequest(
        asker=asker,
        kind=LIGHT_HELP[0],
        problem="Nobody wrote this request (load data).",
        state=RequestState.CLOSED if done else RequestState.OPEN,
        closed_at=now if done else None,
    )
    return Ask(
        request=request,
        person=person,
        state=state,
        answered_at=now if done else None,
        ended_at=now if done else None,
    )
