"""Leaving for the single sign-on of an organisation, and coming back."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from .openid import Exchange
from .openid_adapter import explained


@never_cache
@require_GET
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider. Raises: Http404 where none of this name is configured."""
    too_often: HttpResponse | None = ratelimit.consume_or_429(
        request, action="single_sign_on", limit_get=True
    )
    return too_often or _answer(request, provider_id, OAuth2LoginView)


@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come in, or be told why not."""
    return _answer(request, provider_id, OAuth2CallbackView)


def _answer(request: HttpRequest, provider_id: str, view: Any) -> HttpResponse:
    """allauth's view; what the provider does wrong before allauth looks for it is explained as well."""
    named = [app for app in get_adapter().list_apps(request) if app.provider_id == provider_id]
    if not named:
        raise Http404
    try:
        return view.adapter_view(Exchange(request, provider_id))(request)
    except (RequestException, OAuth2Error) as error:
        return explained(request, named[0].get_provider(request), exception=error)
