"""Report a message, a request, a profile, a passage of an entry or any other page; and the queue of whoever is on duty."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from website.accounts import permissions as accounts
from website.accounts.member_views import for_the_signed_in
from website.accounts.models import Membership
from website.throttling import too_many, waiting_time, whoever_asks

from practice_library.models import Entry, OpenQuestion
from practice_library.presenters.links import entry as address_of_entry
from practice_library.presenters.links import question as address_of_question
from practice_library.services.passages import PassageNotFound

from .. import permissions
from ..choices import ReportClass
from ..forms.report import NOT_HERE, PassageForm, ReportForm
from ..models import HelpRequest, Message, Profile, Report
from ..reported import shown_report
from ..services import reports
from ..services.refusals import Refused

ABOUT: dict[str, Any] = {"message": Message, "request": HelpRequest, "profile": Profile}
WHY_SO_FEW = "Much was reported from here just now. If there is more, tell a moderator by another way."
#: Pages without words of their own kind to take out of sight; each has the link to report it.
PAGES = {"authority_list", "authority", "organisation", "condition", "outcome", "register", "skill", "rating"}
LONGEST_ADDRESS = 300
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
        if (refused := _too_many(request)) is not None:
            return refused
        reports.report(thing=thing, by=user, **form.cleaned_data)
        messages.success(request, "Thank you. A moderator looks at it. Nobody is told that it was you.")
        return redirect("messages" if about == "message" else "exchange" if about == "request" else "me")
    return render(request, "network/reports/report.html", {"form": form, "what": WORDS[about]})


def report_entry(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say which passage of an entry is wrong. Needs no account, and asks for none."""
    user: Any = request.user
    entry = get_object_or_404(Entry.objects.readable_by(user), uid=uid)
    if (refused := _too_many(request)) is not None:
        return refused
    form = PassageForm(request.POST or None, entry=entry, initial={"kind": ReportClass.FAMILY})
    if request.method == "POST" and form.is_valid():
        try:
            reports.report_passage(entry=entry, by=user, **form.cleaned_data)
            return redirect("report_made")
        except PassageNotFound:  # somebody else reported it in the same moment
            form.add_error("quoted", NOT_HERE)
    return render(
        request,
        "network/reports/entry.html",
        {"form": form, "title": entry.title, "url": address_of_entry(entry.url_path)},
    )


def report_question(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say what is wrong with an open question. Needs no account."""
    asked = get_object_or_404(OpenQuestion.objects.shown(), uid=uid)
    return _report_of_library(
        request,
        asked.title,
        address_of_question(asked.slug),
        lambda said: reports.report(thing=asked, by=_whoever(request), **said),
    )


def report_page(request: HttpRequest) -> HttpResponse:
    """The same for any page that is made of what stands elsewhere: of a place, a term, a register, a skill."""
    page = request.GET.get("page", "")
    if not is_reportable(page):
        raise Http404
    return _report_of_library(
        request, page, page, lambda said: reports.report_page(page=page, by=_whoever(request), **said)
    )


def is_reportable(page: str) -> bool:
    """An address of this site, without a question, of one of the pages that have the link."""
    if not page.startswith("/") or len(page) > LONGEST_ADDRESS:
        return False
    try:
        return resolve(page).url_name in PAGES
    except Resolver404:
        return False


def _report_of_library(
    request: HttpRequest, title: str, url: str, make: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if (refused := _too_many(request)) is not None:
        return refused
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        make(form.cleaned_data)
        return redirect("report_made")
    return render(request, "network/reports/page.html", {"form": form, "title": title, "url": url})


def _whoever(request: HttpRequest) -> Any:
    return request.user


def _too_many(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return None
    limits = settings.PASSAGE_REPORT_LIMITS
    wait = waiting_time(action="report", person=whoever_asks(request), limits=limits)
    return too_many(request, wait=wait, why=WHY_SO_FEW) if wait else None


def report_made(request: HttpRequest) -> HttpResponse:
    """What happens now. It names no entry: that may be hidden already."""
    return render(request, "network/reports/made.html")


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
            "hidden": Report.objects.hidden().apart_from(user.pk)[:50],
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
