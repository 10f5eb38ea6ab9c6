"""Where allauth asks us about single sign-on: who may come in, and what is said to whoever may not."""

from __future__ import annotations

import logging
import time
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from .openid import AGAIN, CLOCKS_DIFFER, Refused
from .services.single_sign_on import Arrival, NotLetIn, let_in

log = logging.getLogger(__name__)

CANCELLED = "You did not sign in there. Nothing has changed here."
WORN_OUT = "It took longer than ten minutes, was done already, or began in another browser. Begin again."
NOT_REACHED = "It does not answer just now. Try again in some minutes, or sign in with your password."
NOT_ACCEPTED = (
    "Its answer was not one that we can accept. If this happens again, tell whoever runs this site."
)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """allauth opens and connects accounts by forms and by rules of its own; ours are in services/single_sign_on.py."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the settings. allauth asks the database first, where nobody can look after a secret."""
        configured = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        apps = [SocialApp(provider="openid_connect", **each) for each in configured]
        return [
            app
            for app in apps
            if provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Closed; deny first."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign in whoever may come in, without allauth's own ways on from here. Raises: ImmediateHttpResponse."""
        try:
            if sociallogin.state.get(AGAIN):
                _require_asked_anew(sociallogin)
            person = let_in(_arrival(sociallogin))
        except NotLetIn as refusal:
            raise ImmediateHttpResponse(
                turned_away(request, sociallogin.provider, str(refusal), status=403)
            ) from refusal
        if request.user.is_authenticated:
            get_account_adapter(request).logout(request)
        account = sociallogin.account
        record_authentication(request, person, "socialaccount", provider=account.provider, uid=account.uid)
        wanted = sociallogin.get_redirect_url(request) or reverse("me")
        raise ImmediateHttpResponse(perform_login(request, person, redirect_url=wanted))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        """Say what came between. Raises: ImmediateHttpResponse."""
        raise ImmediateHttpResponse(explained(request, provider, error=error, exception=exception))


def explained(
    request: HttpRequest, provider: Any, *, error: str | None = None, exception: Exception | None = None
) -> HttpResponse:
    """The page for a sign-in that failed between us and the provider; its kind goes into the log, and nobody's name."""
    if error == AuthError.CANCELLED:
        return turned_away(request, provider, CANCELLED, status=200)
    if exception is None and "error" not in request.GET:
        return turned_away(request, provider, WORN_OUT, status=400)
    why = exception if isinstance(exception, Refused) else type(exception or provider).__name__
    log.warning("Single sign-on by %s failed: %s", provider.sub_id, why)
    if isinstance(exception, RequestException):
        return turned_away(request, provider, NOT_REACHED, status=503)
    return turned_away(request, provider, NOT_ACCEPTED, status=400)


def turned_away(request: HttpRequest, provider: Any, words: str, *, status: int) -> HttpResponse:
    """A plain page that says why, with the other ways in."""
    said = {"provider_name": provider.name, "words": words}
    return render(request, "website/accounts/turned_away.html", said, status=status)


def _arrival(login: SocialLogin) -> Arrival:
    """The claims as we read them."""
    said, terms = login.claims, login.provider.app.settings
    name = said.get("name")
    return Arrival(
        provider=login.provider.sub_id,
        provider_name=login.provider.name,
        subject=login.account.uid,
        email=_address(said.get("email")),
        is_verified=_verified(said.get("email_verified")),
        name=name.strip()[:150] if isinstance(name, str) else "",
        domains=tuple(terms["domains"]),
        proves_addresses=terms["proves_addresses"],
    )


def _require_asked_anew(login: SocialLogin) -> None:
    """Where the provider says when, it was minutes ago. It need not say: Entra ID does so only when told to."""
    at = login.claims.get("auth_time")
    if (
        isinstance(at, int | float)
        and time.time() - at > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + CLOCKS_DIFFER
    ):
        raise NotLetIn(f"{login.provider.name} did not ask you to sign in once more.")


def _address(said: object) -> str:
    if not isinstance(said, str):
        return ""
    try:
        validate_email(said.strip())
    except ValidationError:
        return ""
    return said.strip().lower()


def _verified(said: object) -> bool | None:
    """Yes only where the provider says true, as a boolean or a word; None where it says nothing."""
    return None if said is None else said in (True, "true")
