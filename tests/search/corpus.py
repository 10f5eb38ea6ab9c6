"""A made-up library for the contract suite: hypothesis draws entries and questions, a fixed one has 320 entries.

Words are drawn from a short list so that they often meet; rows are drawn so that an entry often has the two halves
of a filter in two different rows.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from search.documents.schema import PracticeDocument
from search.facets import CONDITION_ROW, COST, DIRECTION, EVIDENCE, OUTCOME_ROW, PRESENCE, ROLE, STATUS

_SOME_WORDS = (
    "family families child children teenagers care fostering adoption kinship hub team panel reunification "
    "social worker workers practice systemic relational review conference group plan placement school home "
    "domestic abuse neglect parents mothers fathers support edge of the and in need court housing police health "
    "early help front door caseload supervision trauma résilience women's carers' leaving running stable"
)
WORDS = _SOME_WORDS.split()
AUTHORITIES = [f"authority-{n}" for n in range(24)]
CHOICES: dict[str, list[str]] = {
    "kind": ["model", "framework", "programme", "structure", "local-approach"],
    "cohort": [f"cohort-{n}" for n in range(14)],
    "workforce": ["social-workers", "family-support-workers", "health-visitors"],
    "stage": ["universal", "early-help", "child-in-need", "looked-after"],
    "model": [f"model-{n}" for n in range(5)],
    "theme": [f"theme-{n}" for n in range(16)],
    "authority": AUTHORITIES,
    "region": ["north-east", "london", "south-west"],
    "country": ["england", "wales"],
    "status": list(STATUS),
    "cost": list(COST),
    "year": [str(year) for year in range(2001, 2022)],
}
ROW_CHOICES: dict[str, list[str]] = {
    "outcome": [f"outcome-{n}" for n in range(12)],
    "evidence": list(EVIDENCE),
    "direction": list(DIRECTION),
    "condition": [f"condition-{n}" for n in range(13)],
    "role": list(ROLE),
    "presence": list(PRESENCE),
}


def document(uid: str, title: str = "An entry", **values: Any) -> PracticeDocument:
    """A case study with what the test says and nothing else."""
    base: dict[str, Any] = {"uid": uid, "version": 1, "page_id": 1, "type": "case_study", "title": title}
    return base | values  # type: ignore[return-value]


sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def _some(values: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most)


def _rows(dimensions: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.lists(st.tuples(*(st.sampled_from(ROW_CHOICES[d][:5]) for d in dimensions)), max_size=4)


@st.composite
def entries(draw: st.DrawFn, uid: str) -> PracticeDocument:
    facets = {param: draw(_some(values, 3)) for param, values in CHOICES.items()}
    return document(
        uid,
        draw(sentences),
        type=draw(st.sampled_from(["model", "case_study"])),
        aliases=draw(st.lists(sentences, max_size=1)),
        summary=draw(sentences),
        body=draw(st.lists(sentences, max_size=3)),
        studies=draw(st.lists(sentences, max_size=1)),
        facets=facets,
        outcome_rows=draw(_rows(OUTCOME_ROW.dimensions)),
        condition_rows=draw(_rows(CONDITION_ROW.dimensions)),
        strength=draw(st.integers(0, 5)),
        newest=draw(st.sampled_from(["2009", "2016-03", "2021-11-05", ""])),
    )


@st.composite
def libraries(draw: st.DrawFn) -> list[PracticeDocument]:
    return [draw(entries(f"entry-{n}")) for n in range(draw(st.integers(1, 12)))]


@st.composite
def selections(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """One to four facets with one to three values each, rows more often than not."""
    short = {param: values[:5] for param, values in (CHOICES | ROW_CHOICES).items()}
    rows = list(ROW_CHOICES)
    params = draw(st.lists(st.sampled_from([*rows, *rows, *CHOICES]), min_size=1, max_size=4, unique=True))
    return {
        param: tuple(draw(st.lists(st.sampled_from(short[param]), min_size=1, max_size=3, unique=True)))
        for param in params
    }


def fixed_library(size: int = 320) -> list[PracticeDocument]:
    """The same entries on every run, enough for ten-bucket limits and deep pages to show."""
    chance = random.Random(20160519)

    def sentence(length: int) -> str:
        return " ".join(chance.choices(WORDS, k=length))

    def some(values: list[str], most: int) -> list[str]:
        return chance.sample(values, chance.randint(0, min(most, len(values))))

    def row(dimensions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(chance.choice(ROW_CHOICES[dimension]) for dimension in dimensions)

    found = []
    for n in range(size):
        is_model = n % 40 == 0
        found.append(
            document(
                f"uid-{n:04d}",
                f"{sentence(3)} entry{n}",
                version=n + 1,
                page_id=n,
                type="model" if is_model else "case_study",
                models=[] if is_model else [f"uid-{(n // 40) * 40:04d}"] if n % 3 else [],
                summary=sentence(12),
                terms=[sentence(2)],
                body=[sentence(25), sentence(25)],
                studies=[sentence(10)] if n % 2 else [],
                facets={param: some(values, 3) for param, values in CHOICES.items()},
                outcome_rows=[row(OUTCOME_ROW.dimensions) for _ in range(chance.randint(0, 5))],
                condition_rows=[row(CONDITION_ROW.dimensions) for _ in range(chance.randint(0, 5))],
                strength=chance.randint(0, 5),
                newest=f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02d}",
                card={"number": n},
            )
        )
    return found
