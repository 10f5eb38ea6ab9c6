"""The page that compares up to four entries; which ones stands in its address alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import comparing
from ..presenters.comparison import ComparisonView, comparison_view, nothing_chosen, too_many
from ..selectors import comparison

LONGEST_SLUG = 200


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    view = _view(request)
    return render(request, "practice_library/compare.html", {"comparison": view}, status=view.status)


def _view(request: HttpRequest) -> ComparisonView:
    chosen = comparing.read_chosen(request.GET.getlist(comparing.PARAM))
    if not chosen.ids:
        return nothing_chosen(chosen)
    if chosen.too_many:
        return too_many(chosen, comparison.names_of(chosen.ids[: comparing.MOST_READ], user=request.user))
    outcome = request.GET.get("outcome", "").replace("\x00", "")[:LONGEST_SLUG]
    entries = comparison.compared(chosen.ids, user=request.user)
    return comparison_view(
        chosen,
        entries,
        comparison.rated_outcomes(entries),
        outcome=outcome,
        outcome_name=comparison.outcome_called(outcome) if outcome else "",
        today=timezone.localdate(),
    )
