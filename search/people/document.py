"""What the index of people holds of each: their rows, kept apart by the audience that each is for.

What is for nobody, or for people who arrange something together, is not in it at all. People are known by the id of their
profile.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypedDict
from uuid import UUID

from network.audience import FIELDS, SAFE
from network.choices import Audience, Evidence
from network.models import Profile
from search.analysis import stems
from search.engine import Change

BATCH = 500
SHAPE_VERSION = 3
#: Audiences that have fields of their own in the index.
INDEXED = (Audience.NETWORK, Audience.ELSEWHERE, Audience.REGION, Audience.ORGANISATION)
#: Dates as numbers, YYYYMMDD.
NO_DATE, NEVER = 0, 99_999_999
Said = list[tuple[str, int]]


class PersonDocument(TypedDict):
    """`texts` holds (text, weight) by audience and `tags` slugs by audience. `free_from` and `free_until` mean what they say
    only to those who see the tag "offers". `confirmed` is when all was last confirmed, in microseconds since 1970. `card`
    holds the fingerprint.
    """

    uid: str
    version: int
    organisation: str
    region: str
    texts: dict[str, Said]
    tags: dict[str, list[str]]
    free_from: int
    free_until: int
    confirmed: int
    card: dict[str, str]


def fingerprint() -> str:
    """Changes when the shape of the index or of a document does."""
    return hashlib.blake2b(repr(("people", SHAPE_VERSION, INDEXED)).encode(), digest_size=8).hexdigest()


def documents_of(people: Iterable[Any], versions: dict[str, int]) -> Iterator[PersonDocument]:
    """The documents of those people who are there to be found."""
    profiles = (
        Profile.objects.present()
        .filter(pk__in=list(people))
        .prefetch_related("claims__skill", "blockages__condition", "availability__kinds")
    )
    for profile in profiles:
        document = prepare(profile, version=versions.get(str(profile.pk), 0))
        content = {key: value for key, value in document.items() if key not in ("version", "card")}
        digest = hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=12)
        document["card"] = {"fingerprint": digest.hexdigest()}
        yield document


def changes_of(people: Iterable[str], draw: Callable[[], int]) -> Iterator[Change]:
    """The state of each person now: a document where they are to be found, else a tombstone.

    `draw` gives the number of each batch before the database is read for it.
    """
    ordered = sorted(people)
    for start in range(0, len(ordered), BATCH):
        some, version = ordered[start : start + BATCH], draw()
        found = {document["uid"]: document for document in documents_of(some, dict.fromkeys(some, version))}
        for uid in some:
            yield Change(uid, version, found.get(uid))


def prepare(profile: Profile, *, version: int = 0) -> PersonDocument:
    """The document of a profile that `at_home` read; under the safety flag job title and region only."""
    texts: dict[str, Said] = defaultdict(list)
    tags: dict[str, list[str]] = defaultdict(list)
    for field in FIELDS:
        audience = getattr(profile, f"audience_{field}")
        if audience not in INDEXED or (profile.safety_flag and field not in SAFE):
            continue
        said, marked = _ROWS[field](profile) if field in _ROWS else ([], [])
        texts[audience] += [(text, weight) for text, weight in said if text]
        tags[audience] += marked
    free_from, free_until = _free(profile)
    return PersonDocument(
        uid=str(profile.pk),
        version=version,
        organisation=str(profile.home_organisation or ""),
        region=profile.home_region or "",
        texts={audience: said for audience, said in texts.items() if said},
        tags={audience: sorted(set(marked)) for audience, marked in tags.items() if marked},
        free_from=free_from,
        free_until=free_until,
        confirmed=int(profile.confirmed_at.timestamp() * 1_000_000),
        card={},
    )


Row = tuple[Said, list[str]]


def _role(profile: Profile) -> Row:
    return [(profile.role, 2)], role_tags(profile.role)


def role_tags(role: str) -> list[str]:
    """A job title by its words, in whatever order."""
    return [f"role:{stem}" for stem in stems(role)]


def _organisation(profile: Profile) -> Row:
    tags = [f"organisation:{profile.home_slug}"] if profile.home_slug else []
    return [(profile.home_name or "", 1)], tags + _region(profile)[1]


def _region(profile: Profile) -> Row:
    return [], [f"region:{profile.home_region}"] if profile.home_region else []


def _skills(profile: Profile) -> Row:
    said: Said = []
    tags = []
    for claim in profile.claims.all():
        said.append((claim.skill.name, 3))
        if claim.rests_on == Evidence.COURSE:
            said.append((claim.course, 1))
        tags += [f"skill:{claim.skill.slug}:{level}" for level in range(1, claim.level + 1)]
        if claim.case_study_id:
            tags.append(f"study:{claim.case_study_id}")
    return said, tags


def _blockages(profile: Profile) -> Row:
    told = list(profile.blockages.all())
    said = [(each.condition.name, 2) for each in told] + [(each.how, 1) for each in told]
    return said, [f"blockage:{each.condition.slug}" for each in told]


def _availability(profile: Profile) -> Row:
    offered = getattr(profile, "availability", None)
    if offered is None or not offered.kinds.all():
        return [], []
    return [], ["offers", *(f"help:{each.kind}" for each in offered.kinds.all())]


def _free(profile: Profile) -> tuple[int, int]:
    """The first and the last day on which they may be asked; a pause without an end has no first day."""
    offered = getattr(profile, "availability", None)
    if offered is None:
        return NO_DATE, NEVER
    first = day_number(offered.starts_on) if offered.starts_on else NO_DATE
    if offered.paused:
        back = day_number(offered.paused_until) + 1 if offered.paused_until else NEVER
        first = max(first, back)
    return first, day_number(offered.ends_on) if offered.ends_on else NEVER


def day_number(day: Any) -> int:
    """A date as a number that sorts."""
    return int(f"{day:%Y%m%d}")


_ROWS: dict[str, Callable[[Profile], Row]] = {
    "name": lambda profile: ([(profile.name, 2)], []),
    "role": _role,
    "organisation": _organisation,
    "region": _region,
    "about": lambda profile: ([(profile.about, 1)], []),
    "skills": _skills,
    "blockages": _blockages,
    "availability": _availability,
    "languages": lambda profile: ([(profile.languages, 1)], []),
}


def batches() -> Iterator[list[str]]:
    """Everybody who is there to be found, by batches of ids; who comes after that has been recorded."""
    last: UUID | None = None
    present = Profile.objects.present().order_by("pk")
    while True:
        further = present.filter(pk__gt=last) if last else present
        some = list(further.values_list("pk", flat=True)[:BATCH])
        if not some:
            return
        last = some[-1]
        yield [str(uid) for uid in some]
