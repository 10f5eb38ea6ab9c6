"""Requests and what became of them: `asked(by=ann, of=bo)`, `accepted(by=ann, of=bo, kind=Help.CALL)`."""

from __future__ import annotations

from typing import Any

from website.accounts.models import User

from network.choices import Help
from network.models import Ask, Availability, HelpOffered, HelpRequest, Profile
from network.services.asking import ask_person, change_ask, write_request

from .people import profile


def offering(person: User, *kinds: Help, **fields: Any) -> Profile:
    """A profile that offers help to all members."""
    held = Profile.objects.filter(person=person).first() or profile(person)
    offered, _ = Availability.objects.update_or_create(profile=held, defaults={"capacity": 5, **fields})
    HelpOffered.objects.bulk_create(
        (HelpOffered(availability=offered, kind=kind) for kind in kinds or tuple(Help)), ignore_conflicts=True
    )
    return held


def help_request(
    *, by: User, kind: Help = Help.CALL, problem: str = "Who runs duty?", **said: Any
) -> HelpRequest:
    """An open request of somebody with a profile."""
    if not Profile.objects.filter(person=by).exists():
        profile(by)
    return write_request(by=by, kind=kind, problem=problem, **said)


def asked(*, by: User, of: User, kind: Help = Help.CALL, **said: Any) -> Ask:
    """Somebody asked, and not answered."""
    held = offering(of)
    return ask_person(request=help_request(by=by, kind=kind, **said), profile=held, by=by)


def accepted(*, by: User, of: User, kind: Help = Help.CALL, **said: Any) -> Ask:
    """A yes: the thread is open."""
    return change_ask(ask=asked(by=by, of=of, kind=kind, **said), act="accept", by=of)
