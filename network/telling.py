"""Tells the outbox, in the transaction at hand, which people may look different to others, by the ids of their profiles.

Saves and deletions tell by themselves, whichever service makes them; what goes past them (updates, rows made in bulk) calls
`tell`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from website.accounts.models import Membership, MembershipState, User
from website.outbox.recording import record_changes
from website.places.signals import organisations_changed

from practice_library.models import SystemCondition

from .models import Availability, BlockageGotRound, HelpOffered, Profile, Skill, SkillClaim

TOPIC = "person"


@transaction.atomic
def tell(profiles: Iterable[UUID]) -> None:
    """Record a change of each person, by the id of the profile: of the account not even the key is kept."""
    record_changes(topic=TOPIC, uids=sorted(set(profiles)))


def connect() -> None:
    """Connect once, when the application starts."""
    for model, receiver in _RECEIVERS.items():
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"network.{model.__name__}.{id(signal)}")
    organisations_changed.connect(_organisations, dispatch_uid="network.organisations")


def _profile(instance: Profile, **kwargs: Any) -> None:
    tell([instance.pk])


def _of_profile(instance: Any, **kwargs: Any) -> None:
    tell([instance.profile_id])


def _offer(instance: HelpOffered, **kwargs: Any) -> None:
    tell(Profile.objects.filter(availability=instance.availability_id).values_list("pk", flat=True))


def _membership(instance: Membership, **kwargs: Any) -> None:
    tell(Profile.objects.filter(person=instance.person_id).values_list("pk", flat=True))


def _account(instance: User, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Somebody who only signs in has not changed, and neither has one who is new."""
    if kwargs.get("created") or (update_fields is not None and "is_active" not in update_fields):
        return
    tell(Profile.objects.filter(person=instance.pk).values_list("pk", flat=True))


def _skill(instance: Skill, **kwargs: Any) -> None:
    if instance.pk is not None:
        tell(Profile.objects.filter(claims__skill=instance.pk).values_list("pk", flat=True))


def _condition(instance: SystemCondition, **kwargs: Any) -> None:
    if instance.pk is not None:
        tell(Profile.objects.filter(blockages__condition=instance.pk).values_list("pk", flat=True))


def _organisations(uids: Iterable[UUID], **kwargs: Any) -> None:
    here = Membership.objects.filter(state=MembershipState.ACTIVE, organisation__uid__in=list(uids))
    tell(Profile.objects.filter(person__in=here.values("person")).values_list("pk", flat=True))


_RECEIVERS: dict[type[Model], Any] = {
    Profile: _profile,
    SkillClaim: _of_profile,
    BlockageGotRound: _of_profile,
    Availability: _of_profile,
    HelpOffered: _offer,
    Membership: _membership,
    User: _account,
    Skill: _skill,
    SystemCondition: _condition,
}
