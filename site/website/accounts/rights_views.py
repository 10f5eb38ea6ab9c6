"""My data: take it away, or have it erased; and the same for somebody who asked by another way."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import permissions
from .member_views import for_the_signed_in
from .models import Membership
from .rights_forms import RunForOtherForm
from .services import rights, rights_for_others
from .services.rights_for_others import HowAsked, LinkWornOut


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


@for_the_signed_in
def run_for_member(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Send somebody their data, or erase them, because they asked. For editors; also after the person has left."""
    found = Membership.objects.filter(organisation__slug=slug).for_a_list()
    membership = get_object_or_404(found, pk=uid)
    permissions.require(permissions.can_run_rights_of(request.user, membership.person))
    if request.method == "POST" and not did_recently_reauthenticate(request):
        return redirect(
            request.path
        )  # allauth would keep the form, with the name in it, in the editor's session
    return _run(request, membership)


@reauthentication_required
def _run(request: HttpRequest, membership: Membership) -> HttpResponse:
    by: Any = request.user
    form = RunForOtherForm(request.POST or None, name=membership.shown_name)
    if form.is_valid():
        asked = HowAsked(form.cleaned_data["asked"])
        if form.cleaned_data["act"] == "erase":
            rights_for_others.erase_for(person=membership.person, by=by, asked=asked)
            messages.success(request, "They are erased, and told so by a letter to their address.")
        else:
            rights_for_others.hand_over_data(person=membership.person, by=by, asked=asked)
            messages.success(request, "A letter with the way to the data is on its way to their address.")
        return redirect("organisation_members", slug=membership.organisation.slug)
    return render(request, "website/accounts/run_for_member.html", {"membership": membership, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_handed_over(request: HttpRequest) -> HttpResponse:
    """The data of whoever comes by the link in the letter; a button, since programs follow links in letters too."""
    key = request.POST.get("key") or request.GET.get("key", "")
    try:
        if request.method == "POST":
            return _file(rights_for_others.collect(key=key), "application/zip", "my-data.zip")
        rights_for_others.person_of(key)
    except LinkWornOut:
        return render(request, "website/accounts/data_worn_out.html", status=410)
    return render(request, "website/accounts/data_handed_over.html", {"key": key})


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
