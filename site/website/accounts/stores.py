"""What this room, the sign-in and the CMS hold of a person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision
from wagtail.users.models import UserProfile

from website.audit.models import AuditEntry
from website.outbox.stores import Store
from website.outgoing.models import Letter

from .models import Membership, RoleHeld, User
from .services.sessions import clear_sessions

#: Where a version of a page keeps its comments.
COMMENTS = "wagtail_admin_comments"


def _forget_account(key: uuid.UUID) -> None:
    """Sessions, and letters to the address itself, which hang on no person."""
    clear_sessions(key=key)
    for address in [
        *User.objects.filter(pk=key).values_list("email", flat=True),
        *EmailAddress.objects.filter(user=key).values_list("email", flat=True),
    ]:
        Letter.objects.to_address(address).delete()


ACCOUNT = Store(
    "account",
    tables={
        "account": lambda key: User.objects.filter(pk=key),
        "memberships": lambda key: Membership.objects.filter(person=key),
        "roles": lambda key: RoleHeld.objects.filter(person=key),
        "addresses": lambda key: EmailAddress.objects.filter(user=key),
        "second-steps": lambda key: Authenticator.objects.filter(user=key),
        "single-sign-on": lambda key: SocialAccount.objects.filter(user=key),
        "sessions": lambda key: UserSession.objects.filter(user=key),
        "letters-on-their-way": lambda key: Letter.objects.filter(person=key),
        "what-i-did": lambda key: AuditEntry.objects.by_person(key),
    },
    forget=_forget_account,
)


def _forget_in_cms(key: uuid.UUID) -> None:
    """The history of the CMS names whom it is about, and versions of pages quote what was said in comments."""
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(key)
    )
    about.update(label="", data={})
    ReferenceIndex.objects.filter(to_object_id=str(key)).delete()
    PageLogEntry.objects.filter(user=key, action__startswith="wagtail.comments").update(data={})
    as_text = Cast("content", TextField())
    for revision in Revision.objects.annotate(text=as_text).filter(text__contains=str(key)):
        said = revision.content.get(COMMENTS)
        if said:
            revision.content[COMMENTS] = _without(said, str(key))
            revision.save(update_fields=["content"])
    for profile in UserProfile.objects.filter(user=key).exclude(avatar=""):
        transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name), robust=True)


def _without(said: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Comments of others, and of those their answers by others."""
    others = [each for each in said if each.get("user") != key]
    for each in others:
        each["replies"] = [answer for answer in each.get("replies", []) if answer.get("user") != key]
    return others


def _pictures(key: uuid.UUID) -> Iterable[tuple[str, bytes]]:
    for profile in UserProfile.objects.filter(user=key).exclude(avatar=""):
        with profile.avatar.open() as file:
            yield f"picture{Path(profile.avatar.name).suffix}", file.read()


CMS = Store(
    "cms",
    tables={
        "settings": lambda key: UserProfile.objects.filter(user=key),
        "versions-saved": lambda key: Revision.objects.filter(user=key),
        "comments": lambda key: Comment.objects.filter(user=key),
        "answers-to-comments": lambda key: CommentReply.objects.filter(user=key),
    },
    files=_pictures,
    forget=_forget_in_cms,
)
