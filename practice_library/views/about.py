"""Pages about the library itself, and what crawlers ask for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Entry
from ..presenters.standard import standard_view
from ..selectors.entries import published_entries
from ..selectors.runs import address_of


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


class EntrySitemap(Sitemap):
    """Published entries, and nothing else."""

    def items(self) -> QuerySet[Entry]:
        return published_entries().only("pk", "url_path", "last_published_at")

    def location(self, item: Entry) -> str:
        return address_of(item.url_path)

    def lastmod(self, item: Entry) -> object:
        return item.last_published_at


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render_sitemap(request, sitemaps={"entries": EntrySitemap()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read entries and pages about them, not the CMS, sign-in, or every filter of the search."""
    text = render(
        request, "website/robots.txt", {"sitemap": request.build_absolute_uri("/sitemap.xml")}, "text/plain"
    )
    return text
