"""People search and pages about people at one size: what `bench --people` adds to a library of one size.

Bare is the engine alone, asked by a query made beforehand, and then the rows of the thirty whom a page shows, read by their
keys without any rule of who may see them: as the bare engine of practice search reads the cards of its hits. The service adds
who may see what, twice (in the index and in the database), the reasons, and who is asked a lot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.performance.people_questions import Kind, Question, kinds, reader, request_of
from tests.performance.people_report import engine_figures, engine_tables
from tests.performance.sampling import Times, interleaved
from tests.performance.site import Answer, get
from tests.performance.stage import Seconds, engine_of, say, timed

Way = Callable[[Question], object]
MOST_SECONDS_A_KIND = 12.0


def grow_people(people: int, corpus: Path | None) -> tuple[int, Seconds]:
    """Add members until there are so many; gives how many were added in how many seconds."""
    from network.services.register import load_skills
    from network.services.scale import seed_members, seeded_members
    from practice_library.services.scale_text import passages_of
    from practice_library.services.statistics import count_anew
    from tests.performance.stage import indexing_held

    with indexing_held():
        load_skills()
    missing = max(people - seeded_members(), 0)
    with timed() as seconds:
        if missing:
            seed_members(number=missing, passages=passages_of(corpus), say=say)
    count_anew(missing)
    return missing, seconds[0]


def measure(name: str, options: Any) -> tuple[str, dict[str, Any]]:
    """Tables of one engine, and figures to compare with other sizes."""
    from django.conf import settings

    from search.current import current_people

    with engine_of(name):
        engine = current_people()
        reused = options.reuse_index and _is_whole(engine)
        say(f"{options.people} people, {name}: {'the index is there' if reused else 'building the index'}")
        built = None if reused else _build()
        say(f"{options.people} people, {name}: questions")
        person = reader()
        asker = _Reader(person)
        rows = {
            kind.name: _times(kind, engine, settings.ELASTICSEARCH_AT, asker, options.rounds)
            for kind in kinds(person)
        }
        say(f"{options.people} people, {name}: pages")
        pages = {page: _cost(addresses, asker, options.rounds) for page, addresses in _pages(person).items()}
    return (
        engine_tables(name, rows, pages, built),
        engine_figures(name, options.people, rows, pages, built),
    )


class _Reader:
    """Asks for pages as a member who is signed in."""

    def __init__(self, person: Any) -> None:
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def get(self, address: str) -> Answer:
        """The page. Raises: RuntimeError where there is none."""
        answer = get(address, cookie=self._cookie)
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        return answer


def _build() -> tuple[int, float]:
    from search.indexed import PEOPLE
    from search.indexing import rebuild

    built = rebuild(PEOPLE)
    return built.documents, built.seconds


def _is_whole(engine: Any) -> bool:
    from network.models import Profile

    health = engine.health()  # who has turned a year old meanwhile is still in it
    return bool(health.ok and health.documents >= Profile.objects.present().count())


def _times(kind: Kind, engine: Any, url: str, asker: _Reader, rounds: int) -> dict[str, Times]:
    bare = _bare_elasticsearch(engine, url) if engine.name == "elastic" else _bare_tantivy(engine)
    ways: dict[str, Way] = {
        "engine": bare,
        "bare": lambda question: _rows(bare(question)),
        "service": lambda question: question.serve(),
        "page": lambda question: asker.get(question.address),
    }
    return interleaved(ways, kind.questions, rounds=rounds, most_seconds=MOST_SECONDS_A_KIND)


def _bare_tantivy(engine: Any) -> Callable[[Question], list[str]]:
    from search.engines.embedded.hits import scores_by_uid
    from search.people.embedded import _wanted
    from search.people.query import gates

    prepared: dict[Question, Any] = {}

    def ask(question: Question) -> list[str]:
        if question not in prepared:
            prepared[question] = _wanted(question.query, gates(question.query.viewer))
        return list(scores_by_uid(engine._storage.searcher(), prepared[question], question.query.size))

    return ask


def _bare_elasticsearch(engine: Any, url: str) -> Callable[[Question], list[str]]:
    import http.client
    import json
    from urllib.parse import urlsplit

    from search.people.elastic import request_of as body_of

    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "localhost", address.port or 9200, timeout=30)
    prepared: dict[Question, bytes] = {}

    def ask(question: Question) -> list[str]:
        if question not in prepared:
            prepared[question] = json.dumps(body_of(question.query)).encode()
        headers = {"Content-Type": "application/json"}
        connection.request("POST", f"/{engine._connection.read}/_search", prepared[question], headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"Elasticsearch refused the bare request: {found}")
        return [hit["fields"]["uid"][0] for hit in found["hits"]["hits"]]

    return ask


def _rows(uids: Sequence[str]) -> None:
    """What a list shows of thirty people, by key."""
    from network.models import Availability, BlockageGotRound, HelpOffered, Profile, SkillClaim
    from network.shown import MOST

    keys = [UUID(uid) for uid in uids[:MOST]]
    reads: tuple[tuple[Any, str], ...] = (
        (Profile, "pk__in"),
        (SkillClaim, "profile__in"),
        (BlockageGotRound, "profile__in"),
        (Availability, "profile__in"),
        (HelpOffered, "availability__profile__in"),
    )
    for model, which in reads:
        list(model.objects.filter(**{which: keys}).order_by().values())


def _pages(person: Any) -> dict[str, list[str]]:
    """Pages about people, besides lists of results."""
    from network.models import Profile, Skill

    some = Profile.objects.present().exclude(person=person).order_by("pk").values_list("pk", flat=True)[:8]
    skills = Skill.objects.in_force().order_by("slug").values_list("slug", flat=True)
    return {
        "people, nothing asked": ["/people/"],
        "one person": [f"/people/{key}/" for key in some],
        "all skills": ["/skills/"],
        "one skill": [f"/skills/{slug}/" for slug in (skills[0], skills[10], skills[60])],
        "suggested people": [f"/exchange/{request_of(person).pk}/people/"],
        "own profile": ["/me/profile/"],
    }


def _cost(addresses: Sequence[str], asker: _Reader, rounds: int) -> tuple[Times, list[int]]:
    from tests.performance.pages import SAMPLE, queries_of

    more = max(rounds * SAMPLE // len(addresses), 1)
    times = interleaved({"page": asker.get}, addresses, rounds=more, most_seconds=6.0)["page"]
    return times, queries_of(addresses, ask=asker.get)
