"""Permission groups of the CMS, one function a group."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ..models import Role, RoleHeld, User
from ..permissions import EDITORS

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
#: Roles that work in the CMS, with the group that lets them in and the rights there beyond looking.
GROUPS_OF_ROLES = {
    Role.EVIDENCE_REVIEWER: ("Evidence reviewers", ("override_rating",)),
    Role.MODERATOR: ("Duty moderators", ("hide_entry",)),
}
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


@transaction.atomic
def ensure_editors() -> Group:
    """The editors of the library: every page, file and snippet, but no accounts.

    The rights on snippets are those that the rooms above registered with Wagtail, so that this room
    need not know them; run again after new snippets came. Whoever may change accounts can make
    themselves administrator in Wagtail's form, so accounts stay with administrators.
    """
    group, _ = Group.objects.get_or_create(name=EDITORS)
    rights = Permission.objects.none()
    for registered in hooks.get_hooks("register_permissions"):
        rights = rights | registered()
    group.permissions.set(rights.exclude(content_type__app_label__in=("auth", "accounts")))
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    root = Page.get_first_root_node()
    for right in Permission.objects.filter(codename__in=PAGE_RIGHTS, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    files = Collection.get_first_root_node()
    for right in Permission.objects.filter(codename__in=FILE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=right)
    return group


@transaction.atomic
def ensure_group_of(role: Role) -> Group:
    """The group of a role that works in the CMS: into the admin, and what that role alone does there."""
    name, rights = GROUPS_OF_ROLES[role]
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", *rights)))
    return group


def follow_roles(*, person: User) -> None:
    """Put a person into the groups of the roles that they hold, and out of the others."""
    held = set(RoleHeld.objects.held().of_person(person).values_list("role", flat=True))
    for role, (name, _) in GROUPS_OF_ROLES.items():
        if role.value in held:
            person.groups.add(ensure_group_of(role))
        else:
            person.groups.remove(*Group.objects.filter(name=name))
