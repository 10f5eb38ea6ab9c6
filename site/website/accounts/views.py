"""One login for the site and the CMS: the places where Wagtail would show its own lead here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class RedirectKeepingMethod(HttpResponseRedirect):
    """A POST stays a POST, with its form, so that the CMS's sign-out button signs out at once."""

    status_code = 307


def _login_then(request: HttpRequest, fallback: str) -> HttpResponse:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    query = urlencode({"next": wanted if safe else fallback})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def cms_login(request: HttpRequest) -> HttpResponse:
    """Sign in and go to the CMS."""
    return _login_then(request, reverse("wagtailadmin_home"))


def page_login(request: HttpRequest) -> HttpResponse:
    """Sign in and go back to the page that Wagtail keeps private."""
    return _login_then(request, "/")


def cms_logout(request: HttpRequest) -> HttpResponse:
    """Sign out as everywhere else."""
    return RedirectKeepingMethod(reverse("account_logout"))


def cms_password_reset(request: HttpRequest) -> HttpResponse:
    """Passwords are reset in one place."""
    return HttpResponseRedirect(reverse("account_reset_password"))
