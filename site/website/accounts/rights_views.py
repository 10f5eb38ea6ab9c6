"""My data: take it away, or have it erased."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .member_views import for_the_signed_in
from .services import rights


@for_the_signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held, in numbers, with the ways to take it away and to have it erased."""
    person: Any = request.user
    held = [
        (" ".join("I" if word == "i" else word for word in name.split("-")), len(rows))
        for tables in rights.data_of(person).values()
        for name, rows in tables.items()
        if rows
    ]
    return render(request, "website/accounts/my_data.html", {"held": held})


@for_the_signed_in
@reauthentication_required
def my_data_json(request: HttpRequest) -> HttpResponse:
    """Everything in one file for programs."""
    person: Any = request.user
    return _file(rights.as_json(person), "application/json", "my-data.json")


@for_the_signed_in
@reauthentication_required
def my_data_archive(request: HttpRequest) -> HttpResponse:
    """Everything as tables for people, with the files."""
    person: Any = request.user
    return _file(rights.as_archive(person), "application/zip", "my-data.zip")


@for_the_signed_in
@reauthentication_required
def erase_me(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; with the box ticked, do it at once."""
    person: Any = request.user
    if request.method == "POST" and request.POST.get("sure") == "yes":
        rights.erase_person(person=person, by=person)
        logout(request)
        messages.success(request, "You are erased. Nothing here names you any more.")
        return redirect("/")
    return render(request, "website/accounts/erase_me.html", {"not_sure": request.method == "POST"})


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
