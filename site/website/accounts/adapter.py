"""Where allauth asks us: nobody signs up by its own forms, and its letters go out as all others do."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest

from website.outgoing.posting import post_to_address


class AccountAdapter(DefaultAccountAdapter):
    """allauth's sign-up makes an account for an address that nobody has proved. Ours is in services/sign_up.py."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed; deny first."""
        return False

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Not an address that another account has, if only by an invitation: allauth looks at confirmed ones alone."""
        others = get_user_model().objects.exclude(pk=email_address.user_id)
        if others.filter(email=email_address.email).exists():
            said = {"email": email_address.email}
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt", said)
            return False
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to the worker: a mail server that is down loses nothing, and no request waits for it."""
        request = current.request
        words = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        letter = self.render_mail(template_prefix, email, words)
        with transaction.atomic():
            post_to_address(address=email, subject=letter.subject, body=letter.body)
