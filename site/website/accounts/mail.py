"""Letters about membership. They name an organisation and no person."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from website.places.models import Organisation


def send_invitation(*, to: str, organisation: Organisation) -> None:
    """The same letter whether or not the address has an account: it leads to setting a password, or to signing in."""
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
    send_mail(f"{organisation.short_name} invites you to Practice Commons", letter, None, [to])
