"""What a request asks of the search page, and what is wrong with it, without losing what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from practice_library.comparing import PARAM, read_chosen
from search.addresses import SearchAddress
from search.engine import PracticeQuery
from search.queries import BadQuery, parse
from search.vocabulary import current_vocabulary

#: What the box gives back of a text that is far too long.
LONGEST_SHOWN = 2_000
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """The search as far as it makes sense, the words as typed, and a sentence for each parameter that makes none."""

    address: SearchAddress
    typed: str
    problems: tuple[str, ...] = ()

    @property
    def query(self) -> PracticeQuery:
        """The query that the address stands for."""
        return self.address.query


def read(get: QueryDict) -> Asked:
    """Read the parameters; each that is refused is told of once and left out."""
    params: dict[str, list[str]] = dict(get.lists())
    typed = " ".join((params.get("q") or [""])[-1].replace("\x00", "").split())[:LONGEST_SHOWN]
    neighbours = current_vocabulary().neighbours.get
    problems: list[str] = []
    for _ in range(MOST_PROBLEMS):
        try:
            query = parse(params, neighbours=neighbours, default_group=True)
        except BadQuery as bad:
            problems.append(bad.problem)
            params.pop(bad.param, None)
        else:
            break
    else:
        query, params = PracticeQuery(group=True), {}
    like = (params.get("like") or [""])[-1].strip()
    table = (params.get("view") or [""])[-1] == "table"
    comparing = read_chosen(get.getlist(PARAM)).fitting()
    return Asked(SearchAddress(query, like, table, comparing), typed, tuple(problems))
