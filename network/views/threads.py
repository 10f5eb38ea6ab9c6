"""Pages of messages. No address is shown, and nothing of a thread opens for anybody but its two participants."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from website.accounts.member_views import for_the_signed_in
from website.accounts.models import User

from .. import exchanges
from ..forms.exchange import MessageForm
from ..services import blocks, threads
from ..services.refusals import Refused
from .exchange import viewer_at_work_or_404


@for_the_signed_in
def message_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom one writes with."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    return render(request, "network/exchange/messages.html", {"threads": exchanges.threads_of(user, viewer)})


@for_the_signed_in
def thread(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One thread: read it, add to it, want no more of it."""
    viewer = viewer_at_work_or_404(request)
    user: Any = request.user
    shown = exchanges.thread_at(uid, user, viewer)
    if shown is None:
        raise Http404
    act = request.POST.get("act", "")
    if act in ("block", "unblock"):
        return _block(request, shown, act)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            threads.send_message(thread=shown.thread, by=user, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("thread", uid=uid)
    if request.method == "GET":
        threads.mark_read(thread=shown.thread, by=user)
    return render(request, "network/exchange/thread.html", {"shown": shown, "form": form})


def _block(request: HttpRequest, shown: exchanges.ShownThread, act: str) -> HttpResponse:
    user: Any = request.user
    other = User.objects.get(pk=shown.other_id)
    if act == "block":
        blocks.block(person=other, by=user)
        messages.success(request, "You get nothing more from this person. They are not told.")
    else:
        blocks.unblock(person=other, by=user)
        messages.success(request, "This person can ask you again. What ended stays ended.")
    return redirect("thread", uid=shown.thread.pk)
