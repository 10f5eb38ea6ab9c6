"""Where I am signed in, and signing out there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .browsers import in_words
from .member_views import for_the_signed_in
from .services import sessions


@for_the_signed_in
def my_sessions(request: HttpRequest) -> HttpResponse:
    """The places where one is signed in; end one, or all others. This one ends by signing out."""
    person: Any = request.user
    here = request.session.session_key
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        if chosen == "others" or chosen.isdigit():
            sessions.end_sessions(person=person, only="" if chosen == "others" else chosen, besides=here)
            messages.success(request, "Signed out there.")
        return redirect("usersessions_list")
    found = [(each, in_words(each.user_agent)) for each in sessions.sessions_of(person)]
    return render(
        request,
        "website/accounts/sessions.html",
        {
            "here": [pair for pair in found if pair[0].session_key == here],
            "elsewhere": [pair for pair in found if pair[0].session_key != here],
        },
    )
