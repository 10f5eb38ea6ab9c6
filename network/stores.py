"""What this room holds of a person. All but reports hangs on their account and goes with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from website.outbox.stores import Store

from .models import (
    Ask,
    Availability,
    Block,
    BlockageGotRound,
    Confirmation,
    Debrief,
    HelpOffered,
    HelpRequest,
    Message,
    Participant,
    Photo,
    Profile,
    ProposedTime,
    Report,
    SkillClaim,
)


def _of_profile(model: Any) -> Any:
    return lambda key: model.objects.filter(profile__person=key)


def _by(model: Any) -> Any:
    return lambda key: model.objects.filter(by=key)


def _forget(key: Any) -> None:
    """A report outlives whoever made it, without their words."""
    Report.objects.filter(by=key).update(words="")


def _photo(key: uuid.UUID) -> Iterable[tuple[str, bytes]]:
    for photo in Photo.objects.filter(profile__person=key):
        yield "photo.jpg", bytes(photo.data)


STORE = Store(
    "people",
    forget=_forget,
    tables={
        "profile": lambda key: Profile.objects.filter(person=key),
        "photo": _of_profile(Photo),
        "skills": _of_profile(SkillClaim),
        "skills-i-confirmed": _by(Confirmation),
        "blockages-got-round": _of_profile(BlockageGotRound),
        "availability": _of_profile(Availability),
        "help-offered": lambda key: HelpOffered.objects.filter(availability__profile__person=key),
        "my-requests": lambda key: HelpRequest.objects.filter(asker=key),
        "asked-of-me": lambda key: Ask.objects.filter(person=key),
        "times-i-proposed": _by(ProposedTime),
        "debriefs-i-wrote": _by(Debrief),
        "my-threads": lambda key: Participant.objects.filter(person=key),
        "messages-i-sent": _by(Message),
        "reports-i-made": _by(Report),
        "people-i-blocked": _by(Block),
    },
    files=_photo,
)
