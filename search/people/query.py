"""What is asked of the index of people, in plain values, whichever engine answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from network.audience import Viewer
from network.choices import Audience
from search.engine import Applied, Change, Health, Rebuilt, Replay, Switching
from search.matching import Plan
from search.people.document import PersonDocument

#: What a word is worth outside the text that all members read: there it must not depend on how often others, whom this
#: reader may not see, use it.
WORTH_OF_A_WORD = 3.0


@dataclass(frozen=True, slots=True)
class Gate:
    """An audience that admits a viewer: everywhere, only `within` any of these places, or only `outside` one of them.

    A place is a field of the document, "organisation" or "region", and its value.
    """

    audience: str
    within: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, str] | None = None


def gates(viewer: Viewer) -> tuple[Gate, ...]:
    """The audiences of `network.audience.admits`, seen from the index. A viewer who is no member passes none."""
    if not viewer.member:
        return ()
    own = ("organisation", str(viewer.organisation)) if viewer.organisation is not None else None
    places = ((("region", viewer.region),) if viewer.region else ()) + ((own,) if own else ())
    found = [Gate(Audience.NETWORK), Gate(Audience.ELSEWHERE, outside=own)]
    if own:
        found.append(Gate(Audience.ORGANISATION, within=(own,)))
    if places:
        found.append(Gate(Audience.REGION, within=places))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """One question. `plan` says which words, and how many of them, must be found in rows that the viewer may read.

    `tags` are alternatives each, of which one must stand in such a row; `lifts` lift whoever has the tag, and find them too
    where the plan is empty or met by any word. `free` is a first and a last day: they must be free on one of these. Where
    nothing weighs one above another, who confirmed last comes first.
    """

    viewer: Viewer
    plan: Plan = field(default_factory=Plan)
    tags: tuple[tuple[str, ...], ...] = ()
    lifts: tuple[tuple[str, float], ...] = ()
    free: tuple[int, int] | None = None
    size: int = 30

    @property
    def weighs(self) -> bool:
        """Whether some fit better than others."""
        return bool(self.lifts) or not self.plan.browses


class PeopleEngine(Protocol):
    """The index only proposes: who calls it asks the database what of it may be shown. Every method may raise EngineDown."""

    name: str

    def propose(self, query: PeopleQuery) -> list[str]:
        """Ids of profiles, the best first."""
        ...

    def apply(self, changes: Iterable[Change]) -> Applied: ...

    def rebuild(
        self, documents: Iterable[PersonDocument], replay: Replay = ..., switching: Switching = ...
    ) -> Rebuilt: ...

    def snapshot(self) -> Iterable[tuple[str, int]]: ...

    def fingerprints(self) -> Iterable[tuple[str, str]]: ...

    def newest_version(self) -> int: ...

    def health(self) -> Health: ...

    def close(self) -> None: ...
