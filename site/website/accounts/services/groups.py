"""Groups of the CMS that carry the rights of roles. Migrations of the rooms above make the groups and keep their rights."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ..models import Role, RoleHeld, User
from ..permissions import EDITORS

#: Roles that work in the CMS, with the group that lets them in and the rights there beyond looking.
GROUPS_OF_ROLES = {
    Role.EVIDENCE_REVIEWER: ("Evidence reviewers", ("override_rating",)),
    Role.MODERATOR: ("Moderators", ("hide_entry",)),
}


def editors() -> Group:
    """Those who keep the library: every page, file and snippet, and no accounts."""
    return Group.objects.get_or_create(name=EDITORS)[0]


@transaction.atomic
def ensure_group_of(role: Role) -> Group:
    """The group of a role that works in the CMS: into the admin, and what that role alone does there."""
    name, rights = GROUPS_OF_ROLES[role]
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=("access_admin", *rights)))
    return group


def follow_roles(*, person: User) -> None:
    """Put a person into the groups of the roles that they hold, and out of the others."""
    held = set(RoleHeld.objects.held().of_person(person).values_list("role", flat=True))
    for role, (name, _) in GROUPS_OF_ROLES.items():
        if role.value in held:
            person.groups.add(ensure_group_of(role))
        else:
            person.groups.remove(*Group.objects.filter(name=name))
