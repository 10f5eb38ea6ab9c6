"""Doors that the libraries leave open: a second factor by role, the CMS to people without a role there, lists of drafts to
reviewers, and what asks for the password again to those who have none."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import permissions
from .openid import AGAIN
from .services.sessions import must_sign_in_again

CMS = "/cms/"
#: What Wagtail opens to whoever comes in, drafts among it: lists to choose from, files, the last step of a move.
FOR_EDITORS = re.compile(
    r"^/cms/(?:(?:.*/)?(?:choose|choose-\w+|\w*chooser|tag-autocomplete)|api/main/(?:images|documents)|pages/\d+/move)/"
)
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
PROVED_ANEW = (
    "/accounts/2fa/",
    "/accounts/email/",
    "/accounts/password/set/",
    "/me/data/my-data",
    "/me/data/erase/",
)
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
            if permissions.needs_second_factor(user) and not is_mfa_enabled(user, SECOND_FACTORS):
                messages.warning(request, "Your role needs a second factor. Set one up to go on.")
                return redirect(reverse("mfa_index"))
        return self.get_response(request)


class FreshSignOnMiddleware:
    """Sends whoever can only sign in by their organisation there again before they change or take away what is theirs.

    allauth asks for the password or second step again, and nothing of those who have neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the single sign-on and back."""
        if request.path.startswith(PROVED_ANEW) and (there := must_sign_in_again(request)):
            query = urlencode({AGAIN: "yes", REDIRECT_FIELD_NAME: request.get_full_path()})
            return redirect(f"{reverse('openid_connect_login', args=[there])}?{query}")
        return self.get_response(request)


class CmsDoorMiddleware:
    """Tells signed-in people without a role in the CMS that nothing is there; of lists of drafts also whoever edits nothing.

    Wagtail sends them to the login, which sends whoever is signed in back: a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say 404. Raises: Http404."""
        inside = request.path.startswith(CMS) and request.path != f"{CMS}logout/"
        if inside and request.user.is_authenticated:
            for_editors = FOR_EDITORS.match(request.path)
            may = permissions.edits_in_cms if for_editors else permissions.works_in_cms
            if not may(request.user):
                raise Http404
        return self.get_response(request)
