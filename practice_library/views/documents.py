"""Files that entries offer for reuse. Nobody gets one by its number alone: an entry that they may read must offer it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve
from website.accounts.permissions import edits_in_cms

from ..selectors.entries import offers_document


@require_safe
def document(request: HttpRequest, pk: int, filename: str) -> HttpResponseBase:
    """The file; those who edit find every file in the CMS. Raises: Http404."""
    if not offers_document(pk, user=request.user) and not edits_in_cms(request.user):
        raise Http404
    found: HttpResponseBase = serve(request, pk, filename)
    return found
