"""Report a message, a request or a profile; and the queue of whoever is on duty."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from website.accounts import permissions as accounts
from website.accounts.member_views import for_the_signed_in
from website.accounts.models import Membership

from .. import permissions
from ..forms.report import ReportForm
from ..models import HelpRequest, Message, Profile, Report
from ..reported import shown_report
from ..services import reports
from ..services.refusals import Refused

ABOUT: dict[str, Any] = {"message": Message, "request": HelpRequest, "profile": Profile}
WORDS = {"message": "this message", "request": "this request", "profile": "this profile"}


@for_the_signed_in
def report(request: HttpRequest, about: str, uid: uuid.UUID) -> HttpResponse:
    """Say what is wrong with something that one can read."""
    if about not in ABOUT:
        raise Http404
    user: Any = request.user
    thing = get_object_or_404(ABOUT[about], pk=uid)
    accounts.require(permissions.can_report(user, thing))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reports.report(thing=thing, by=user, **form.cleaned_data)
        messages.success(request, "Thank you. A moderator looks at it. Nobody is told that it was you.")
        return redirect("messages" if about == "message" else "exchange" if about == "request" else "me")
    return render(request, "network/reports/report.html", {"form": form, "what": WORDS[about]})


@for_the_signed_in
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for the moderator on duty, safeguarding first. Editors see that it waits, not what it says."""
    user: Any = request.user
    accounts.require(accounts.is_moderator(user) or accounts.is_editor(user))
    return render(
        request,
        "network/reports/queue.html",
        {
            "reports": Report.objects.waiting().apart_from(user.pk)[:200],
            "may_open": accounts.is_moderator(user),
        },
    )


@for_the_signed_in
def moderation_report(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One report with exactly what was reported, and the two decisions."""
    user: Any = request.user
    found = get_object_or_404(Report.objects.about_anything(), pk=uid)
    accounts.require(permissions.can_moderate(user, found))
    act = request.POST.get("act", "")
    if act in ("hide", "show"):
        try:
            reports.decide(report=found, hidden=act == "hide", by=user)
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect("moderation")
    shown = shown_report(found)
    place = Membership.objects.active().filter(person=shown.person).select_related("organisation").first()
    return render(request, "network/reports/one.html", {"shown": shown, "place": place})
