"""All kindred work that was found, for people who look across the field."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import permissions
from ..choices import KindredRelation
from ..presenters.kindred import PAGE, kindred_list
from ..selectors.kindred import all_kindred, rows_of

LONGEST_SLUG = 120


@require_safe
def kindred(request: HttpRequest) -> HttpResponse:
    """Pairs by relation, narrowed by organisation. A page that is none is not found."""
    relation = request.GET.get("relation", "")
    relation = relation if relation in KindredRelation.values else KindredRelation.SAME_IDEA.value
    place = request.GET.get("authority", "").replace("\x00", "")[:LONGEST_SLUG]
    asked = request.GET.get("page", "") or "1"
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    total, pairs = all_kindred(relation=relation, place=place)
    if page < 1 or (page > 1 and (page - 1) * PAGE >= total):
        raise Http404
    rows = rows_of(pairs[(page - 1) * PAGE : page * PAGE])
    view = kindred_list(rows, total=total, relation=relation, place=place, page=page)
    may_dismiss = permissions.can_dismiss_kindred(request.user)
    return render(request, "practice_library/kindred.html", {"list": view, "may_dismiss": may_dismiss})
