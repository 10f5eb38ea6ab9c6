"""Pages of requests: write one, ask somebody, answer, find a time, say how it was. For the two parties only."""

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
from ..calendar import as_calendar
from ..choices import LIGHT_HELP, Help
from ..forms.exchange import DebriefForm, RequestForm, TimeForm
from ..models import Ask, HelpRequest, Profile, ProposedTime
from ..parties import UNSEEN, parties
from ..services import asking, blocks, calls
from ..services.refusals import Refused


def viewer_at_work_or_404(request: HttpRequest) -> Viewer:
    """Who looks, if they work somewhere. Raises: Http404."""
    viewer = viewer_of(request.user)
    if viewer.organisation is None:
        raise Http404
    return viewer


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
            "staff": Membership.objects.active().managed_by(user).exists(),
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
        _try(
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


@for_the_signed_in
def exchange_answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Yes, not now, no; take back; end."""
    viewer_at_work_or_404(request)
    user: Any = request.user
    ask = get_object_or_404(Ask.objects.all().of_party(user).select_related("request"), pk=uid)
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in asking.BY_ACT:
        raise Http404
    changed = _try(request, lambda: asking.change_ask(ask=ask, act=act, by=user))
    if changed and act in ("not-now", "decline"):
        messages.success(request, "Answered. No reason is asked, and the request is no longer on your page.")
        return redirect("exchange")
    if changed and act == "accept":
        messages.success(request, "You said yes. You can write to each other now.")
    return redirect("exchange_request", uid=ask.request_id)


@for_the_signed_in
def exchange_times(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Times of a call: proposed by either, agreed by the other."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    ask = _ask_or_404(uid, user)
    if not ask.request.takes_time:
        raise Http404
    if "time" in request.POST:
        return _decide_time(request, ask)
    form = TimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        times = [(said["starts_at"], said["minutes"])]
        if _try(request, lambda: calls.propose_times(ask=ask, times=times, by=user)):
            messages.success(request, "Proposed. You can propose another, or wait for the answer.")
        return redirect("exchange_times", uid=uid)
    (row,) = exchanges.rows([ask], user, viewer)
    return render(request, "network/exchange/times.html", {"row": row, "form": form})


def _decide_time(request: HttpRequest, ask: Ask) -> HttpResponse:
    user: Any = request.user
    try:
        time = get_object_or_404(
            ProposedTime.objects.select_related("ask"), ask=ask, pk=uuid.UUID(request.POST["time"])
        )
    except ValueError as error:
        raise Http404 from error
    if request.POST.get("act") == "agree":
        if _try(request, lambda: calls.agree_time(time=time, by=user)):
            messages.success(request, "Agreed. Take the file for your calendar.")
    else:
        _try(request, lambda: calls.take_time_back(time=time, by=user))
    return redirect("exchange_times", uid=ask.pk)


@for_the_signed_in
def exchange_calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The agreed time as a file for a calendar."""
    viewer_at_work_or_404(request)
    ask = _ask_or_404(uid, request.user)
    time = get_object_or_404(ask.times.select_related("ask__request"), agreed_at__isnull=False)
    answer = HttpResponse(as_calendar(time), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="call.ics"'
    return answer


@for_the_signed_in
def exchange_debrief(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A few words afterwards, by each of the two."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    ask = _ask_or_404(uid, user)
    (row,) = exchanges.rows([ask], user, viewer)
    before = row.my_debrief
    names = ("what_helped", "what_next", "may_be_evidence")
    form = DebriefForm(
        request.POST or None, initial={name: getattr(before, name) for name in names} if before else {}
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in names}
        if _try(request, lambda: calls.debrief(ask=ask, by=user, **said)):
            messages.success(request, "Thank you. This exchange has ended.")
            return redirect("exchange_request", uid=ask.request_id)
    return render(request, "network/exchange/debrief.html", {"row": row, "form": form})


@for_the_signed_in
def exchange_staff(request: HttpRequest) -> HttpResponse:
    """What a line manager is told of."""
    viewer_at_work_or_404(request)
    user: Any = request.user
    if not Membership.objects.active().managed_by(user).exists():
        raise Http404
    return render(request, "network/exchange/staff.html", {"rows": exchanges.of_staff(user)})


def _ask_or_404(uid: uuid.UUID, user: Any) -> Ask:
    ask = exchanges.ask_at(uid, user)
    if ask is None:
        raise Http404
    return ask


def _try(request: HttpRequest, step: Any) -> bool:
    """Take a step, or say in words why not."""
    try:
        step()
    except Refused as refused:
        messages.warning(request, str(refused))
        return False
    return True
