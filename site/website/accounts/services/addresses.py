"""E-mail addresses as allauth keeps them: confirmed or not."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from ..models import User


@transaction.atomic
def vouch_for_address(*, user: User) -> EmailAddress:
    """Record that the person's address is theirs, without a link by e-mail."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    address, _ = EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return address
