"""Open questions: what the sector does not know, with what speaks for and against."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router

from practice_library.models import Position
from practice_library.presenters import links
from practice_library.presenters.question import SIDES
from practice_library.selectors.questions import (
    QuestionFacts,
    number_of_questions,
    question_facts,
    questions,
)
from search.api import schemas_of_evidence as schemas
from search.api.entries import reported, source_as_data
from search.api.openapi import PAGING as PAGING_PARAMETERS
from search.api.openapi import documented
from search.api.parameters import PAGING, page_of, read

router = Router()


@router.get(
    "",
    url_name="questions",
    response=schemas.Questions,
    openapi_extra=documented(parameters=PAGING_PARAMETERS),
)
def open_questions(request: HttpRequest) -> JsonResponse:
    """Questions, disputes and tests on behalf of the sector, by name."""
    page, size = page_of(read(request, PAGING))
    asked = questions(slice((page - 1) * size, page * size))
    return JsonResponse(
        {
            "total": number_of_questions(),
            "page": page,
            "size": size,
            "questions": [_question(facts) for facts in question_facts(asked, user=request.user)],
        }
    )


def _question(facts: QuestionFacts) -> dict[str, Any]:
    question = facts.question
    used = dict.fromkeys(pk for row in facts.positions for pk in _sources(row, facts))
    return {
        "id": str(question.uid),
        "title": question.title,
        "url": links.question(question.slug),
        "state": question.state,
        "state_label": question.get_state_display(),
        "summary": question.summary,
        "asked_by": reported(question.asked_by),
        "help_wanted": reported(question.help_wanted),
        "outcome": {"term": question.outcome.slug, "label": question.outcome.name}
        if question.outcome
        else None,
        "positions": {side: _side(facts, side) for side, _ in SIDES},
        "entries": [{"id": str(row.uid), "title": row.title, "url": row.url} for row in facts.entries],
        "sources": [source_as_data(facts.sources[pk]) for pk in used],
        "made_from": question.made_from,
    }


def _side(facts: QuestionFacts, side: str) -> list[dict[str, Any]]:
    return [
        {
            "text": row.text,
            "sources": [facts.sources[pk].key for pk in _sources(row, facts)],
            "at": reported(row.at),
        }
        for row in facts.positions
        if row.side == side
    ]


def _sources(row: Position, facts: QuestionFacts) -> list[int]:
    """Its own source, then the further ones that are known."""
    own = [row.source_id] if row.source_id in facts.sources else []
    further = [facts.source_keys[key] for key in row.further_sources if key in facts.source_keys]
    return list(dict.fromkeys(own + further))
