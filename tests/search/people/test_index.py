"""The index of people: what it proposes to whom, and that it follows what people change. On both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.services.memberships import change_membership
from website.outbox.models import Change
from website.places.models import Organisation

from network.audience import FIELDS, Viewer
from network.choices import Audience, Help, SkillLevel
from network.models import Profile
from network.services.claims import claim_skill, drop_blockage, drop_claim, offer_help, tell_blockage
from network.services.profiles import hide_profile, show_profile
from practice_library.services.tree import ensure_tree
from search.checks import find_drift
from search.current import current_engine, current_people
from search.engine import Change as Told
from search.engine import PracticeQuery
from search.indexed import PEOPLE
from search.indexing import drain, rebuild
from search.matching import Alternative, Clause, Plan
from search.people.document import documents_of, prepare
from search.people.query import PeopleQuery
from tests.factories.entries import case_study
from tests.factories.people import member, profile
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import ADMITTED
from tests.search.people.making import a_skill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


def word(text: str) -> Plan:
    return Plan((Clause((Alternative((text,), typed=True),)),), 1)


def found(viewer: Viewer, **asked: Any) -> set[str]:
    return set(current_people().propose(PeopleQuery(viewer, **asked)))


def test_words_and_tags_are_asked_only_of_the_audiences_that_admit(
    north: Organisation, viewers: dict[str, Viewer]
):
    held = {}
    for audience in Audience:
        person = member(f"For {audience}", of=north)
        mine = profile(person, audience, about="Lanternword", role="Beaconword lead")
        claim_skill(person=person, skill=a_skill("Supervision"), level=SkillLevel.LED)
        offer_help(person=person, kinds=[Help.CALL], days=[1], capacity=1)
        held[str(mine.pk)] = audience
    rebuild(PEOPLE)
    for whom, viewer in viewers.items():
        for asked in (
            {"plan": word("lanternword")},
            {"plan": Plan(phrases=(("beaconword", "lead"),))},
            {"tags": (("skill:supervision:2",),)},
            {"tags": (("organisation:north",),), "plan": word("lanternword")},
            {"tags": (("help:call", "help:loan"),), "free": (20300101, 20300131)},
            {"lifts": (("skill:supervision:3", 5.0),)},
        ):
            seen = {held[uid].value for uid in found(viewer, **asked)}
            assert seen == ADMITTED[whom] - {"me", "exchange"}, (whom, asked)
        assert not found(viewer, tags=(("skill:supervision:4",),)), "nobody has got so far"
    assert not found(Viewer(), plan=word("lanternword"))


def test_under_the_safety_flag_only_job_title_and_region_are_in_the_index(north: Organisation):
    held = profile(member("Sa Fe", of=north), safety_flag=True, about="Lanternword")
    claim_skill(person=held.person, skill=a_skill("Supervision"), level=SkillLevel.LED)
    held = Profile.objects.at_home().get(pk=held.pk)
    document = prepare(held)
    assert document["texts"] == {"network": [("Team manager", 2)]}
    assert document["tags"] == {"network": ["region:north-west", "role:manag", "role:team"]}
    held.safety_flag = False
    assert ("Lanternword", 1) in prepare(held)["texts"]["network"], "the control"


def test_what_is_for_nobody_is_not_in_the_document(north: Organisation):
    held = profile(member("No Body", of=north), Audience.ME, about="Lanternword")
    Profile.objects.update(
        audience_blockages=Audience.EXCHANGE, audience_learning=Audience.NETWORK, learning="Moonword"
    )
    tell_blockage(person=held.person, condition=condition("Police engagement"), how="Starword")
    (document,) = documents_of([held.pk], {})
    assert not document["texts"]
    assert not document["tags"]


def test_people_are_never_in_the_index_of_the_library(north: Organisation, viewers: dict[str, Viewer]):
    ensure_tree()
    case_study("Open lantern work", lead=north.slug)
    profile(member("Lan Tern", of=north), about="lantern")
    rebuild()
    rebuild(PEOPLE)
    assert len(current_engine().search(PracticeQuery("lantern")).hits) == 1
    assert len(found(viewers["elsewhere"], plan=word("lantern"))) == 1


def test_every_change_is_told_in_its_transaction_and_the_index_follows(
    north: Organisation, viewers: dict[str, Viewer]
):
    person = member("Hol Der", of=north)
    held = profile(person, about="Lanternword")
    term, skill = condition("Police engagement"), a_skill("Supervision")
    viewer = viewers["elsewhere"]

    def follows(there: bool, **asked: Any) -> None:
        assert Change.objects.pending().filter(topic="person", object_uid=held.pk).exists()
        drain()
        assert (str(held.pk) in found(viewer, **asked)) is there, asked

    by_word: dict[str, Any] = {"plan": word("lanternword")}
    follows(True, **by_word)
    hide_profile(person=person)
    follows(False, **by_word)
    show_profile(person=person)
    follows(True, **by_word)
    claim = claim_skill(person=person, skill=skill, level=SkillLevel.LED)
    follows(True, tags=(("skill:supervision:3",),))
    skill.name = "Moonword"
    skill.save()
    follows(True, plan=word("moonword"))
    drop_claim(person=person, claim=claim)
    follows(False, plan=word("moonword"))
    told = tell_blockage(person=person, condition=term, how="Starword")
    follows(True, plan=word("starword"))
    drop_blockage(person=person, blockage=told)
    follows(False, plan=word("starword"))
    offer_help(person=person, kinds=[Help.CALL], days=[], capacity=1)
    follows(True, tags=(("help:call",),))
    offer_help(person=person, kinds=[Help.LOAN], days=[], capacity=1)
    follows(False, tags=(("help:call",),))
    held.audience_about = Audience.ORGANISATION
    held.save()
    follows(False, **by_word)
    assert str(held.pk) in found(viewers["colleague"], **by_word), "the control"
    place = Membership.objects.get(person=person)
    change_membership(membership=place, act="leave", by=person)
    follows(False, tags=(("role:manag",),))
    Membership.objects.filter(pk=place.pk).update(state="active", ended_at=None)
    User.objects.get(pk=person.pk).save(update_fields=["is_active"])
    follows(True, tags=(("role:manag",),))
    User.objects.get(pk=person.pk).delete()
    follows(False, tags=(("role:manag",),))


def test_signing_in_is_no_change(north: Organisation):
    person = member("Hol Der", of=north)
    profile(person)
    Change.objects.all().delete()
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    assert not Change.objects.exists()


def test_drift_of_people_is_found_and_mended(north: Organisation, capsys: pytest.CaptureFixture[str]):
    people = [profile(member(f"Person {n}", of=north), about="Lanternword") for n in range(3)]
    call_command("search_index", rebuild=True)
    assert "3 people indexed" in capsys.readouterr().out
    current_people().apply([Told(str(people[0].pk), 10**6)])
    Profile.objects.filter(pk=people[1].pk).update(about="Moonword")
    Profile.objects.filter(pk=people[2].pk).update(hidden_at=timezone.now())
    drift = find_drift(PEOPLE)
    assert (drift.missing, drift.stale, drift.ghost) == (
        [str(people[0].pk)], [str(people[1].pk)], [str(people[2].pk)],
    )  # fmt: skip
    call_command("search_check", repair=True)
    assert not find_drift(PEOPLE)


def test_a_change_during_a_rebuild_is_in_the_new_index(
    north: Organisation, viewers: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
):
    person = member("Hol Der", of=north)
    held = profile(person, about="Lanternword")
    drain()
    engine = current_people()
    real = type(engine).rebuild

    def meanwhile(self: Any, documents: Any, replay: Callable[[], Any], switching: Any) -> Any:
        read = list(documents)
        Profile.objects.filter(pk=held.pk).update(about="Moonword")
        hide_profile(person=person)
        show_profile(person=person)
        drain()
        return real(self, read, replay, switching)

    monkeypatch.setattr(type(engine), "rebuild", meanwhile)
    rebuild(PEOPLE)
    assert found(viewers["elsewhere"], plan=word("moonword")) == {str(held.pk)}
    assert not found(viewers["elsewhere"], plan=word("lanternword"))


def test_rows_of_a_profile_are_all_considered():
    """A row that is added to profiles is either searched or left out on purpose."""
    from search.people.document import _ROWS

    assert set(FIELDS) - set(_ROWS) == {"learning", "photo", "working_pattern", "registration"}
