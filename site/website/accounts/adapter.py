"""Who may open an account: nobody by themselves until organisations can invite (people come later)."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed: accounts are made by an editor, so that nobody unknown enters the CMS."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed by default; deny first."""
        return False
