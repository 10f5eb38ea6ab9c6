"""An invented word for every thing that is not for everybody, looked for as every role through every channel.

docs/security.md says how to add a word when something new is built.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from website.accounts.services.memberships import invite
from website.outgoing.sending import send_due

from network.audience import Viewer
from network.choices import Help, ReportClass
from network.models import Profile
from network.services.asking import ask_person, change_ask, write_request
from network.services.calls import debrief, propose_times
from network.services.reports import report
from network.services.threads import send_message
from practice_library.models.entry import EntryQuerySet
from search.current import current_engine, current_people
from search.engine import PracticeQuery
from search.matching import Alternative, Clause, Plan
from search.people.document import INDEXED
from search.people.query import PeopleQuery
from tests.factories.exchange import offering
from tests.factories.people import member
from tests.integration.search.conftest import site_engine as site_engine
from tests.security.canary_addresses import addresses, unknown_names
from tests.security.canary_crawl import LISTS, Crawl, Leak, bare, told
from tests.security.canary_words import LETTERS
from tests.security.canary_world import SENT_ONLY, World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NO_LIMIT = ((1_000_000, 60),)
#: Words that no page shows to anybody: they are looked for all the same.
SHOWN_TO_NOBODY = {"detail of the audit", "search that found nothing", "dismissed pair"}


@pytest.fixture
def unhurried(settings: Any) -> None:
    """People search may be asked as often as the crawl needs."""
    settings.PEOPLE_SEARCH_LIMITS = NO_LIMIT


@pytest.fixture
def world(site_engine: str, unhurried: None) -> World:
    """Everything is there and out of sight; the indices still hold it as if it were for all."""
    made = World()
    made.hide()
    made.open_rows()
    made.index(stale=True)
    return made


def test_no_word_leaks_to_any_role_through_any_channel(world: World) -> None:
    crawls = [Crawl(world, letter).everything() for letter in LETTERS]
    leaks = [str(leak) for crawl in crawls for leak in sorted(crawl.leaks)]
    assert leaks == [], "\n".join(leaks)
    seen = set().union(*(crawl.seen for crawl in crawls))
    shown = {canary.thing for canary in world.canaries.values() if canary.may}
    assert shown - seen - SHOWN_TO_NOBODY == set(), "a word that nobody meets by right proves nothing"
    world.index()
    fresh = Crawl(world, "V")
    fresh.every_search(stale=False)
    assert fresh.leaks == set()


def test_lists_counts_and_orders_are_the_same_with_and_without_what_is_hidden(
    site_engine: str, unhurried: None
) -> None:
    """Nobody can tell from a total, a page number, a position or a date that there is more."""
    made = World()
    made.index()
    paths = [*dict.fromkeys([*(path for _, path in addresses(made)), *LISTS])]
    before = {letter: _pages(made, letter, paths) for letter in "VX"}
    made.hide()
    made.index()
    for letter, pages in before.items():
        after = _pages(made, letter, paths)
        assert [path for path, page in pages.items() if page != after[path]] == [], letter


def _pages(world: World, letter: str, paths: list[str]) -> dict[str, tuple[int, str]]:
    client, person = Client(), world.person(letter)
    if person is not None:
        client.force_login(person)
    pages = {}
    for path in paths:
        if not path.startswith(("/accounts/", "/me/data")):
            answer = told(client.get(path))
            text = bare(answer.text)
            if path.startswith("/people/?q="):  # whom the words fit equally well come in any order
                text = "\n".join(sorted(text.splitlines()))
            pages[path] = answer.status, text
    return pages


def test_the_indices_hold_what_they_may_and_nothing_else(site_engine: str, unhurried: None) -> None:
    """Of the library what is published; of people the rows that are for others than parties, of whoever is there."""
    world = World()
    world.hide()
    world.open_rows()
    world.index()
    library, people = current_engine(), current_people()
    assert library.search(PracticeQuery(text="pods")).total == 2, "the control: open entries are there"
    assert [
        canary.what
        for word, canary in world.canaries.items()
        if library.search(PracticeQuery(text=word, words_mine=True)).total
    ] == []
    north, region = world.people.north.pk, "north-west"
    anybody = (Viewer(None, True, north, region), Viewer(None, True, 0, region), Viewer(None, True, 0, ""))
    held = {
        canary.what
        for word, canary in world.canaries.items()
        if any(people.propose(PeopleQuery(viewer=viewer, plan=_said(word))) for viewer in anybody)
    }
    may = {
        f"row {row} of {number}"
        for number in range(len(world.people.profiles))
        for row in ("name", "role", "about", "skills", "blockages", "languages")
        if world.people.audience(row, number) in INDEXED
    }
    assert held == may
    if site_engine == "embedded":
        words = {world.canaries[word].what for word in world.canaries.found_in(_files())}
        assert words <= may


def _said(word: str) -> Plan:
    return Plan(clauses=(Clause((Alternative((word,), exact=False, typed=True),)),), minimum=1)


def _files() -> str:
    folder = Path(settings.SEARCH_INDEX_DIR)
    files = [
        path for each in folder.parent.glob(f"{folder.name}*") for path in each.rglob("*") if path.is_file()
    ]
    return "\n".join(f"{path.name}\n{path.read_bytes().decode('latin-1')}" for path in files)


def test_no_letter_tells_a_word_in_any_header_or_line(world: World, settings: Any) -> None:
    """Everything by which people reach each other, each with words of its own."""
    people = world.people
    who, words = people.who, world.canaries
    newcomer = member(words.add("name of a helper", "O E L D"), of=people.north)
    offering(newcomer, Help.CALL)
    written = write_request(by=who["X"], kind=Help.CALL, problem=words.add("problem of a letter", ""))
    ask = ask_person(request=written, profile=Profile.objects.get(person=newcomer), by=who["X"])
    ask = change_ask(ask=ask, act="accept", by=newcomer)
    message = send_message(thread=ask.thread, by=newcomer, text=words.add("message of a letter", ""))
    propose_times(ask=ask, times=[(timezone.now() + dt.timedelta(days=2), 30)], by=newcomer)
    report(
        thing=message, kind=ReportClass.SAFEGUARDING, words=words.add("report of a letter", ""), by=who["X"]
    )
    ask.times.all().delete()
    debrief(
        ask=ask,
        by=newcomer,
        what_helped=words.add("debrief of a letter", ""),
        what_next="",
        may_be_evidence=False,
    )
    invite(organisation=people.north, email="new@people.example", name=words.add("invited", ""), by=who["O"])
    assert send_due().sent == len(mail.outbox) >= 6
    told_in_letters = {
        words[word].what
        for letter in mail.outbox
        for word in words.found_in(_told(letter).replace(", ".join(letter.to), ""))
    }
    assert told_in_letters <= {"subject of a letter", "letter", "letter to an address"}, (
        "what the world posted itself is carried as it is"
    )
    settings.PEOPLE_SEARCH_LIMITS = ((0, 60),)
    throttled = Crawl(world, "X")
    assert throttled.read("throttled", "/people/?q=listening").status == 429
    assert throttled.leaks == set()


def _told(letter: mail.EmailMessage) -> str:
    """Every header, and the words as they are before they are wrapped for the way."""
    headers = [f"{name}: {value}" for name, value in letter.message().items()]
    return "\n".join([*headers, letter.subject, str(letter.body)])


def test_the_world_knows_every_model_and_every_address(world: World) -> None:
    """A new thing fails here until it has a word, or a reason why it needs none."""
    assert world.models_without_rows() == [], (
        "Give the world a row and a word of it (canary_people.py, canary_library.py), or name it in HOLDS_NOTHING_HIDDEN."
    )
    assert unknown_names(world) == set(), "These addresses are gone: take them off the lists."
    crawl = Crawl(world, "P")
    for name, path in addresses(world):
        if name in SENT_ONLY:
            assert crawl.read(name, path).status in (404, 405), name


def test_the_crawl_notices_each_guard_that_is_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with one guard removed the crawl tells exactly what leaks, and nothing before."""

    def look(letter: str, *, search: bool = False) -> set[Leak]:
        crawl = Crawl(world, letter)
        crawl.every_address()
        if search:
            crawl.every_search()
        return crawl.leaks

    assert look("V") == look("X", search=True) == set()
    with monkeypatch.context() as without:
        without.setattr(EntryQuerySet, "published", published_without_hiding)
        assert {leak.what.partition(":")[0] for leak in look("V")} == {"entry, hide", "model, hide"}

    rows_for = Profile.rows_for
    with monkeypatch.context() as without:
        without.setattr(Profile, "rows_for", lambda self, viewer: rows_for(self, viewer) | {"about"})
        shut = {canary.what for canary in world.canaries.values() if "X" not in canary.may}
        abouts = {f"row about of {number}" for number in range(len(world.people.profiles))}
        assert {leak.what for leak in look("X")} == abouts & shut | {"profile under the safety flag: about"}

    with monkeypatch.context() as without:
        everybody = Profile.objects.at_home
        without.setattr(
            "search.people.service.present", lambda viewer: everybody().exclude(person=viewer.person)
        )
        leaks = look("X", search=True)
        assert {leak.what.partition(":")[0] for leak in leaks} >= {"profile hidden now", "profile not listed"}
        assert {leak.channel.rpartition(" ")[2].partition("?")[0] for leak in leaks} == {"/people/"}


def published_without_hiding(self: EntryQuerySet, *, at: Any = None) -> EntryQuerySet:
    """`published` as it would be if nobody had thought of hidden entries."""
    now = at or timezone.now()
    found = self.live().public().filter(withdrawn_at=None).exclude(expire_at__lte=now)
    return found.exclude(go_live_at__gt=now, first_published_at=None)
