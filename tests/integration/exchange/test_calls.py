"""Times, the calendar file, the debrief, and the evidence that may come of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar
from website.accounts.models import User
from website.accounts.permissions import NotAllowed
from website.outgoing.models import Letter

from network.choices import AskState, Evidence, Help, SkillLevel
from network.models import Skill, SkillGroup
from network.permissions import can_confirm
from network.services.calls import MOST_TIMES, agree_time, debrief, propose_times, take_time_back
from network.services.claims import NotClaimable, claim_skill, confirm_claim
from network.services.limits import TIMES_AN_HOUR
from network.services.refusals import NotPossible, TooMuch
from tests.factories.exchange import accepted, asked
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(days=days)


def test_one_proposes_the_other_agrees_and_the_newest_yes_stands(ann: User, bo: User, cy: User, mo: User):
    ask = accepted(by=ann, of=bo)
    first, second = propose_times(ask=ask, times=[(in_days(2), 45), (in_days(3), 60)], by=ann)
    assert propose_times(ask=ask, times=[(first.starts_at, 45)], by=bo) == [], "once is enough"
    for nobody in (ann, cy, mo):
        with pytest.raises(NotAllowed):
            agree_time(time=first, by=nobody)
    Letter.objects.all().delete()
    agree_time(time=first, by=bo)
    assert set(Letter.objects.values_list("person", flat=True)) == {ann.pk, mo.pk}, "the manager hears when"
    agree_time(time=second, by=bo)
    assert [time.agreed_at is not None for time in ask.times.all()] == [False, True]
    take_time_back(time=second, by=ann)
    assert [time.pk for time in ask.times.all()] == [first.pk]


def test_no_time_that_has_passed_and_not_too_many(ann: User, bo: User):
    ask = accepted(by=ann, of=bo)
    with pytest.raises(NotPossible):
        propose_times(ask=ask, times=[(in_days(-1), 45)], by=ann)
    with pytest.raises(NotPossible):
        propose_times(ask=ask, times=[(in_days(day), 45) for day in range(1, MOST_TIMES + 2)], by=ann)
    with pytest.raises(NotPossible):
        propose_times(ask=asked(by=ann, of=bo), times=[(in_days(1), 45)], by=ann)
    with pytest.raises(NotAllowed):
        propose_times(ask=accepted(by=ann, of=bo, kind=Help.QUESTION), times=[(in_days(1), 45)], by=ann)


def test_no_year_that_no_calendar_knows(ann: User, bo: User):
    ask = accepted(by=ann, of=bo)
    with pytest.raises(NotPossible):
        propose_times(ask=ask, times=[(in_days(370), 45)], by=ann)
    said = {"day": "9999-12-31", "begins": "23:59", "minutes": "60"}
    told = browser_of(ann).post(f"/exchange/asks/{ask.pk}/times/", said).content.decode()
    assert "Choose a day within a year from now." in told
    assert not ask.times.exists()


def test_nobody_is_asked_how_it_was_before_it_was(ann: User, bo: User):
    ask = accepted(by=ann, of=bo)
    address, question = f"/exchange/{ask.request_id}/", "how was it?"
    assert question in browser_of(ann).get(address).content.decode(), "they may have found a time elsewhere"
    (time,) = propose_times(ask=ask, times=[(in_days(2), 45)], by=ann)
    agree_time(time=time, by=bo)
    assert question not in browser_of(ann).get(address).content.decode()
    ask.times.update(starts_at=in_days(-1))
    assert question in browser_of(ann).get(address).content.decode()


def test_letters_about_times_have_a_limit(ann: User, bo: User):
    ask = accepted(by=ann, of=bo)
    for _ in range(TIMES_AN_HOUR // 2):
        (time,) = propose_times(ask=ask, times=[(in_days(2), 45)], by=ann)
        take_time_back(time=time, by=ann)
    letters = Letter.objects.count()
    with pytest.raises(TooMuch):
        propose_times(ask=ask, times=[(in_days(2), 45)], by=ann)
    assert Letter.objects.count() == letters
    assert propose_times(ask=ask, times=[(in_days(2), 45)], by=bo), "the other one has not reached theirs"


def test_the_file_for_a_calendar_names_nobody(ann: User, bo: User, cy: User):
    ask = accepted(by=ann, of=bo, problem="Markofaproblem")
    address = f"/exchange/asks/{ask.pk}/call.ics"
    assert browser_of(ann).get(address).status_code == 404, "nothing is agreed"
    (time,) = propose_times(ask=ask, times=[(in_days(2), 45)], by=ann)
    agree_time(time=time, by=bo)
    answer = browser_of(bo).get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (
        time.starts_at,
        time.starts_at + dt.timedelta(minutes=45),
    )
    text = answer.content.decode()
    for word in ("ORGANIZER", "ATTENDEE", "mailto", "Ann", "Bo", "Markofa", ann.email, bo.email, str(ann.pk)):
        assert word not in text
    assert browser_of(cy).get(address).status_code == 404


@pytest.fixture
def skill() -> Skill:
    group = SkillGroup.objects.create(name="Methods", slug="methods")
    return Skill.objects.create(name="Listening", slug="listening", group=group)


def test_with_a_yes_of_both_it_stands_behind_a_skill_and_the_asker_can_confirm(
    skill: Skill, ann: User, bo: User, cy: User
):
    ask = accepted(by=ann, of=bo, skills=[skill])
    said = {"what_helped": "Markofhelp", "what_next": "", "may_be_evidence": True}
    debrief(ask=ask, by=ann, **said)
    ask.refresh_from_db()
    assert ask.state == AskState.ENDED
    claim = {"person": bo, "skill": skill, "level": SkillLevel.LED, "exchange": ask}
    with pytest.raises(NotClaimable):
        claim_skill(**claim)
    assert "Markofhelp" not in browser_of(bo).get(f"/exchange/{ask.request_id}/").content.decode()
    debrief(ask=ask, by=bo, **said)
    assert "Markofhelp" in browser_of(bo).get(f"/exchange/{ask.request_id}/").content.decode()
    with pytest.raises(NotClaimable):
        claim_skill(**{**claim, "person": ann})
    other = Skill.objects.create(name="Writing", slug="writing", group=skill.group)
    with pytest.raises(NotClaimable):
        claim_skill(**{**claim, "skill": other})
    claimed = claim_skill(**claim)
    assert claimed.rests_on == Evidence.EXCHANGE
    assert (can_confirm(ann, claimed), can_confirm(cy, claimed), can_confirm(bo, claimed)) == (
        True,
        False,
        False,
    )
    confirm_claim(claim=claimed, by=ann)
    page = browser_of(cy).get(f"/people/{bo.profile.pk}/").content.decode()
    assert "Rests on a completed exchange" in page
    assert "Ann Asker" not in page
    debrief(ask=ask, by=ann, **{**said, "may_be_evidence": False})
    with pytest.raises(NotClaimable):
        claim_skill(**claim)


def test_nothing_is_said_of_what_was_never_accepted_or_is_still_to_come(ann: User, bo: User, cy: User):
    said = {"what_helped": "", "what_next": "", "may_be_evidence": False}
    with pytest.raises(NotPossible):
        debrief(ask=asked(by=ann, of=bo), by=ann, **said)
    ask = accepted(by=ann, of=bo)
    with pytest.raises(NotAllowed):
        debrief(ask=ask, by=cy, **said)
    (time,) = propose_times(ask=ask, times=[(in_days(2), 45)], by=ann)
    agree_time(time=time, by=bo)
    with pytest.raises(NotPossible):
        debrief(ask=ask, by=ann, **said)
