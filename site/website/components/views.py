"""Every component in every state on one page: what engineers choose from and what axe and the screenshots look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery with made-up content, never with content of the library."""
    return render(request, "components/gallery/page.html", samples.context())
