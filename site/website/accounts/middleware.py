"""allauth offers a second factor but cannot require one: this leads to it those whose role needs it."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import permissions

OPEN_PATHS = ("/accounts/", "/static/", "/media/", "/healthz", "/readyz")


class SecondFactorMiddleware:
    """Keeps a role that needs a second factor away from every page until it has one.

    Signing in asks for the factor itself once there is one; recovery codes alone do not count. On by
    REQUIRE_SECOND_FACTOR, which production sets unless told otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the page that sets a second factor up."""
        if settings.REQUIRE_SECOND_FACTOR and not request.path.startswith(OPEN_PATHS):
            user = request.user
            if permissions.needs_second_factor(user) and not is_mfa_enabled(user):
                messages.warning(request, "Your role needs a second factor. Set one up to go on.")
                return redirect(reverse("mfa_index"))
        return self.get_response(request)
