"""The search page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search.asking import read
from search.demand import note_demand
from search.presenting import present, present_problems
from search.service import find


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
