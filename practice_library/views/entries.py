"""Pages of entries: practice models, case studies, and the sections they stand in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from website.places.choices import Region

from ..citations import as_bibtex, as_ris
from ..models.tree import UNNAMED
from ..panels import panels_of
from ..presenters import lists, present_entry
from ..presenters.entry import changed_on_day
from ..presenters.first_page import PARTS, shorten_kindred
from ..presenters.kindred import parts_of
from ..presenters.links import place
from ..presenters.model import ModelView
from ..presenters.register import register_view
from ..presenters.sections import with_notes
from ..selectors.entries import MODELS, entry_at, page_at
from ..selectors.kindred import from_links
from ..selectors.lists import entries_without_lead, model_rows
from ..selectors.places import lead_at
from ..selectors.registers import register_at
from ..selectors.runs import address_of

#: By the ending of the file.
CITATIONS = {
    "ris": (as_ris, "application/x-research-info-systems"),
    "bib": (as_bibtex, "application/x-bibtex"),
}


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
        page=request.GET.get("page", ""),
        part=request.GET.get("part", ""),
    )
    view.kindred = parts_of(from_links(facts.links.get("kindred", ())))
    if isinstance(view, ModelView):
        if view.part:
            heading = PARTS[view.part]
            return render(request, "practice_library/model_part.html", {"entry": view, "heading": heading})
        shorten_kindred(view)
    view.condition_groups = with_notes(view.condition_groups, request.user)
    view.panels = panels_of(facts.entry, request.user)
    response = render(request, facts.entry.template, {"entry": view})
    if view.changed_at:
        response["Last-Modified"] = http_date(view.changed_at.timestamp())
    return response


@require_safe
def citation(request: HttpRequest, lead: str, slug: str, kind: str) -> HttpResponse:
    """The citation of an entry as a file."""
    entry = page_at(lead, slug, user=request.user)
    if entry is None:
        raise Http404
    shaped, media = CITATIONS[kind]
    text = shaped(
        entry,
        url=request.build_absolute_uri(address_of(entry.url_path)),
        changed_on=changed_on_day(entry),
        read_on=timezone.localdate(),
    )
    response = HttpResponse(text, content_type=f"{media}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.slug}.{kind}"'
    return response


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
    organisation = lead_at(lead)
    if organisation is not None:
        return redirect(place(organisation.slug, organisation.kind), permanent=True)
    if lead not in UNNAMED:
        raise Http404
    rows = entries_without_lead(lead, user=request.user)
    view = lists.section_list(UNNAMED[lead], rows, today=timezone.localdate())
    return render(request, "practice_library/section.html", {"list": view})
