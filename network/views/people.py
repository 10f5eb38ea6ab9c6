"""What members see of others: the register, a skill with those who claim it, a person."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from website.accounts.member_views import for_the_signed_in

from ..audience import Viewer, viewer_of
from ..choices import LIGHT_HELP
from ..load import asked_a_lot
from ..models import SkillClaim
from ..people_of import numbers_by_skill, people_with_skill
from ..permissions import askable
from ..selectors import register, requests_about, skill_at
from ..services.claims import confirm_claim, take_confirmation_back
from ..shown import person_at


def viewer_or_404(request: HttpRequest) -> Viewer:
    """Who looks, if they are a member. Raises: Http404."""
    viewer = viewer_of(request.user)
    if not viewer.member:
        raise Http404
    return viewer


@for_the_signed_in
def skill_list(request: HttpRequest) -> HttpResponse:
    """The register by group, with how many people the reader would find under each skill."""
    viewer = viewer_or_404(request)
    groups = register(numbers_by_skill(viewer))
    return render(request, "network/skills.html", {"groups": groups})


@for_the_signed_in
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """One skill: what it covers, who has it, and what of the library it belongs to."""
    viewer = viewer_or_404(request)
    found = skill_at(slug, user=request.user)
    if found is None:
        raise Http404
    return render(
        request,
        "network/skill.html",
        {
            "skill": found,
            "found": people_with_skill(found.skill, viewer),
            "requests": requests_about(found.skill, user=request.user) if viewer.organisation else [],
            "may_ask": viewer.organisation is not None,
        },
    )


@for_the_signed_in
def person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One person, as far as the reader may see them; a claim can be confirmed here."""
    viewer = viewer_or_404(request)
    seen = person_at(uid, viewer)
    if seen is None:
        raise Http404
    if request.method == "POST":
        return _confirm(request, uid)
    open_to_me = askable(viewer, *LIGHT_HELP).filter(pk=uid) if viewer.organisation is not None else ()
    asked = [profile.person_id for profile in open_to_me]
    return render(
        request,
        "network/person.html",
        {
            "person": seen,
            "may_ask": bool(asked),
            "asked_a_lot": bool(asked and asked_a_lot(asked)),
            "report_url": "" if seen.own else reverse("report", args=["profile", uid]),
            "ask_words": f"Ask {seen.title}",
            "ask_url": f"{reverse('exchange_new')}?person={uid}",
        },
    )


def _confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    user: Any = request.user
    try:
        claim = get_object_or_404(
            SkillClaim.objects.select_related("profile"),
            pk=uuid.UUID(request.POST.get("claim", "")),
            profile=uid,
        )
    except ValueError as error:
        raise Http404 from error
    if request.POST.get("act") == "take-back":
        take_confirmation_back(claim=claim, by=user)
        messages.success(request, "You no longer confirm this.")
    else:
        confirm_claim(claim=claim, by=user)
        messages.success(request, "Confirmed. Your name is not shown.")
    return redirect("person", uid=uid)
