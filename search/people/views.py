"""The pages that find people, for members."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from website.accounts.member_views import for_the_signed_in
from website.throttling import too_many, waiting_time

from network.views.people import viewer_or_404
from search.people.asking import PeopleForm
from search.people.service import find

WHY_SO_FEW = "People search is for finding a colleague, not for making lists of people."


@for_the_signed_in
def people_search(request: HttpRequest) -> HttpResponse:
    """Find members by what they say of themselves to the reader. Nothing is kept of what was asked."""
    viewer = viewer_or_404(request)
    form = PeopleForm(request.GET)
    if not form.is_valid():
        return render(request, "search/people/search.html", {"form": form}, status=400)
    asked = form.asked()
    if not asked.asks:
        return render(request, "search/people/search.html", {"form": form})
    if refused := _too_many(request):
        return refused
    found = find(asked, viewer)
    return render(request, "search/people/search.html", {"form": form, "asked": asked, "found": found})


def _too_many(request: HttpRequest) -> HttpResponse | None:
    person: Any = request.user
    wait = waiting_time(action="people", person=person.pk, limits=settings.PEOPLE_SEARCH_LIMITS)
    return too_many(request, wait=wait, why=WHY_SO_FEW) if wait else None
