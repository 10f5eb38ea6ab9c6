"""Which entries a reader has chosen to compare. They stand in the address and nowhere else: no session, no cookie."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

#: The parameter that carries them, on the page that compares and on the search that adds to it.
PARAM = "ids"
MOST = 4
#: Of more than four these many are named, so that a reader can leave some out.
MOST_READ = 8
MOST_PARTS = 50
COMPARE = "/practice/compare/"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids in the order in which they were chosen, each once, and what was odd about how they were given."""

    ids: tuple[uuid.UUID, ...] = ()
    repeated: bool = False
    malformed: bool = False

    @property
    def too_many(self) -> bool:
        return len(self.ids) > MOST

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= MOST

    @property
    def value(self) -> str:
        """As one value of the parameter."""
        return ",".join(str(each) for each in self.ids)

    def fitting(self) -> Chosen:
        """The first that fit side by side, for a search that carries them along."""
        return Chosen(self.ids[:MOST])

    def holds(self, uid: uuid.UUID | str) -> bool:
        return str(uid) in {str(each) for each in self.ids}


def read_chosen(values: Iterable[str]) -> Chosen:
    """Read `ids=a,b` and `ids=a&ids=b` alike."""
    parts = [part.strip() for value in values for part in value.split(",")]
    given = [part for part in parts if part]
    ids = [uid for part in given[:MOST_PARTS] if (uid := _as_uid(part))]
    distinct = tuple(dict.fromkeys(ids))
    return Chosen(distinct, len(distinct) < len(ids), len(ids) < len(given))


def _as_uid(part: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(part)
    except ValueError:
        return None


def address(ids: Iterable[uuid.UUID | str], **more: str) -> str:
    """Where these are compared; more parameters, such as the outcome, follow where they have a value."""
    params = {PARAM: ",".join(str(each) for each in ids), **more}
    told = {name: value for name, value in params.items() if value}
    return f"{COMPARE}?{urlencode(told, safe=',')}" if told else COMPARE
