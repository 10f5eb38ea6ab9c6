"""Gives roles and takes them back; the groups of the CMS follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from website.audit.recording import record
from website.places.models import Organisation

from .. import permissions
from ..models import Role, RoleHeld, User
from .groups import follow_roles


class NotGrantable(ValueError):
    """The role cannot be held like this, in words for whoever gives it."""


@transaction.atomic
def grant_role(
    *,
    person: User,
    role: Role,
    by: User,
    organisation: Organisation | None = None,
    region: str = "",
) -> RoleHeld:
    """Give a role; giving it again changes nothing.

    Raises: NotAllowed, NotGrantable where the person does not work in the organisation.
    """
    permissions.require(permissions.can_grant(by, role, organisation))
    if organisation is not None and not permissions.works_in(person, organisation):
        raise NotGrantable("Only somebody who works in the organisation can hold this role there.")
    held, made = RoleHeld.objects.get_or_create(
        person=person,
        role=role,
        organisation=organisation,
        region=region,
        ended_at=None,
        defaults={"granted_by": by},
    )
    if not made and held.deputy_for_id is not None:
        held.deputy_for, held.until, held.granted_by = None, None, by
        held.save()
    if made:
        _tell("role.granted", held, by)
    follow_roles(person=person)
    return held


@transaction.atomic
def set_roles_here(*, person: User, organisation: Organisation, wanted: Sequence[Role], by: User) -> None:
    """Give the roles that are wanted in an organisation and take the others back. Raises: NotAllowed, NotGrantable."""
    permissions.require(permissions.can_manage_members(by, organisation))
    for held in RoleHeld.objects.filter(
        person=person, organisation=organisation, ended_at=None, deputy_for=None
    ):
        if held.role not in wanted:
            end_role(held=held, by=by)
    for role in wanted:
        grant_role(person=person, role=role, organisation=organisation, by=by)


@transaction.atomic
def end_role(*, held: RoleHeld, by: User, leaving: bool = False) -> RoleHeld:
    """Take a role back, and with it what deputies held. Nobody is asked where the person is `leaving`.

    Raises: NotAllowed.
    """
    held = RoleHeld.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=held.pk)
    if not leaving:
        permissions.require(
            held.person_id == by.pk or permissions.can_grant(by, Role(held.role), held.organisation)
        )
    for ended in [held, *held.deputies.filter(ended_at=None)]:
        ended.ended_at = timezone.now()
        ended.save(update_fields=["ended_at"])
        _tell("role.ended", ended, by)
        follow_roles(person=ended.person)
    return held


@transaction.atomic
def name_deputy(*, held: RoleHeld, deputy: User, until: dt.date, by: User) -> RoleHeld:
    """Let somebody of the same organisation stand in until a day. Raises: NotAllowed, NotGrantable."""
    held = RoleHeld.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=held.pk)
    permissions.require(held.ended_at is None and permissions.can_name_deputy(by, held))
    if deputy.pk == held.person_id or not permissions.works_in(deputy, held.organisation):
        raise NotGrantable("Choose somebody else who works in the same organisation.")
    if until < timezone.localdate():
        raise NotGrantable("The last day is over already.")
    standing, made = RoleHeld.objects.get_or_create(
        person=deputy,
        role=held.role,
        organisation=held.organisation,
        region="",
        ended_at=None,
        defaults={"granted_by": by, "deputy_for": held, "until": until},
    )
    if not made:
        if standing.deputy_for_id is None:
            raise NotGrantable("This person holds the role already.")
        standing.deputy_for, standing.until = held, until
        standing.save(update_fields=["deputy_for", "until"])
    _tell("role.deputy_named", standing, by)
    return standing


def _tell(action: str, held: RoleHeld, by: User) -> None:
    record(
        action,
        held,
        by=by,
        organisation=held.organisation.slug if held.organisation else "",
        detail={"person": str(held.person_id), "role": held.role, "region": held.region},
    )
