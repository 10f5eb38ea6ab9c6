"""What a regional coordinator sees of exchange: numbers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from website.accounts.member_views import for_the_signed_in

from ..figures import of_regions


@for_the_signed_in
def coordinate(request: HttpRequest) -> HttpResponse:
    """Figures of one's regions."""
    user: Any = request.user
    regions = of_regions(user)
    if not regions:
        raise Http404
    return render(request, "network/coordinate.html", {"regions": regions})
