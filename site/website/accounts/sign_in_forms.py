"""allauth's forms to sign in and for a forgotten password, asking the database the same for known and unknown addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm

from .models import User
from .services.addresses import vouch_for_address


def plain_address(field: Any) -> None:
    """As the rest of the site says it, and with nothing standing in the field that looks like an answer."""
    field.label = "E-mail address at work"
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """From the address straight to the password: allauth puts a link between them, which the page has below."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        plain_address(self.fields["login"])


class ForgottenPasswordForm(ResetPasswordForm):
    """One question to the database; allauth asks one or two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_address(self.fields["email"])

    def clean_email(self) -> str:
        """Find whose address it is; nobody is an answer too, and gets a letter that says so."""
        email: str = self.cleaned_data["email"].lower()
        self.users = list(User.objects.filter(email=email, is_active=True))
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    """The link came by e-mail, so whoever sets the password has the address."""

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        vouch_for_address(user=self.user)
