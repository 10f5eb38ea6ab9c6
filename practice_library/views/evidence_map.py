"""What is known, for whom: the evidence map, the studies behind each of its numbers, and both as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from website.spreadsheets import csv_lines

from ..map_choices import read_choices
from ..presenters.evidence_map import map_view
from ..presenters.map_studies import map_lines, studies_view, study_lines
from ..selectors.evidence_map import map_facts, places_doing, places_on_the_map, studies_found, vocabularies


@require_safe
def gap_map(request: HttpRequest) -> HttpResponse:
    """The map, or with a cohort, an outcome or a direction the studies that it counts there."""
    cohorts, outcomes = vocabularies()
    choices, problems = read_choices(dict(request.GET.lists()), cohorts, outcomes)
    if problems:
        refused = {"problems": problems, "without_problems": choices.url()}
        return render(request, "practice_library/gaps_problem.html", refused, status=400)
    found = map_facts(choices, cohorts, outcomes, user=request.user)
    today = timezone.localdate()
    if choices.is_list:
        studies = studies_found(found, choices, user=request.user)
        context = {"studies": studies_view(found, studies, choices, today=today)}
        return render(request, "practice_library/gaps_studies.html", context)
    places = places_on_the_map(choices, cohorts, outcomes, user=request.user)
    view = map_view(found, choices, places, today=today)
    return render(request, "practice_library/gaps.html", {"map": view})


@require_safe
def gap_map_csv(request: HttpRequest) -> HttpResponseBase:
    """The same with the same parameters, as a table."""
    cohorts, outcomes = vocabularies()
    choices, problems = read_choices(dict(request.GET.lists()), cohorts, outcomes)
    if problems:
        return HttpResponse("\n".join(problems), status=400, content_type="text/plain; charset=utf-8")
    found = map_facts(choices, cohorts, outcomes, user=request.user)
    today = timezone.localdate()
    if choices.is_list:
        site = request.build_absolute_uri("/").rstrip("/")
        studies = studies_found(found, choices, user=request.user)
        rows = study_lines(found, studies, site=site, today=today)
    else:
        slugs = [[term.slug for term in tree.terms] for tree in (cohorts, outcomes)]
        places = places_doing(*slugs, user=request.user)
        rows = map_lines(found, choices, places, today=today)
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    name = "evidence-map-studies" if choices.is_list else "evidence-map"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
