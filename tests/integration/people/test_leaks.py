"""A mark in every row of a profile, every audience, every viewer, every channel: it shows where it may and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Q
from website.accounts.models import User
from website.places.models import Organisation

from network import audience as rule
from network.audience import FIELDS
from network.choices import Audience, Help, SkillLevel
from network.models import Photo, Profile, Skill
from network.services.claims import claim_skill, offer_help, tell_blockage
from practice_library.services.tree import ensure_tree
from search.current import current_engine
from search.indexed import PEOPLE
from search.indexing import rebuild
from tests.factories.entries import case_study
from tests.factories.people import profile
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import ADMITTED, browser_of

pytestmark = pytest.mark.django_db

#: What each row says; nothing else on the site says it.
MARKS = {
    "name": "Zanamark",
    "role": "Zrolemark",
    "about": "Zaboutmark",
    "learning": "Zlearningmark",
    "languages": "Zlanguagemark",
    "working_pattern": "Zpatternmark",
    "registration": "Teaching Regulation Agency",
    "skills": "Have led improvement of it elsewhere",
    "blockages": "Zblockagemark",
    "availability": "Let somebody observe practice",
    "organisation": "North: its practice",
    "region": "North West",
    "photo": "Photograph of",
}
#: Channels of people and the rows that may be read there.
PERSON = "the page"
CHANNELS: dict[str, set[str]] = {
    PERSON: set(FIELDS),
    "/skills/group-supervision/": {"name", "role", "organisation", "region", "skills"},
    "/skills/": set(),
    "/conditions/police-engagement/": {"name", "role", "organisation", "region", "blockages"},
    "entry": set(),
    "/me/": set(),
}
#: People search, by each row that finds. The index is as it was when all members could read everything.
SEARCH = "/people/?"
SEARCHES = (
    "q=Zaboutmark",
    "skill=group-supervision&level=4&blockage=police-engagement",
    "help=observing&region=north-west&role=Zrolemark&q=Zblockagemark",
)
CHANNELS |= {
    SEARCH + asked: set(FIELDS) - {"learning", "working_pattern", "registration"} for asked in SEARCHES
}
#: Channels where nobody reads anything of people, however wide they open themselves.
NEVER = (
    "/practice/?q=Zanamark",
    "/practice/?q=Zaboutmark&words=mine",
    "/authorities/north/",
    "/api/v1/practice/search?q=Zblockagemark",
    "/api/v1/practice/suggest?q=Zana",
    "/api/v1/export/practice.csv",
    "/api/v1/authorities",
    "/practice/feed.rss",
    "/sitemap.xml",
    "/organisations/north/members/",
    "/cms/",
    "/cms/users/",
    "/no-such-page/",
)


@pytest.fixture
def marked(holder: User, skill: Skill, north: Organisation) -> Profile:
    """A profile with a mark in every row, and an entry that names the condition."""
    ensure_tree()
    case_study("Open work", lead=north.slug).with_condition("Police engagement")
    fields = {each: MARKS[each] for each in MARKS if each in {f.name for f in Profile._meta.fields}}
    User.objects.filter(pk=holder.pk).update(name="Account")
    held = profile(holder, **{**fields, "registration": "tra"})
    claim_skill(person=holder, skill=skill, level=SkillLevel.LED_ELSEWHERE, last_used=2024)
    tell_blockage(person=holder, condition=condition("Police engagement"), how=MARKS["blockages"])
    offer_help(person=holder, kinds=[Help.OBSERVING], days=[1], capacity=2)
    Photo.objects.create(profile=held, data=b"a picture")
    Profile.objects.update(**{f"audience_{field}": "network" for field in FIELDS})
    rebuild(PEOPLE)
    return held


def where(channel: str, held: Profile) -> str:
    return {PERSON: f"/people/{held.pk}/", "entry": "/practice/north/open-work/"}.get(channel, channel)


def read(client: Any, channel: str, held: Profile) -> str:
    """All that a channel says, headers included, without the address that the reader asked for themselves."""
    asked = where(channel, held)
    answer = client.get(asked)
    body = answer.getvalue() if answer.streaming else answer.content
    text = f"{answer.status_code} {dict(answer.headers)} {body.decode()}"
    for echoed in (asked, asked.partition("q=")[2].partition("&")[0]):
        text = text.replace(echoed, "") if echoed else text
    return text


def shows(field: str, text: str, channel: str) -> bool:
    """Whether a channel shows a row. Regions are words of filters too, so they are looked for on pages of people only."""
    if channel.startswith(SEARCH):  # before the results stand filters, with all their words
        text = text.partition('class="pc-results"')[2]
    elif field == "region" and channel not in (PERSON, "/skills/group-supervision/"):
        return False
    if field == "organisation":
        return MARKS["organisation"] in text or "mark, North" in text
    if field == "region":
        return MARKS["region"] in (text if channel.startswith(SEARCH) else text.partition("<main")[2])
    return MARKS[field] in text


@pytest.mark.parametrize("whom", ADMITTED)
@pytest.mark.parametrize("audience", Audience.values)
def test_no_mark_shows_to_whom_it_is_not_for(
    audience: str, whom: str, marked: Profile, viewers: dict[str, User | None]
):
    Profile.objects.update(**{f"audience_{field}": audience for field in FIELDS})
    client = browser_of(viewers[whom])
    admitted = audience in ADMITTED[whom]
    for channel, may in CHANNELS.items():
        text = read(client, channel, marked)
        seen = {field for field in FIELDS if shows(field, text, channel)}
        allowed = may if admitted else set()
        assert seen <= allowed, (channel, seen - allowed)
        if channel == PERSON and admitted:
            assert seen == may, "the control: whoever may see it does"
        if channel.startswith(SEARCH) and admitted and whom != "self":
            assert str(marked.pk) in text, f"the control: {channel} finds them"
        if not admitted:
            assert str(marked.pk) not in text, channel
            assert "1 person" not in text, channel


@pytest.mark.parametrize("whom", ADMITTED)
def test_channels_of_the_library_and_of_the_site_say_nothing_of_people(
    whom: str, marked: Profile, viewers: dict[str, User | None]
):
    rebuild()
    client = browser_of(viewers[whom])
    for channel in NEVER:
        text = read(client, channel, marked)
        assert {field for field in FIELDS if shows(field, text, channel)} == set(), channel
        assert str(marked.pk) not in text, channel


def test_counts_are_of_those_whom_the_reader_may_see(marked: Profile, viewers: dict[str, User | None]):
    Profile.objects.update(audience_skills="region", audience_blockages="region")
    for whom, words in (("same region", "1 person"), ("elsewhere", "nobody yet"), ("colleague", "1 person")):
        text = read(browser_of(viewers[whom]), "/skills/", marked)
        assert words in text, whom
        told = "1 person has got round it" in read(browser_of(viewers[whom]), "entry", marked)
        assert told is (words == "1 person"), whom


def test_one_row_for_others_tells_nothing_of_the_next(marked: Profile, viewers: dict[str, User | None]):
    """Each row alone is open, the rest are shut: only that one is read anywhere."""
    client = browser_of(viewers["elsewhere"])
    for field in FIELDS:
        Profile.objects.update(**{f"audience_{each}": "me" for each in FIELDS})
        Profile.objects.update(**{f"audience_{field}": "network"})
        for channel, may in CHANNELS.items():
            text = read(client, channel, marked)
            seen = {each for each in FIELDS if shows(each, text, channel)}
            assert seen <= may & {field}, (field, channel, seen)


def test_the_crawl_notices_a_guard_that_is_gone(
    marked: Profile, viewers: dict[str, User | None], monkeypatch: pytest.MonkeyPatch
):
    """The control: with the condition of the database removed, a list shows whom it must not."""
    Profile.objects.update(**{f"audience_{field}": "me" for field in FIELDS})
    client = browser_of(viewers["elsewhere"])
    assert str(marked.pk) not in read(client, "/skills/group-supervision/", marked)
    monkeypatch.setattr("network.models.profile.allowing", lambda viewer, field: Q())
    assert str(marked.pk) in read(client, "/skills/group-supervision/", marked)
    monkeypatch.setattr("network.models.profile.admits", lambda viewer, home: frozenset(Audience))
    assert MARKS["about"] in read(client, PERSON, marked)


def test_a_page_of_somebody_unseen_answers_as_one_that_never_was(marked: Profile, viewers: dict[str, Any]):
    import re
    import uuid

    Profile.objects.update(**{f"audience_{field}": "me" for field in FIELDS})
    client = browser_of(viewers["elsewhere"])
    answers = []
    for key in (marked.pk, uuid.uuid4()):
        answer = client.get(f"/people/{key}/")
        answers.append((answer.status_code, re.sub(str(key), "", answer.content.decode())))
    assert answers[0] == answers[1]
    visitor = browser_of(None)
    found = [visitor.get(f"/people/{key}/") for key in (marked.pk, uuid.uuid4())]
    assert [answer.status_code for answer in found] == [302, 302]


def test_nothing_of_people_enters_the_index_of_the_library(site_engine: str, marked: Profile, settings: Any):
    call_command("search_index", "--rebuild")
    stored = everything_stored(site_engine, settings)
    assert "open" in stored, "the control"
    for mark in ("zanamark", "zaboutmark", "zblockagemark"):
        assert mark not in stored


def everything_stored(engine: str, settings: Any) -> str:
    """All that the index of the library holds, in small letters."""
    if engine == "elastic":
        connection: Any = current_engine()._connection  # type: ignore[attr-defined]
        hits = connection.search({"query": {"match_all": {}}, "size": 1000})["hits"]["hits"]
        return json.dumps(hits).lower()
    files = (path for path in Path(settings.SEARCH_INDEX_DIR).rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in files).decode("latin-1").lower()


def test_the_rule_has_one_home():
    assert set(rule.FIELDS) == {
        field.name.removeprefix("audience_")
        for field in Profile._meta.fields
        if field.name.startswith("audience_")
    }
    assert set(MARKS) == set(FIELDS)
