"""Joining, moving and leaving: one table of what can happen to a membership, and who decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from website.audit.recording import record
from website.places.models import Organisation

from .. import permissions
from ..mail import post_invitation, post_somebody_asks
from ..models import Membership, MembershipState, RoleHeld, User
from ..models.membership import IN_PLACE
from .roles import end_role
from .sessions import end_sessions

INVITED, ASKED = MembershipState.INVITED, MembershipState.ASKED
ACTIVE, SUSPENDED, LEFT = MembershipState.ACTIVE, MembershipState.SUSPENDED, MembershipState.LEFT


class NotPossible(ValueError):
    """What was asked cannot happen to this membership as it is now, in words for whoever asked."""


@dataclass(frozen=True)
class Transition:
    """One thing that can happen to a membership."""

    act: str
    comes_from: tuple[MembershipState, ...]
    leads_to: MembershipState
    who_decides: Callable[[User, Membership], bool]
    done: str


def the_person(by: User, membership: Membership) -> bool:
    """Whose membership it is."""
    return membership.person_id == by.pk


def an_administrator(by: User, membership: Membership) -> bool:
    """Whoever manages the members of the organisation."""
    return permissions.can_manage_members(by, membership.organisation)


def a_moderator(by: User, membership: Membership) -> bool:
    """Whoever may suspend."""
    return permissions.can_suspend(by, membership)


TRANSITIONS: Final = (
    Transition("accept", (INVITED,), ACTIVE, the_person, "accepted"),
    Transition("decline", (INVITED, ASKED), LEFT, the_person, "declined"),
    Transition("approve", (ASKED,), ACTIVE, an_administrator, "approved"),
    Transition("refuse", (ASKED, INVITED), LEFT, an_administrator, "refused"),
    Transition("remove", (ACTIVE, SUSPENDED), LEFT, an_administrator, "removed"),
    Transition("leave", (ACTIVE,), LEFT, the_person, "left"),
    Transition("suspend", (ACTIVE,), SUSPENDED, a_moderator, "suspended"),
    Transition("restore", (SUSPENDED,), ACTIVE, a_moderator, "restored"),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


@transaction.atomic
def change_membership(*, membership: Membership, act: str, by: User) -> Membership:
    """Let one thing of TRANSITIONS happen.

    Whoever joins a second place leaves the first: the profile goes with them, what they published stays. Whoever leaves
    loses every role there, and nobody is managed by somebody who is gone.
    Raises: NotAllowed, NotPossible.
    """
    transition = BY_ACT[act]
    stored = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    membership = stored.get(pk=membership.pk)
    permissions.require(transition.who_decides(by, membership))
    if membership.state not in transition.comes_from:
        raise NotPossible("This has been decided already. Look at how it stands now.")
    if act == "accept" and membership.lapsed:
        raise NotPossible(
            f"This invitation was open until {membership.open_until:%-d %B %Y}. An administrator of"
            f" {membership.organisation} can invite you again."
        )
    now = timezone.now()
    if transition.leads_to == ACTIVE and membership.joined_at is None:
        _leave_the_former_place(membership, by)
        membership.joined_at, membership.approved_by = now, by
    if transition.leads_to == LEFT:
        membership.ended_at, membership.line_manager = now, None
        _hand_back(membership, by)
    membership.state = transition.leads_to
    membership.save()
    if act in ("remove", "suspend"):
        end_sessions(person=membership.person)
    record(f"membership.{transition.done}", membership, by=by, organisation=membership.organisation.slug)
    return membership


def _leave_the_former_place(membership: Membership, by: User) -> None:
    former = (
        Membership.objects.select_for_update(of=("self",))
        .filter(person_id=membership.person_id, state__in=IN_PLACE)
        .exclude(pk=membership.pk)
        .select_related("organisation")
        .first()
    )
    if former is None:
        return
    if former.state == SUSPENDED:
        raise NotPossible("This person is suspended where they work now: that has to be settled first.")
    former.state, former.ended_at, former.line_manager = LEFT, timezone.now(), None
    _hand_back(former, by)
    former.save()
    record(
        "membership.moved",
        former,
        by=by,
        organisation=former.organisation.slug,
        detail={"to": membership.organisation.slug},
    )


def _hand_back(membership: Membership, by: User) -> None:
    """End what the person could decide in a place, and free those whom they managed there."""
    for held in RoleHeld.objects.filter(
        Q(organisation=membership.organisation), person_id=membership.person_id, ended_at=None
    ):
        end_role(held=held, by=by, leaving=True)
    Membership.objects.filter(
        line_manager_id=membership.person_id, organisation=membership.organisation
    ).update(line_manager=None)


@transaction.atomic
def invite(*, organisation: Organisation, email: str, name: str, by: User) -> Membership:
    """Ask somebody to join, by their address at work; asking again opens an invitation anew.

    An account is made where none is; it opens with a password that its holder sets by e-mail, which proves the address.
    What comes back, and what the database is asked, is the same for known and unknown addresses.
    Raises: NotAllowed, NotPossible where the person is a member here already.
    """
    permissions.require(permissions.can_manage_members(by, organisation))
    email = email.strip().lower()
    person = User.objects.of_address(email, name=name)
    open_here = Membership.objects.not_ended().of(organisation).filter(person=person)
    if open_here.filter(joined_at__isnull=False).exists():
        raise NotPossible("This person is on the list of members already.")
    membership, made = open_here.get_or_create(
        defaults={"person": person, "organisation": organisation, "state": INVITED, "invited_as": name}
    )
    if membership.state == INVITED and not made:
        membership.begun_at, membership.invited_as = timezone.now(), name
        membership.save(update_fields=["begun_at", "invited_as"])
    if made or membership.state == INVITED:
        record("membership.invited", membership, by=by, organisation=organisation.slug)
    post_invitation(to=person, organisation=organisation)
    return membership


def may_ask_to_join(person: User) -> list[Organisation]:
    """The organisations whose domain the person's confirmed address at work belongs to."""
    domain = person.email.rpartition("@")[2]
    if not person.emailaddress_set.filter(email=person.email, verified=True).exists():  # type: ignore[attr-defined]
        return []
    known = Membership.objects.not_ended().filter(person=person)
    there = Organisation.objects.current().with_addresses_at(domain)
    return list(there.exclude(pk__in=known.places()))


@transaction.atomic
def ask_to_join(*, person: User, organisation: Organisation) -> Membership:
    """Ask the administrators of one's own organisation. Raises: NotAllowed."""
    permissions.require(organisation in may_ask_to_join(person))
    membership = Membership.objects.create(person=person, organisation=organisation, state=ASKED)
    record("membership.asked", membership, by=person, organisation=organisation.slug)
    for administrator in permissions.administrators_of(organisation):
        post_somebody_asks(to=administrator, organisation=organisation)
    return membership


@transaction.atomic
def name_line_manager(*, membership: Membership, manager: User | None, by: User) -> Membership:
    """Say who manages a member. Raises: NotAllowed, NotPossible unless both work there and nobody manages themselves."""
    stored = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    membership = stored.get(pk=membership.pk)
    permissions.require(permissions.can_manage_members(by, membership.organisation))
    if membership.state != ACTIVE:
        raise NotPossible("Only a member has a line manager here.")
    if manager is not None and (
        manager.pk == membership.person_id or not permissions.works_in(manager, membership.organisation)
    ):
        raise NotPossible("Choose somebody else who works in the same organisation.")
    membership.line_manager = manager
    membership.save(update_fields=["line_manager"])
    record(
        "membership.line_manager_named",
        membership,
        by=by,
        organisation=membership.organisation.slug,
        detail={"manager": str(manager.pk) if manager else ""},
    )
    return membership
