"""Every component in every state on one page: what engineers choose from and what axe and the screenshots look at."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery with made-up content, never with content of the library."""
    if not settings.COMPONENT_GALLERY:
        raise Http404
    return render(request, "components/gallery/page.html", samples.context())
