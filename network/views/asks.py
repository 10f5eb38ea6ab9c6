"""Pages of one ask: answer, find a time, say how it was. For the two parties only, but for what a line manager is told."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from website.accounts.member_views import for_the_signed_in

from .. import exchanges, permissions
from ..calendar import as_calendar
from ..forms.exchange import DebriefForm, TimeForm
from ..models import Ask, ProposedTime
from ..services import asking, calls
from .exchange import tried, viewer_at_work_or_404


@for_the_signed_in
def exchange_answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Yes, not now, no; take back; end."""
    viewer_at_work_or_404(request)
    user: Any = request.user
    ask = get_object_or_404(Ask.objects.all().of_party(user).select_related("request"), pk=uid)
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in asking.BY_ACT:
        raise Http404
    changed = tried(request, lambda: asking.change_ask(ask=ask, act=act, by=user))
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
        if tried(request, lambda: calls.propose_times(ask=ask, times=times, by=user)):
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
        if tried(request, lambda: calls.agree_time(time=time, by=user)):
            messages.success(request, "Agreed. Take the file for your calendar.")
    else:
        tried(request, lambda: calls.take_time_back(time=time, by=user))
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
        if tried(request, lambda: calls.debrief(ask=ask, by=user, **said)):
            messages.success(request, "Thank you. This exchange has ended.")
            return redirect("exchange_request", uid=ask.request_id)
    return render(request, "network/exchange/debrief.html", {"row": row, "form": form})


@for_the_signed_in
def exchange_staff(request: HttpRequest) -> HttpResponse:
    """What a line manager is told of."""
    viewer_at_work_or_404(request)
    user: Any = request.user
    if not permissions.manages_staff(user):
        raise Http404
    return render(request, "network/exchange/staff.html", {"rows": exchanges.of_staff(user)})


def _ask_or_404(uid: uuid.UUID, user: Any) -> Ask:
    ask = exchanges.ask_at(uid, user)
    if ask is None:
        raise Http404
    return ask
