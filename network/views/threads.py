"""Pages of messages. No address is shown, and nothing of a thread opens for anybody but its two participants."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from website.accounts.member_views import for_the_signed_in
from website.accounts.models import User

from ..forms.exchange import MessageForm
from ..models import Profile
from ..services import blocks
from ..services.refusals import Refused
from ..services.threads import mark_read, send_message
from ..threads import ShownThread, blocked_by, thread_at, threads_of
from .exchange import viewer_at_work_or_404


@for_the_signed_in
def message_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom one writes with, and from whom one wants nothing more."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    if request.method == "POST":
        return _unblock(request)
    found, blocked = threads_of(user, viewer), blocked_by(user, viewer)
    return render(request, "network/exchange/messages.html", {"threads": found, "blocked": blocked})


def _unblock(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    try:
        key = uuid.UUID(request.POST.get("unblock", ""))
    except ValueError as error:
        raise Http404 from error
    held = get_object_or_404(Profile.objects.select_related("person"), pk=key, person__blocked_by__by=user)
    blocks.unblock(person=held.person, by=user)
    messages.success(request, "This person can ask you again. What ended stays ended.")
    return redirect("messages")


@for_the_signed_in
def thread(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One thread: read it, add to it, want no more of it."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    shown = thread_at(uid, user, viewer)
    if shown is None:
        raise Http404
    act = request.POST.get("act", "")
    if act in ("block", "unblock"):
        return _block(request, shown, act)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_message(thread=shown.thread, by=user, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("thread", uid=uid)
    if request.method == "GET":
        mark_read(thread=shown.thread, by=user)
    return render(request, "network/exchange/thread.html", {"shown": shown, "form": form})


def _block(request: HttpRequest, shown: ShownThread, act: str) -> HttpResponse:
    user: Any = request.user
    other = User.objects.get(pk=shown.other_id)
    if act == "block":
        blocks.block(person=other, by=user)
        messages.success(request, "You get nothing more from this person. They are not told.")
    else:
        blocks.unblock(person=other, by=user)
        messages.success(request, "This person can ask you again. What ended stays ended.")
    return redirect("thread", uid=shown.thread.pk)
