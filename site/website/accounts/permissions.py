"""Who may do what, as sentences that services, views, templates and tests share. Deny first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import Membership, MembershipState, Role, RoleHeld, User

if TYPE_CHECKING:
    from website.places.models import Organisation

    Person = User | AnonymousUser

#: The group of the CMS that edits the library (access.md, E).
EDITORS = "Editors"


class NotAllowed(PermissionDenied):
    """This person may not do this. Pages answer as if nothing were there."""


def require(allowed: bool) -> None:
    """Raise NotAllowed unless it is allowed."""
    if not allowed:
        raise NotAllowed("You may not do this.")


def works_in_cms(user: Person) -> bool:
    """May open the Wagtail admin: editors, reviewers and moderators (access.md)."""
    return user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin"))


def edits_in_cms(user: Person) -> bool:
    """Keeps pages, terms or files there, so that lists of drafts are for them. Reviewers keep nothing."""
    if not works_in_cms(user):
        return False
    writes = ("add", "change", "publish")
    rights = {right.rpartition(".")[2].partition("_")[0] for right in user.get_all_permissions()}
    return not rights.isdisjoint(writes) or policy_registry.get_by_type(Page).user_has_any_permission(
        user, writes
    )


def needs_second_factor(user: Person) -> bool:
    """A role that decides about others, or changes what the public reads, needs more than a password. One query.

    It is asked on every page, so it does not read all rights of a person to find the one that opens the CMS, nor whether a
    line manager still works where their staff do.
    """
    if not isinstance(user, User) or not user.is_authenticated:
        return False
    if user.is_staff or user.is_superuser:
        return True
    opens = Permission.objects.filter(
        Q(user=user) | Q(group__user=user), content_type__app_label="wagtailadmin", codename="access_admin"
    )
    decides = RoleHeld.objects.held().of_person(user).exclude(role=Role.AUTHOR)
    manages = Membership.objects.filter(line_manager=user, state=MembershipState.ACTIVE)
    return User.objects.filter(Exists(opens) | Exists(decides) | Exists(manages), pk=user.pk).exists()


def membership_of(user: Person) -> Membership | None:
    """Where a person works now, if they may sign in and are neither suspended nor waiting."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return Membership.objects.active().filter(person=user).select_related("organisation").first()


def works_in(user: Person, organisation: Organisation | None) -> bool:
    """Works in this organisation now."""
    if organisation is None or not isinstance(user, User):
        return False
    return Membership.objects.active().filter(person=user, organisation=organisation).exists()


def is_editor(user: Person) -> bool:
    """Edits the library, or runs the site."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=EDITORS).exists()


def all_editors() -> QuerySet[User]:
    """Everybody of whom `is_editor` holds."""
    found = Q(is_superuser=True) | Q(groups__name=EDITORS)
    return User.objects.filter(found, is_active=True).distinct()


def holds(user: Person, role: Role, *, organisation: Organisation | None = None, region: str = "") -> bool:
    """Holds the role, or is named as a deputy; in an organisation only while working there."""
    if not isinstance(user, User) or not user.is_active:
        return False
    held = RoleHeld.objects.held().of_person(user).filter(role=role, organisation=organisation, region=region)
    return held.exists() and (organisation is None or works_in(user, organisation))


def is_member_by_role(user: Person) -> bool:
    """Counts as a member of the whole without a place of their own: editors, reviewers, coordinators (access.md, "as M")."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if Membership.objects.filter(person=user, state=MembershipState.SUSPENDED).exists():
        return False
    roles = (Role.EVIDENCE_REVIEWER, Role.COORDINATOR)
    return RoleHeld.objects.held().of_person(user).filter(role__in=roles).exists() or is_editor(user)


def is_moderator(user: Person) -> bool:
    """On duty for reports."""
    return holds(user, Role.MODERATOR)


def can_manage_members(user: Person, organisation: Organisation) -> bool:
    """An administrator of the organisation, or an editor."""
    return holds(user, Role.ORGANISATION_ADMINISTRATOR, organisation=organisation) or is_editor(user)


def administrators_of(organisation: Organisation) -> list[User]:
    """Who manages the members of an organisation and works there."""
    held = RoleHeld.objects.held().in_organisation(organisation).filter(role=Role.ORGANISATION_ADMINISTRATOR)
    there = Membership.objects.active().of(organisation).values("person")
    return list(User.objects.filter(pk__in=held.values("person")).filter(pk__in=there).order_by("pk"))


def manages(user: Person, membership: Membership) -> bool:
    """Is the line manager of the person there, or approves loans for the organisation."""
    if membership.state != MembershipState.ACTIVE or not works_in(user, membership.organisation):
        return False
    return membership.line_manager_id == user.pk or holds(
        user, Role.LOAN_APPROVER, organisation=membership.organisation
    )


def can_see_membership(user: Person, membership: Membership) -> bool:
    """The person, their manager, the administrators of the organisation, moderators and editors."""
    return (
        membership.person_id == user.pk
        or can_manage_members(user, membership.organisation)
        or manages(user, membership)
        or is_moderator(user)
    )


def can_suspend(user: Person, membership: Membership) -> bool:
    """A moderator or an editor, never their own."""
    return membership.person_id != user.pk and (is_moderator(user) or is_editor(user))


def can_run_rights_of(user: Person, person: User) -> bool:
    """An editor takes the data of others away for them, or erases them; administrators of the site only by another."""
    if user.pk == person.pk or not is_editor(user):
        return False
    return user.is_superuser or not person.is_superuser


def can_grant(user: Person, role: Role, organisation: Organisation | None) -> bool:
    """Roles of an organisation are given by its administrators; those of a region and of the whole by editors."""
    if organisation is not None:
        return can_manage_members(user, organisation)
    return is_editor(user)


def can_name_deputy(user: Person, held: RoleHeld) -> bool:
    """Whoever holds a role of an organisation names who stands in; so does an administrator there."""
    if held.organisation is None or held.deputy_for_id is not None:
        return False
    return held.person_id == user.pk or can_manage_members(user, held.organisation)
