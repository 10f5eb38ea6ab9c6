"""Pages about the library itself, and what crawlers ask for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps.views import index as render_index
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..presenters.standard import standard_view
from .sitemaps import SITEMAPS, more_than_one_list


@require_safe
def evidence_standard(request: HttpRequest) -> HttpResponse:
    return render(request, "website/evidence_standard.html", {"standard": standard_view()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html", _contact())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "website/privacy.html", _contact())


def _contact() -> dict[str, str]:
    """How to reach those who run this copy, in their own words; empty where they have said nothing."""
    return {"contact": getattr(settings, "CONTACT", "")}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or an index of their lists once there are more than one list may hold."""
    if "p" not in request.GET and more_than_one_list():
        return render_index(request, sitemaps=SITEMAPS, sitemap_url_name="sitemap_section")
    return render_sitemap(request, sitemaps=SITEMAPS)


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One list of the index."""
    return render_sitemap(request, sitemaps=SITEMAPS, section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read entries and pages about them, not the CMS, sign-in, or every filter of the search."""
    text = render(
        request, "website/robots.txt", {"sitemap": request.build_absolute_uri("/sitemap.xml")}, "text/plain"
    )
    return text
