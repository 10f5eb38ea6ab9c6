"""The public, read-only JSON API below `/api/v1/`."""

from __future__ import annotations

from ninja import NinjaAPI

from search.api.exports import router as exports
from search.api.practice import router as practice
from search.api.reference import router as reference

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
api.add_router("/practice", practice, tags=["practice"])
api.add_router("/export", exports, tags=["export"])
api.add_router("", reference, tags=["reference"])
