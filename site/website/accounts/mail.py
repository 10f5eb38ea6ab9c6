"""Letters about membership. They name an organisation and no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from website.outgoing.posting import post
from website.places.models import Organisation

if TYPE_CHECKING:
    from .models import User


def post_invitation(*, to: User, organisation: Organisation) -> None:
    """The same letter whether or not the address had an account: it leads to setting a password, or to signing in."""
    base = settings.WAGTAILADMIN_BASE_URL
    letter = render_to_string(
        "website/accounts/invitation.txt",
        {
            "organisation": organisation.short_name,
            "sign_in": base + reverse("account_login"),
            "set_password": base + reverse("account_reset_password"),
            "me": base + reverse("me"),
        },
    )
    post(to=to, subject=f"{organisation.short_name} invites you to Practice Commons", body=letter)
