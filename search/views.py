"""The search page for people, and the same search as a feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from search.asking import read
from search.demand import note_demand
from search.engine import EngineDown
from search.feeds import as_feed, followed
from search.presenting import present, present_problems
from search.service import find

PLAIN = "text/plain; charset=utf-8"
NO_INDEX = "Search is running without its index just now. Please try again later."


@require_safe
def practice_search(request: HttpRequest) -> HttpResponse:
    """Search, or say plainly which parameter makes no sense."""
    asked = read(request.GET)
    if asked.problems:
        return render(request, "search/search.html", {"page": present_problems(asked)}, status=400)
    found = find(asked.query, user=request.user, like=asked.address.like)
    note_demand(found, like=asked.address.like)
    page = present(found, asked, today=timezone.localdate())
    return render(request, "search/search.html", {"page": page})


@require_safe
def practice_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What changed last among all that a search finds; how the page shows it (order, page, table) does not matter."""
    asked = read(request.GET)
    if asked.problems:
        return HttpResponse("\n".join(asked.problems), status=400, content_type=PLAIN)
    try:
        found = followed(asked.address, user=request.user)
    except EngineDown:
        return HttpResponse(NO_INDEX, status=503, content_type=PLAIN, headers={"Retry-After": "300"})
    address = asked.address.as_followed()
    xml, media = as_feed(
        kind,
        found,
        site=request.build_absolute_uri("/").rstrip("/"),
        page=address.url,
        own=address.feed_url(kind),
        today=timezone.localdate(),
    )
    response = HttpResponse(xml, content_type=media)
    if found.changed:
        response["Last-Modified"] = http_date(found.changed.timestamp())
    return response
