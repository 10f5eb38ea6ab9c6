"""Who is found by what, why, and that the database decides when the index lags behind. On both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from website.accounts.models import Membership, User
from website.places.models import Organisation

from network.audience import FIELDS, Viewer, viewer_of
from network.choices import Audience, Help, SkillLevel
from network.models import Profile
from network.services.claims import claim_skill, offer_help, tell_blockage
from network.services.profiles import confirm_profile
from practice_library.services.tree import ensure_tree
from search import vocabulary
from search.current import current_people
from search.engine import EngineDown
from search.indexed import PEOPLE
from search.indexing import drain, rebuild
from search.people import service
from search.people.asking import PeopleForm, words_wanted
from search.people.query import PeopleQuery
from search.people.service import Found, find
from tests.factories.entries import case_study, practice_model
from tests.factories.people import member, profile
from tests.factories.places import neighbours
from tests.factories.vocabularies import condition
from tests.search.people.making import a_skill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]
TODAY = timezone.localdate()


def look(viewer: Viewer, **params: Any) -> Found:
    form = PeopleForm(params)
    assert form.is_valid(), form.errors
    return find(form.asked(), viewer)


def names(found: Found) -> list[str]:
    return [hit.person.title for hit in found.hits]


@pytest.fixture
def practised(north: Organisation, near: Organisation, south: Organisation) -> dict[str, Profile]:
    """Ann has led much, Bob little, Cat is elsewhere."""
    ensure_tree()
    study = (
        case_study("Night court", lead=north.slug)
        .with_cohort("Young carers")
        .running(practice_model("Moon Model"))
    )
    held = {}
    for name, place in (("Ann", north), ("Bob", near), ("Cat", south)):
        person = member(name, of=place)
        held[name] = profile(person, about="I plan lantern walks", role=f"{name} lead practitioner")
    supervision, police = a_skill("Group supervision"), condition("Police engagement")
    claim_skill(
        person=held["Ann"].person,
        skill=supervision,
        level=SkillLevel.LED,
        last_used=2024,
        case_study=study.page,
    )
    claim_skill(person=held["Bob"].person, skill=supervision, level=SkillLevel.DISCUSS)
    tell_blockage(person=held["Ann"].person, condition=police, how="We met the lantern sergeant")
    offer_help(person=held["Ann"].person, kinds=[Help.CALL], days=[1], capacity=1)
    offer_help(
        person=held["Bob"].person, kinds=[Help.CALL, Help.LOAN], days=[], capacity=1, paused=True,
        paused_until=TODAY + dt.timedelta(days=90),
    )  # fmt: skip
    neighbours(south, near)
    vocabulary.forget()
    rebuild(PEOPLE)
    return held


BY: dict[str, tuple[dict[str, Any], list[str]]] = {
    "words of about": ({"q": "lantern walk"}, ["Ann", "Bob", "Cat"]),
    "a phrase": ({"q": '"lantern sergeant"'}, ["Ann"]),
    "a name": ({"q": "Bob"}, ["Bob"]),
    "a skill, the furthest first": ({"skill": "group-supervision"}, ["Ann", "Bob"]),
    "a skill and a level": ({"skill": "group-supervision", "level": "3"}, ["Ann"]),
    "a blockage": ({"blockage": "police-engagement"}, ["Ann"]),
    "a model": ({"model": "moon-model"}, ["Ann"]),
    "a cohort": ({"cohort": "young-carers"}, ["Ann"]),
    "a job title": ({"role": "practitioners leading cat"}, ["Cat"]),
    "a region": ({"region": "north-west"}, ["Ann", "Bob"]),
    "areas like one": ({"like": "south"}, ["Bob", "Cat"]),
    "a kind of help": ({"help": "call"}, ["Ann", "Bob"]),
    "free this month": ({"free": f"{TODAY:%Y-%m}"}, ["Ann"]),
    "free when the break is over": ({"free": f"{TODAY + dt.timedelta(days=125):%Y-%m}"}, ["Ann", "Bob"]),
    "two filters": ({"region": "north-west", "help": "loan"}, ["Bob"]),
    "nothing": ({}, []),
}


def test_by_what_people_are_found_with_and_without_words(
    practised: dict[str, Profile], viewers: dict[str, Viewer]
):
    """The index proposes and the database decides, but for who has got furthest with a skill: that the database knows."""
    viewer = viewers["elsewhere"]
    for what, (params, expected) in BY.items():
        assert sorted(names(look(viewer, **params))) == expected, what
        if params and "q" not in params:
            assert sorted(names(look(viewer, q="lantern", **params))) == expected, f"{what}, with words"
            assert names(look(viewer, q="no-such-word", **params)) == [], f"{what}, with a word nobody says"
    assert names(look(viewer, skill="group-supervision"))[0] == "Ann"
    assert "Cat" not in names(look(viewer_of(practised["Cat"].person), q="lantern")), (
        "nobody finds themselves"
    )
    assert sorted(names(look(viewer_of(practised["Cat"].person), like="mine"))) == ["Bob"]
    assert names(look(Viewer(), q="lantern")) == []


def test_why_is_said_out_of_rows_that_the_viewer_sees(
    practised: dict[str, Profile], viewers: dict[str, Viewer]
):
    viewer = viewers["elsewhere"]
    (ann,) = look(viewer, q="lantern", skill="group-supervision", level="3").hits
    told = " / ".join(ann.reasons)
    assert "<strong>Group supervision</strong>. Have led it, last used 2024, rests on Night court" in told
    assert "Got round <strong>Police engagement</strong>: We met the <mark>lantern</mark> sergeant" in told
    assert "I plan <mark>lantern</mark> walks" in told
    Profile.objects.filter(pk=ann.profile.pk).update(audience_blockages="organisation")
    (ann,) = look(viewer, q="lantern", skill="group-supervision", level="3").hits
    assert "sergeant" not in " / ".join(ann.reasons)


GONE: dict[str, Callable[[Profile], Any]] = {
    "hidden": lambda held: _set(held, hidden_at=timezone.now()),
    "not listed": lambda held: _set(held, listed=False),
    "a year old": lambda held: _set(held, confirmed_at=timezone.now() - dt.timedelta(days=366)),
    "under the safety flag": lambda held: _set(held, safety_flag=True),
    "for nobody now": lambda held: _set(held, **{f"audience_{field}": "me" for field in FIELDS}),
    "for colleagues now": lambda held: _set(
        held, **{f"audience_{field}": "organisation" for field in FIELDS}
    ),
    "unsaid": lambda held: _set(held, about="", role=""),
    "suspended": lambda held: Membership.objects.filter(person=held.person).update(state="suspended"),
    "account closed": lambda held: User.objects.filter(pk=held.person_id).update(is_active=False),
}


def _set(held: Profile, **fields: Any) -> None:
    Profile.objects.filter(pk=held.pk).update(**fields)


def test_an_index_that_lags_behind_shows_and_counts_nobody_who_is_gone(
    north: Organisation, viewers: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
):
    """Updates that tell nobody leave the index as it was; each person is gone for a reason of their own."""
    held = {}
    for how in GONE:
        held[how] = profile(member(how, of=north), about="Lanternword lead", role="Beaconword lead")
        claim_skill(person=held[how].person, skill=a_skill("Supervision"), level=SkillLevel.LED)
        offer_help(person=held[how].person, kinds=[Help.CALL], days=[], capacity=1)
    stays = profile(member("stays", of=north), about="Lanternword lead", role="Beaconword lead")
    claim_skill(person=stays.person, skill=a_skill("Supervision"), level=SkillLevel.LED)
    rebuild(PEOPLE)
    viewer = viewers["elsewhere"]
    searches: tuple[dict[str, Any], ...] = ({"q": "lanternword"}, {"q": "lead", "skill": "supervision"})
    for asked in searches:
        assert len(look(viewer, **asked).hits) == len(GONE) + 1, "the control: all are there at first"
    for how, goes in GONE.items():
        goes(held[how])
    query = PeopleQuery(viewer, plan=words_wanted("lanternword", vocabulary.current_vocabulary()))
    assert len(current_people().propose(query)) == len(GONE) + 1, "the index still proposes all"
    assert names(look(viewer, q="lanternword")) == ["stays"]
    for asked in searches[1:]:
        assert set(names(look(viewer, **asked))) <= {"stays", "unsaid"}
    assert not look(viewer, q="lanternword").more
    monkeypatch.setattr(service, "present", lambda viewer: Profile.objects.at_home())
    monkeypatch.setattr(service.Sayings, "meet", lambda self, plan: True)
    assert len(look(viewer, q="lanternword").hits) > 5, "the control: without the database they would show"


def test_at_most_thirty_and_no_number_beyond(north: Organisation, viewers: dict[str, Viewer]):
    for number in range(33):
        profile(member(f"Person {number}", of=north), about="Lanternword")
    rebuild(PEOPLE)
    for params in ({"q": "lanternword"}, {"region": "north-west"}):
        found = look(viewers["elsewhere"], **params)
        assert (len(found.hits), found.more) == (30, True)
    Profile.objects.filter(name__in=["Person 1", "Person 2", "Person 3"]).update(hidden_at=timezone.now())
    found = look(viewers["elsewhere"], q="lanternword")
    assert (len(found.hits), found.more) == (30, False)


def test_some_of_the_words_where_nobody_has_all(practised: dict[str, Profile], viewers: dict[str, Viewer]):
    found = look(viewers["elsewhere"], q="lantern zeppelin")
    assert found.relaxed
    assert sorted(names(found)) == ["Ann", "Bob", "Cat"]


def test_with_the_engine_down_the_database_answers_with_a_notice(
    practised: dict[str, Profile], viewers: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
):
    def down(self: Any, query: PeopleQuery) -> list[str]:
        raise EngineDown("no answer")

    monkeypatch.setattr(type(current_people()), "propose", down)
    found = look(viewers["elsewhere"], q="supervision")
    assert found.notice
    assert sorted(names(found)) == ["Ann", "Bob"]
    for params, expected in BY.values():
        if params and "q" not in params:
            found = look(viewers["elsewhere"], **params)
            assert (sorted(names(found)), found.notice) == (expected, ""), params
    Profile.objects.update(audience_skills=Audience.ORGANISATION)
    assert names(look(viewers["elsewhere"], q="supervision")) == []


def test_without_words_who_confirmed_last_comes_first(
    practised: dict[str, Profile], viewers: dict[str, Viewer]
):
    viewer = viewers["elsewhere"]
    for days, name in enumerate(("Bob", "Ann", "Cat")):
        Profile.objects.filter(pk=practised[name].pk).update(
            confirmed_at=timezone.now() - dt.timedelta(days=days + 1)
        )
    rebuild(PEOPLE)
    assert names(look(viewer, role="practitioner")) == ["Bob", "Ann", "Cat"]
    confirm_profile(person=practised["Cat"].person)
    drain()
    assert names(look(viewer, role="practitioner")) == ["Cat", "Bob", "Ann"]
    assert names(look(viewer, skill="group-supervision")) == ["Ann", "Bob"], "the furthest first"


def test_where_some_have_just_unsaid_it_fewer_are_shown_and_that_there_are_others(
    north: Organisation, viewers: dict[str, Viewer]
):
    for number in range(40):
        profile(member(f"Person {number}", of=north), about="Lanternword")
    rebuild(PEOPLE)
    first = [hit.profile.pk for hit in look(viewers["elsewhere"], q="lanternword").hits]
    Profile.objects.filter(pk__in=first[:9]).update(about="")
    found = look(viewers["elsewhere"], q="lanternword")
    assert 21 <= len(found.hits) <= 30
    assert found.more
    assert not {hit.profile.pk for hit in found.hits} & set(first[:9])
