"""Pages of entries: practice models, case studies, and the sections they stand in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from website.places.choices import Region

from ..panels import panels_of
from ..presenters import lists, present_entry
from ..presenters.links import place
from ..presenters.register import register_view
from ..selectors.entries import MODELS, entry_at
from ..selectors.lists import entries_without_lead, model_rows
from ..selectors.places import section_at
from ..selectors.registers import register_at


@require_safe
def model(request: HttpRequest, slug: str) -> HttpResponse:
    return _entry(request, MODELS, slug)


@require_safe
def case_study(request: HttpRequest, lead: str, slug: str) -> HttpResponse:
    return _entry(request, lead, slug)


def _entry(request: HttpRequest, lead: str, slug: str) -> HttpResponse:
    facts = entry_at(lead, slug, user=request.user)
    if facts is None:
        raise Http404
    view = present_entry(
        facts,
        url=request.build_absolute_uri(request.path),
        today=timezone.localdate(),
        result=request.GET.get("result", ""),
    )
    view.panels = panels_of(facts.entry, request.user)
    return render(request, facts.entry.template, {"entry": view})


@require_safe
def model_list(request: HttpRequest) -> HttpResponse:
    """Every practice model, with where it was tried and what came of it."""
    view = lists.model_list(model_rows(user=request.user), kind=request.GET.get("kind", ""))
    return render(request, "practice_library/model_list.html", {"list": view})


@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Who runs a model, narrowed by region or to areas like one; what is no region or authority narrows nothing."""
    region = request.GET.get("region", "")
    like = request.GET.get("like", "").replace("\x00", "")
    facts = register_at(slug, like=like, user=request.user)
    if facts is None:
        raise Http404
    view = register_view(facts, region=region if region in Region.values else "", today=timezone.localdate())
    return render(request, "practice_library/register.html", {"register": view})


@require_safe
def section(request: HttpRequest, lead: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """The address above a place's case studies: the page of the place, or the list of those without one."""
    found = section_at(lead)
    if found is None:
        raise Http404
    if found.organisation is not None:
        return redirect(place(found.organisation.slug, found.organisation.kind), permanent=True)
    rows = entries_without_lead(lead, user=request.user)
    view = lists.section_list(found.title, rows, today=timezone.localdate())
    return render(request, "practice_library/section.html", {"list": view})
