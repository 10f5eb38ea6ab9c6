"""Ways in besides the search: home, authorities, organisations, conditions, outcomes, open questions, ratings."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from website.places.choices import Region

from ..panels import panels_of_condition
from ..presenters.home import home_view
from ..presenters.place import authority_list, place_view
from ..presenters.question import question_groups, question_view
from ..presenters.rating import rating_view
from ..presenters.term import condition_view, outcome_view
from ..selectors import places, questions, terms
from ..selectors.home import home_facts
from ..selectors.kept import kept
from ..selectors.ratings import rating_at

LONGEST_NAME = 60
Found = TypeVar("Found")


def _found(thing: Found | None) -> Found:
    """What is not there and what may not be read are the same to a reader."""
    if thing is None:
        raise Http404
    return thing


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    counted = kept(
        "home", lambda: (home_facts(), terms.outcomes_with_numbers(), terms.conditions_with_numbers())
    )
    view = home_view(*counted)
    return render(request, "website/home.html", {"home": view})


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """All authorities by region, narrowed by region or by part of a name."""
    region = request.GET.get("region", "")
    region = region if region in Region.values else ""
    named = request.GET.get("q", "").strip()[:LONGEST_NAME].replace("\x00", "")
    view = authority_list(
        places.authorities(region=region, named=named),
        places.numbers_of_entries(user=request.user),
        region=region,
        named=named,
    )
    return render(request, "practice_library/authorities.html", {"list": view})


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    return _place(request, slug, authority=True)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return _place(request, slug, authority=False)


def _place(request: HttpRequest, slug: str, *, authority: bool) -> HttpResponse:
    found = _found(places.organisation_at(slug, authority=authority))
    url = request.build_absolute_uri(request.path)
    view = place_view(places.place_facts(found, user=request.user), url=url, today=timezone.localdate())
    return render(request, "practice_library/place.html", {"place": view})


@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(terms.condition_at(slug))
    view = condition_view(found, terms.uses_of_condition(found, user=request.user))
    about = panels_of_condition(found, request.user)
    return render(request, "practice_library/term.html", {"term": view, "panels": about})


@require_safe
def outcome(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(terms.outcome_at(slug))
    uses = terms.uses_of_outcome(found, user=request.user)
    view = outcome_view(found, uses, terms.questions_about(found))
    return render(request, "practice_library/term.html", {"term": view})


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    groups = question_groups(questions.questions())
    return render(request, "practice_library/questions.html", {"groups": groups})


@require_safe
def question(request: HttpRequest, slug: str) -> HttpResponse:
    view = question_view(_found(questions.question_at(slug, user=request.user)))
    return render(request, "practice_library/question.html", {"question": view})


@require_safe
def rating(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    view = rating_view(_found(rating_at(uid, user=request.user)))
    return render(request, "practice_library/rating.html", {"rating": view})
