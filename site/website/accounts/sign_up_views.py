"""Asking for an account, and opening it by the link that came by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import complete_signup
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .services import sign_up as accounts
from .sign_up_forms import AddressForm, OpenAccountForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for the address at work. What comes back is the same for every address."""
    if request.user.is_authenticated:
        return redirect("me")
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/signup.html", {"form": form})
    too_often = ratelimit.consume_or_429(request, action="signup")
    if too_often is not None:
        return too_often
    email = form.cleaned_data["email"]
    if ratelimit.consume(request, action="confirm_email", key=email):
        accounts.answer_sign_up(email=email)
    return redirect("account_email_verification_sent")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """Name and password, for whoever comes by the link."""
    data: Any = request.POST or None
    key = request.POST.get("key") or request.GET.get("key", "")
    try:
        form = OpenAccountForm(data, email=accounts.address_of(key))
        if form.is_valid():
            person = accounts.open_account(
                key=key, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
            return complete_signup(request, person, None, reverse("me"))
    except accounts.LinkWornOut:
        return render(request, "website/accounts/link_worn_out.html", status=410)
    return render(request, "website/accounts/open_account.html", {"form": form, "key": key})
