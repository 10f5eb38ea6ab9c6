"""Permission groups of the CMS, one function a group."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Library editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
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
