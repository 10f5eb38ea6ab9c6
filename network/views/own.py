"""One's own profile: who sees each row, what to change, and how others see it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from website.accounts.member_views import for_the_signed_in

from .. import permissions
from ..audience import Viewer, as_colleague, as_member_elsewhere
from ..forms.claims import AvailabilityForm, BlockageForm, ClaimForm
from ..forms.profile import ProfileForm
from ..models import BlockageGotRound, Profile, SkillClaim
from ..own_profile import VIEWS, agreed, own_rows, seen_by
from ..services import claims, profiles
from ..shown import as_seen_by, person_at
from .people import viewer_or_404

SHOWN, NOT_BY_YOU = "Your profile is there again.", "You do not hide your profile any more."
SEEN_BY: dict[str, Callable[[Any], Viewer]] = {
    "manager": as_colleague,
    "elsewhere": as_member_elsewhere,
}


def _mine(request: HttpRequest) -> Profile | None:
    return Profile.objects.at_home().filter(person=request.user.pk).first()


@for_the_signed_in
def my_profile(request: HttpRequest) -> HttpResponse:
    """Every row with who sees it; or the page as somebody else sees it. Without a profile, the form to begin one."""
    viewer = viewer_or_404(request)
    profile = _mine(request)
    if profile is None:
        return redirect("my_profile_edit")
    if request.method == "POST":
        return _act(request)
    view = request.GET.get("as", "")
    if view in VIEWS:
        seen = as_seen_by(profile, SEEN_BY[view](profile.home)) if view in SEEN_BY else None
        return render(
            request,
            "network/seen_by.html",
            {"person": seen, "whom": VIEWS[view], "views": VIEWS, "view": view},
        )
    return render(
        request,
        "network/my_profile.html",
        {
            "profile": profile,
            "withheld": _withheld(profile),
            "agreed": agreed(profile),
            "rows": own_rows(profile, person_at(profile.pk, viewer)),
            "views": VIEWS,
        },
    )


def _withheld(profile: Profile) -> str:
    """Whether a moderator still has to look at it, or has hidden it."""
    if profile.withheld_at is None:
        return ""
    return "waiting" if profile.reports.waiting().exists() else "hidden"


def _act(request: HttpRequest) -> HttpResponse:
    acts: dict[str, tuple[Callable[..., None], str]] = {
        "hide": (profiles.hide_profile, "You are hidden. Nobody but you sees your profile now."),
        "show": (profiles.show_profile, SHOWN),
        "confirm": (profiles.confirm_profile, "Confirmed. We will ask again in half a year."),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act[0](person=request.user)
    there = act[1] != SHOWN or Profile.objects.present().filter(person=request.user.pk).exists()
    messages.success(request, act[1] if there else NOT_BY_YOU)
    return redirect("my_profile")


@for_the_signed_in
def my_profile_edit(request: HttpRequest) -> HttpResponse:
    """Write the profile and choose who sees each row."""
    viewer_or_404(request)
    person: Any = request.user
    profile = _mine(request)
    form = ProfileForm(
        request.POST or None, instance=profile, initial={} if profile else {"name": person.name}
    )
    if request.method == "POST" and form.is_valid():
        profiles.save_profile(person=person, fields=form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("my_profile")
    return render(request, "network/profile_form.html", {"form": form, "begun": profile is not None})


@for_the_signed_in
def my_skills(request: HttpRequest) -> HttpResponse:
    """Claim a skill, or take one back."""
    viewer_or_404(request)
    person, profile = _person_with_profile(request)
    mine = SkillClaim.objects.filter(profile=profile).select_related("skill", "case_study")
    if "drop" in request.POST:
        claims.drop_claim(person=person, claim=_of(mine, request.POST["drop"]))
        return redirect("my_skills")
    form = ClaimForm(
        request.POST or None,
        case_studies=permissions.case_studies_of(person),
        exchanges=permissions.exchanges_of(person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            claims.claim_skill(person=person, **form.cleaned_data)
        except claims.NotClaimable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("my_skills")
    return render(
        request,
        "network/my_skills.html",
        {"form": form, "claims": mine, "seen_by": seen_by(profile, "skills")},
    )


@for_the_signed_in
def my_blockages(request: HttpRequest) -> HttpResponse:
    """Tell what was missing and how one got round it, or take it back."""
    viewer_or_404(request)
    person, profile = _person_with_profile(request)
    mine = BlockageGotRound.objects.filter(profile=profile).select_related("condition")
    if "drop" in request.POST:
        claims.drop_blockage(person=person, blockage=_of(mine, request.POST["drop"]))
        return redirect("my_blockages")
    form = BlockageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        claims.tell_blockage(person=person, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("my_blockages")
    return render(
        request,
        "network/my_blockages.html",
        {"form": form, "blockages": mine, "seen_by": seen_by(profile, "blockages")},
    )


@for_the_signed_in
def my_availability(request: HttpRequest) -> HttpResponse:
    """What one offers, when, and how much; with a break at any time."""
    viewer_or_404(request)
    person, profile = _person_with_profile(request)
    offered = getattr(profile, "availability", None)
    form = AvailabilityForm(request.POST or None, initial=AvailabilityForm.initial_of(offered))
    if request.method == "POST" and form.is_valid():
        claims.offer_help(person=person, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("my_profile")
    return render(
        request, "network/my_availability.html", {"form": form, "seen_by": seen_by(profile, "availability")}
    )


def _person_with_profile(request: HttpRequest) -> tuple[Any, Profile]:
    return request.user, get_object_or_404(Profile.objects.at_home(), person=request.user.pk)


def _of(mine: Any, uid: str) -> Any:
    """One of the reader's own. Raises: Http404."""
    try:
        return get_object_or_404(mine, pk=uuid.UUID(uid))
    except ValueError as error:
        raise Http404 from error
