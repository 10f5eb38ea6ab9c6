"""Pages of membership: one's own, and an organisation's members for those who manage them.

Whoever may not see a page is told that nothing is there; visitors are led to sign in, whatever the address.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from website.places.models import Organisation

from . import permissions
from .member_forms import DeputyForm, InviteForm, LineManagerForm, RolesForm
from .models import OF_AN_ORGANISATION, Membership, MembershipState, RoleHeld
from .services import memberships, roles

View = Callable[..., HttpResponse]


def for_the_signed_in(view: View) -> View:
    """A page about people: only signed in, never kept by a cache, and 404 where something is not allowed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except permissions.NotAllowed as error:
            raise Http404 from error

    return never_cache(login_required(require_http_methods(["GET", "HEAD", "POST"])(guarded)))


@for_the_signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Where I work, what I was invited to, and which roles I hold."""
    person: Any = request.user
    if request.method == "POST":
        return _answer(request, person)
    mine = list(
        Membership.objects.not_ended().filter(person=person).select_related("organisation", "line_manager")
    )
    works = any(each.state == MembershipState.ACTIVE for each in mine)
    return render(
        request,
        "website/accounts/me.html",
        {
            "memberships": mine,
            "works": works,
            "sees_people": works or permissions.is_member_by_role(person),
            "sees_reports": permissions.is_moderator(person) or permissions.is_editor(person),
            "roles": RoleHeld.objects.held().of_person(person).select_related("organisation"),
            "may_join": memberships.may_ask_to_join(person),
            "staff": Membership.objects.active().managed_by(person).for_a_list(),
            "manages_members_of": [
                each.organisation
                for each in mine
                if each.state == MembershipState.ACTIVE
                and permissions.can_manage_members(person, each.organisation)
            ],
        },
    )


def _answer(request: HttpRequest, person: Any) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "ask":
        organisation = get_object_or_404(Organisation, slug=request.POST.get("organisation", ""))
        memberships.ask_to_join(person=person, organisation=organisation)
        messages.success(request, f"{organisation.short_name} has been asked.")
    elif act in ("accept", "decline", "leave"):
        mine = Membership.objects.not_ended().filter(person=person)
        _change(request, _one(mine, request.POST.get("membership", "")), act)
    return redirect("me")


@for_the_signed_in
def organisation_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here, who waits for an answer, and a form to invite."""
    organisation = get_object_or_404(Organisation, slug=slug)
    permissions.require(permissions.can_manage_members(request.user, organisation))
    form = InviteForm(request.POST or None)
    if form.is_valid():
        person: Any = request.user
        try:
            memberships.invite(organisation=organisation, by=person, **form.cleaned_data)
        except memberships.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("organisation_members", slug=slug)
    members = list(Membership.objects.not_ended().of(organisation).for_a_list())
    return render(
        request,
        "website/accounts/members.html",
        {
            "organisation": organisation,
            "form": form,
            "waiting": [each for each in members if each.joined_at is None],
            "members": [each for each in members if each.joined_at is not None],
        },
    )


@for_the_signed_in
def organisation_member(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """One member: their line manager, roles and deputies, and the way out."""
    found = Membership.objects.not_ended().filter(organisation__slug=slug).for_a_list()
    membership = get_object_or_404(found, pk=uid)
    permissions.require(permissions.can_see_membership(request.user, membership))
    manages_members = permissions.can_manage_members(request.user, membership.organisation)
    joined = membership.state == MembershipState.ACTIVE
    forms = _forms(request, membership) if joined and manages_members else {}
    if request.method == "POST":
        answer = _change_member(request, membership, forms)
        if answer is not None:
            return answer
    held = RoleHeld.objects.held().of_person(membership.person).in_organisation(membership.organisation)
    return render(
        request,
        "website/accounts/member.html",
        {
            "membership": membership,
            "forms": forms,
            "roles": held,
            "manages_members": manages_members,
            "may_suspend": permissions.can_suspend(request.user, membership),
            "may_run_rights": permissions.can_run_rights_of(request.user, membership.person),
        },
    )


def _forms(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    act = request.POST.get("act", "")
    held = RoleHeld.objects.held().of_person(membership.person).in_organisation(membership.organisation)
    now = [role for role, deputy in held.values_list("role", "deputy_for") if deputy is None]
    forms: dict[str, Any] = {
        "manager": LineManagerForm(request.POST if act == "manager" else None, membership=membership),
        "roles": RolesForm(request.POST if act == "roles" else None, initial={"roles": now}),
    }
    if now:
        forms["deputy"] = DeputyForm(request.POST if act == "deputy" else None, membership=membership)
    return forms


def _change_member(
    request: HttpRequest, membership: Membership, forms: dict[str, Any]
) -> HttpResponse | None:
    act, person = request.POST.get("act", ""), request.user
    here = redirect("organisation_member", slug=membership.organisation.slug, uid=membership.pk)
    if act in memberships.BY_ACT:
        _change(request, membership, act)
        if memberships.BY_ACT[act].leads_to != MembershipState.LEFT:
            return here
        if permissions.can_manage_members(person, membership.organisation):
            return redirect("organisation_members", slug=membership.organisation.slug)
        return redirect("me")
    form = forms.get(act)
    if form is None:
        raise Http404
    if not form.is_valid():
        return None
    try:
        _save(act, form.cleaned_data, membership, person)
    except (memberships.NotPossible, roles.NotGrantable) as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "Saved.")
    return here


def _save(act: str, chosen: dict[str, Any], membership: Membership, by: Any) -> None:
    if act == "manager":
        memberships.name_line_manager(membership=membership, manager=chosen["manager"], by=by)
    elif act == "deputy":
        roles.name_deputy(held=chosen["role"], deputy=chosen["deputy"], until=chosen["until"], by=by)
    else:
        roles.set_roles_here(
            person=membership.person,
            organisation=membership.organisation,
            wanted=[role for role in OF_AN_ORGANISATION if role.value in chosen["roles"]],
            by=by,
        )


def _change(request: HttpRequest, membership: Membership, act: str) -> None:
    person: Any = request.user
    try:
        memberships.change_membership(membership=membership, act=act, by=person)
    except memberships.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Saved.")


def _one(found: Any, uid: str) -> Membership:
    try:
        return get_object_or_404(found, pk=uuid.UUID(uid))
    except ValueError as error:
        raise Http404 from error
