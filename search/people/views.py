"""The pages that find people, for members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from website.accounts.member_views import for_the_signed_in
from website.accounts.permissions import require
from website.throttling import too_many, waiting_time

from network.audience import viewer_of
from network.choices import RequestState
from network.models import Ask, HelpRequest
from network.permissions import can_search_people
from network.views.people import viewer_or_404
from search.people.asking import PeopleForm
from search.people.service import find
from search.people.suggesting import suggest, wanted_by

WHY_SO_FEW = "People search is for finding a colleague, not for making lists of people."


@for_the_signed_in
def people_search(request: HttpRequest) -> HttpResponse:
    """Find members by what they say of themselves to the reader. Nothing is kept of what was asked."""
    viewer = viewer_of(request.user)
    require(can_search_people(request.user, viewer))
    form = PeopleForm(request.GET)
    on_duty = {"form": form, "only_on_duty": not viewer.member}
    if not form.is_valid():
        return render(request, "search/people/search.html", on_duty, status=400)
    asked = form.asked()
    if not asked.asks:
        return render(request, "search/people/search.html", on_duty)
    if refused := _too_many(request):
        return refused
    found = find(asked, viewer)
    return render(
        request,
        "search/people/search.html",
        {**on_duty, "asked": asked, "found": found, "may_ask": viewer.organisation is not None},
    )


@for_the_signed_in
def exchange_people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whom to ask with a request of one's own, and why. Nobody is asked here: the next page shows what they will read."""
    viewer = viewer_or_404(request)
    mine = HelpRequest.objects.filter(pk=uid, asker=viewer.person)
    by_skill = list(mine.annotate(skill_slug=F("skills__slug")).order_by("skills__pk"))
    if not by_skill:
        raise Http404
    written, skills = by_skill[0], [each.skill_slug for each in by_skill if each.skill_slug]
    if written.state != RequestState.OPEN:
        return redirect("exchange_request", uid=uid)
    if refused := _too_many(request):
        return refused
    hits = suggest(
        wanted_by(written, skills=skills, region=viewer.region),
        viewer,
        leave_out=Ask.objects.filter(request=written).values("person"),
    )
    return render(
        request,
        "search/people/suggested.html",
        {"request_for_help": written, "hits": hits, "others": sum(not hit.asked_a_lot for hit in hits)},
    )


def _too_many(request: HttpRequest) -> HttpResponse | None:
    person: Any = request.user
    wait = waiting_time(action="people", person=person.pk, limits=settings.PEOPLE_SEARCH_LIMITS)
    return too_many(request, wait=wait, why=WHY_SO_FEW) if wait else None
