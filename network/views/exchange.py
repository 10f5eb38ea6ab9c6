"""Pages of requests: write one, ask somebody, close it. For the two parties only."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from website.accounts.member_views import for_the_signed_in
from website.accounts.models import Membership

from .. import exchanges, permissions
from ..audience import Viewer, viewer_of
from ..choices import LIGHT_HELP, Help
from ..forms.exchange import RequestForm
from ..models import HelpRequest, Profile
from ..parties import UNSEEN, parties
from ..services import asking, blocks
from ..services.refusals import Refused


def viewer_at_work_or_404(request: HttpRequest) -> Viewer:
    """Who looks, if they work somewhere. Raises: Http404."""
    viewer = viewer_of(request.user)
    if viewer.organisation is None:
        raise Http404
    return viewer


def tried(request: HttpRequest, step: Any) -> bool:
    """Take a step, or say in words why not."""
    try:
        step()
    except Refused as refused:
        messages.warning(request, str(refused))
        return False
    return True


@for_the_signed_in
def exchange(request: HttpRequest) -> HttpResponse:
    """What I asked, and what I am asked."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    return render(
        request,
        "network/exchange/mine.html",
        {
            "mine": exchanges.mine(user, viewer),
            "may_write": Profile.objects.filter(person=user).exists(),
            "staff": permissions.manages_staff(user),
        },
    )


@for_the_signed_in
def exchange_new(request: HttpRequest) -> HttpResponse:
    """Write a request; for one person where the page was reached from theirs."""
    viewer = viewer_at_work_or_404(request)
    return _write(request, viewer, None)


@for_the_signed_in
def exchange_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Write a request anew, as long as nobody has been asked with it."""
    viewer = viewer_at_work_or_404(request)
    written = get_object_or_404(HelpRequest, pk=uid, asker=request.user.pk)
    if written.asks.exists() or written.closed_at:
        return redirect("exchange_request", uid=uid)
    return _write(request, viewer, written)


def _write(request: HttpRequest, viewer: Viewer, written: HelpRequest | None) -> HttpResponse:
    user: Any = request.user
    if not permissions.can_write_request(user):
        messages.info(request, "Begin your profile first, so that whoever you ask sees who asks.")
        return redirect("my_profile_edit")
    person = _person(request, viewer)
    kinds = _kinds(person) if person is not None else None
    form = RequestForm(request.POST or None, initial=RequestForm.initial_of(written), kinds=kinds)
    if request.method == "POST" and form.is_valid():
        draft = request.POST.get("act") == "draft"
        made = asking.write_request(by=user, request=written, draft=draft, once=True, **form.said())
        if person is not None and not draft:
            _ask(request, made, person)
        elif draft:
            messages.success(request, "Kept as a draft. Nobody reads it but you.")
        return redirect("exchange_request", uid=made.pk)
    return render(
        request,
        "network/exchange/write.html",
        {
            "form": form,
            "written": written,
            "person": parties([person.person_id], viewer).get(person.person_id, UNSEEN) if person else None,
            "profile": person,
            "open_requests": exchanges.open_requests(user) if person else [],
        },
    )


def _person(request: HttpRequest, viewer: Viewer) -> Profile | None:
    """The person whom the reader wants to ask, if they can be asked. Raises: Http404."""
    key = request.POST.get("person") or request.GET.get("person")
    if not key:
        return None
    try:
        return get_object_or_404(permissions.askable(viewer), pk=uuid.UUID(key))
    except ValueError as error:
        raise Http404 from error


def _kinds(profile: Profile) -> list[Help]:
    offered = set(profile.availability.kinds.values_list("kind", flat=True))
    return [kind for kind in LIGHT_HELP if kind in offered]


def _ask(request: HttpRequest, written: HelpRequest, profile: Profile) -> None:
    user: Any = request.user
    try:
        asking.ask_person(request=written, profile=profile, by=user)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Asked. You get a letter when there is an answer.")


@for_the_signed_in
def exchange_request(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A request, as its writer or as somebody who was asked sees it."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    found = get_object_or_404(HelpRequest, pk=uid)
    if found.asker_id == user.pk:
        if request.method == "POST":
            return _as_asker(request, found)
        prefetch_related_objects([found], "skills")
        return render(
            request,
            "network/exchange/request.html",
            {
                "request_for_help": found,
                "rows": exchanges.rows(exchanges.asks_of(found), user, viewer),
                "people_url": exchanges.people_url(found),
            },
        )
    ask = exchanges.asks_of(found).filter(person=user, state__in=exchanges.OPEN_TO_THE_ASKED).first()
    if ask is None:
        raise Http404
    if request.POST.get("act") == "block":
        blocks.block(person=ask.request.asker, by=user)
        messages.success(request, "You get nothing more from this person. They are not told.")
        return redirect("messages")
    (row,) = exchanges.rows([ask], user, viewer)
    place = Membership.objects.active().filter(person=user).select_related("line_manager").first()
    return render(
        request,
        "network/exchange/asked.html",
        {"request_for_help": ask.request, "row": row, "manager": place.line_manager if place else None},
    )


def _as_asker(request: HttpRequest, found: HelpRequest) -> HttpResponse:
    user: Any = request.user
    act = request.POST.get("act", "")
    if act == "close":
        asking.close_request(request=found, by=user)
        messages.success(request, "Closed. What had no answer is taken back.")
    elif act == "open":
        said = {name: getattr(found, name) for name in ("problem", "must_not_include", "days")}
        skills = list(found.skills.all())
        tried(
            request,
            lambda: asking.write_request(
                by=user, request=found, kind=Help(found.kind), skills=skills, **said
            ),
        )
    else:
        raise Http404
    return redirect("exchange_request", uid=found.pk)


@for_the_signed_in
def exchange_ask(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask one person with a request that is open: what they will read, and the button."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    written = get_object_or_404(HelpRequest.objects.prefetch_related("skills"), pk=uid, asker=user.pk)
    profile = _person(request, viewer)
    if profile is None:
        raise Http404
    if request.method == "POST":
        _ask(request, written, profile)
        return redirect("exchange_request", uid=uid)
    seen = parties([profile.person_id], viewer).get(profile.person_id, UNSEEN)
    return render(
        request,
        "network/exchange/ask.html",
        {"request_for_help": written, "person": seen, "profile": profile},
    )
