"""Puts the API together from its parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from search.api.authority import router as authority_router
from search.api.exports import router as exports_router
from search.api.gaps import router as gaps_router
from search.api.practice import router as practice_router
from search.api.problems import problem
from search.api.questions import router as questions_router
from search.api.ratings import router as ratings_router
from search.api.reference import router as reference_router
from search.api.registers import router as registers_router
from search.queries import BadQuery

api = NinjaAPI(
    title="Practice Commons",
    version="1",
    urls_namespace="api",
    docs_url=None,
    description=(
        "Published practice of children's services in England: models, case studies and what was found. "
        "Read-only, without registration. Errors are application/problem+json with a plain-English detail."
    ),
)
api.add_router("/practice", practice_router, tags=["practice"])
api.add_router("/export", exports_router, tags=["export"])
api.add_router("/ratings", ratings_router, tags=["ratings"])
api.add_router("/registers", registers_router, tags=["registers"])
api.add_router("/gaps", gaps_router, tags=["gaps"])
api.add_router("/questions", questions_router, tags=["questions"])
api.add_router("/authorities", authority_router, tags=["authorities"])
api.add_router("", reference_router, tags=["reference"])


@api.exception_handler(BadQuery)
def bad_query(request: HttpRequest, error: BadQuery) -> HttpResponse:
    """What cannot be asked, with the parameter that it is about."""
    return problem(400, error.problem, param=error.param)
