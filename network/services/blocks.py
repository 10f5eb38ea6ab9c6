"""Who wants no more of whom. Whoever is blocked is told nothing but that somebody is not available."""

from __future__ import annotations

from django.db import transaction
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from .. import permissions
from ..choices import AskState
from ..models import Ask, Block
from .asking import change_ask, end


@transaction.atomic
def block(*, person: User, by: User) -> None:
    """End what runs between the two; from now on neither can ask or write to the other.

    What waits for an answer of whoever blocks gets a no like any other: a request that vanished would tell of the block.
    Raises: NotAllowed for somebody whom one never met here.
    """
    require(permissions.have_met(by, person))
    _, made = Block.objects.get_or_create(by=by, person=person)
    for ask in Ask.objects.select_for_update(of=("self",)).of_party(by).of_party(person).taking_room():
        if ask.state == AskState.ACCEPTED:
            end(ask)
        elif ask.person_id == by.pk:
            change_ask(ask=ask, act="decline", by=by)
        else:
            ask.delete()
    if made:
        record("person.blocked", by, by=by)


@transaction.atomic
def unblock(*, person: User, by: User) -> None:
    """Think again. What ended stays ended."""
    gone, _ = Block.objects.filter(by=by, person=person).delete()
    if gone:
        record("person.unblocked", by, by=by)
