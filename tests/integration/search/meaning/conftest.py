"""Five entries with vectors, and how one asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from practice_library.models import Entry
from search.engine import PracticeQuery
from search.indexing import rebuild
from search.meaning.filling import fill
from search.service import find
from tests.factories.making import a_model, with_statement

#: Holds no word of the entry that answers it.
PARAPHRASE = "helping gran raise her grandchildren"
KINSHIP = "Kinship care teams"


@pytest.fixture
def shelf_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Nothing kept from another test."""
    settings.SEARCH_MEANING_DIR = tmp_path / "meaning"


@pytest.fixture
def library(site_engine: str, shelf_of_its_own: None) -> dict[str, Entry]:
    """Five entries, indexed and with vectors."""
    found = {
        KINSHIP: a_model(
            KINSHIP, summary="Grandparents who bring up a child of the family are paid and visited."
        ),
        "Lantern house": a_model(
            "Lantern house", summary="A residential home with a therapist for teenagers."
        ),
        "Front door hub": a_model(
            "Front door hub", summary="One team screens every contact from police and schools."
        ),
        "Caseload cap": a_model("Caseload cap", summary="Each social worker holds sixteen children at most."),
        "Aunt to aunt": a_model(
            "Aunt to aunt", summary="Aunts and grandmothers get a worker of their own and an allowance."
        ),
    }
    with_statement(found["Lantern house"], "Young people helped to choose the furniture.")
    rebuild()
    fill()
    return found


def titles(text: str, **options: Any) -> list[str]:
    ranking = options.pop("ranking", "meaning")
    query = PracticeQuery(text=text, **options)
    return [hit.fields["title"] for hit in find(query, ranking=ranking).result.hits]
