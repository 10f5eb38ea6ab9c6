"""Where allauth asks us: nobody signs up by its own forms, ours prove the address first."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's sign-up makes an account for an address that nobody has proved. Ours is in services/sign_up.py."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed; deny first."""
        return False
