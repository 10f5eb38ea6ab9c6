"""Ten written requests with the people whom a sensible reader would ask, three of them traps. On both engines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.accounts.models import User
from website.places.models import Organisation

from network.audience import FIELDS, viewer_of
from network.choices import AskState, Help, SkillLevel
from network.load import asked_a_lot
from network.models import Ask, Availability, Block, HelpRequest, Profile
from network.services.claims import claim_skill, offer_help, tell_blockage
from practice_library.models import SynonymGroup
from search.current import current_people
from search.engine import EngineDown
from search.indexed import PEOPLE
from search.indexing import rebuild
from search.people.service import Hit
from search.people.suggesting import Wanted, suggest, wanted_by
from search.vocabulary import forget
from tests.factories.people import member, profile
from tests.factories.vocabularies import condition
from tests.search.people.making import a_skill

pytestmark = pytest.mark.django_db
WRITTEN = yaml.safe_load((Path(__file__).parent / "requests.yaml").read_text())


def a_request(by: User, **fields: Any) -> HelpRequest:
    return HelpRequest.objects.create(
        asker=by, **{"kind": Help.CALL, "problem": "Help", "state": "open", **fields}
    )


@pytest.fixture
def askers(site_engine: str, north: Organisation, near: Organisation, south: Organisation) -> dict[str, User]:
    """Somebody who asks in each place; everybody of requests.yaml is in the index."""
    places = {"North": north, "Near": near, "South": south}
    askers = {name: member(f"Asker {name}", of=place) for name, place in places.items()}
    for person in askers.values():
        profile(person)
    for name, told in WRITTEN["people"].items():
        person = member(name, of=places[told["place"]])
        profile(person, told.get("audience", "network"), role=told["role"], about=told.get("about", ""))
        for skill, level in told.get("skills", {}).items():
            claim_skill(person=person, skill=a_skill(skill), level=SkillLevel(level))
        for term, how in told.get("blockages", {}).items():
            tell_blockage(person=person, condition=condition(term), how=how)
        offer_help(
            person=person, kinds=[Help(kind) for kind in told["offers"]], days=told.get("days", []), capacity=2,
            paused=told.get("paused", False),
        )  # fmt: skip
        for _ in range(told.get("asked", 0)):
            Ask.objects.create(request=a_request(askers["North"]), person=person)
    rebuild(PEOPLE)
    return askers


def names(hits: list[Hit]) -> list[str]:
    return [hit.person.name for hit in hits]


def suggested(asker: User, written: dict[str, Any]) -> list[Hit]:
    request = a_request(asker, kind=written["kind"], problem=written["says"], days=written.get("days", []))
    viewer = viewer_of(asker)
    skills = [a_skill(name).slug for name in written.get("skills", ())]
    return suggest(wanted_by(request, skills=skills, region=viewer.region), viewer)


def test_ten_requests_find_whom_a_sensible_reader_would_ask(askers: dict[str, User]):
    assert len(WRITTEN["requests"]) == 10
    for written in WRITTEN["requests"]:
        hits = suggested(askers[written.get("asker", "North")], written)
        found, first = names(hits), set(written["first"])
        assert set(found[: len(first)]) == first, (written["says"], found)
        assert set(written.get("among", ())) <= set(found), (written["says"], found)
        assert not set(written.get("never", ())) & set(found), (written["says"], found)
        assert {hit.person.name for hit in hits if hit.asked_a_lot} == set(written.get("sinks", ()))
        assert all(hit.reasons for hit in hits[: len(first)]), "each says why"


def test_each_trap_holds_by_its_guard_alone(askers: dict[str, User], monkeypatch: pytest.MonkeyPatch):
    """The controls: without the break, the askings or the hiding the one who is trapped comes first."""
    neglect, abuse, leavers = WRITTEN["requests"][7:]
    Availability.objects.update(paused=False)
    Ask.objects.all().delete()
    Profile.objects.update(**{f"audience_{field}": "network" for field in FIELDS})
    rebuild(PEOPLE)
    assert names(suggested(askers["North"], neglect))[0] == "Sage Paused"
    assert names(suggested(askers["North"], abuse))[0] == "Merle Busy"
    assert names(suggested(askers["South"], leavers))[0] == "Linnet Hidden"
    Availability.objects.filter(profile__name="Sage Paused").update(paused=True)
    Profile.objects.filter(name="Linnet Hidden").update(audience_availability="elsewhere")
    assert "Sage Paused" not in names(suggested(askers["North"], neglect)), (
        "also with an index that lags behind"
    )
    assert "Linnet Hidden" not in names(suggested(askers["South"], leavers))

    def down(self: Any, query: Any) -> list[str]:
        raise EngineDown("no answer")

    monkeypatch.setattr(type(current_people()), "propose", down)
    assert names(suggested(askers["North"], abuse)), "and without the index"


def test_a_term_of_two_words_is_enough_to_fit(askers: dict[str, User]):
    SynonymGroup.objects.create(terms=["front door", "referral and assessment"])
    forget()
    short = {"says": "How do you hold a front door?", "kind": "call"}
    assert names(suggested(askers["South"], short))[0] == "Heron Invented"
    assert "Lark Imagined" not in names(suggested(askers["South"], short)), "a word alone is not"


def test_who_counts_as_asked_a_lot(askers: dict[str, User]):
    merle, finch, heron = (
        User.objects.get(name=name) for name in ("Merle Busy", "Finch Next", "Heron Invented")
    )
    people = [merle.pk, finch.pk, heron.pk]
    assert asked_a_lot(people) == {merle.pk}
    Ask.objects.filter(person=merle).update(state=AskState.NOT_NOW)
    assert asked_a_lot(people) == frozenset(), "with room again"
    for _ in range(6):
        Ask.objects.create(request=a_request(askers["North"]), person=finch, state=AskState.WITHDRAWN)
    assert asked_a_lot(people) == {finch.pk}, "three times the capacity within thirty days"
    Ask.objects.filter(person=finch).update(asked_at=timezone.now() - dt.timedelta(days=31))
    assert asked_a_lot(people) == frozenset()


def test_nobody_is_suggested_to_themselves_nor_to_who_works_nowhere(
    askers: dict[str, User], seekers: dict[str, User]
):
    wanted = Wanted(words="group supervision", kind=Help.CALL, skills=("group-supervision",))
    jay = User.objects.get(name="Jay Specimen")
    assert names(suggest(wanted, viewer_of(jay))) == ["Wren Sample"]
    assert suggest(wanted, viewer_of(seekers["editor"])) == []
    assert names(suggest(wanted, viewer_of(askers["North"]), leave_out=[jay.pk])) == ["Wren Sample"]
    for by, person in ((jay, askers["North"]), (askers["North"], jay)):
        block = Block.objects.create(by=by, person=person)
        assert names(suggest(wanted, viewer_of(askers["North"]))) == ["Wren Sample"], "either wants no more"
        block.delete()


def test_the_page_is_for_the_open_request_of_ones_own(askers: dict[str, User]):
    cache.clear()
    request = a_request(askers["North"], kind=Help.COACHING, problem="Start group supervision")
    request.skills.add(a_skill("Group supervision"))
    address = f"/exchange/{request.pk}/people/"
    assert Client().get(address).status_code == 302
    other = Client()
    other.force_login(askers["South"])
    assert other.get(address).status_code == 404
    client = Client()
    client.force_login(askers["North"])
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        text = client.get(address).content.decode()
    assert len(caught) <= 15, "\n".join(query["sql"][:100] + query["sql"][-150:] for query in caught)
    assert text.index("Jay Specimen") < text.index("Wren Sample")
    jay = Profile.objects.get(name="Jay Specimen")
    assert f"/exchange/{request.pk}/ask/?person={jay.pk}" in text
    Ask.objects.create(request=request, person=jay.person)
    assert "Jay Specimen" not in client.get(address).content.decode(), "asked already"
    HelpRequest.objects.filter(pk=request.pk).update(state="draft")
    assert client.get(address)["Location"] == f"/exchange/{request.pk}/"
