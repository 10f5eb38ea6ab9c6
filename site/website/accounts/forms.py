"""The CMS's forms for people: one name and one e-mail address, as our user model has them."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from .models import User
from .services.sessions import end_sessions


class NameAndEmail(forms.ModelForm):
    """What both forms share: Wagtail's own ask for first and last names, which we do not keep."""

    name = forms.CharField(label="Name", max_length=150, help_text="As colleagues know them.")
    first_name = None
    last_name = None

    def clean_email(self) -> str:
        """One spelling of each address: capitals would make a second account of the same person."""
        email: str = self.cleaned_data["email"].lower()
        others = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        if others.exists():
            raise forms.ValidationError("A user with this e-mail address already exists.")
        return email


class NewUserForm(NameAndEmail, UserCreationForm):
    """Opens an account. The person confirms the address at the first sign-in."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields: ClassVar[list[str]] = ["email", "name", "is_superuser", "groups"]


class ChangeUserForm(NameAndEmail, UserEditForm):
    """Changes an account, or closes it by making it inactive."""

    class Meta(UserEditForm.Meta):
        model = User
        fields: ClassVar[list[str]] = ["email", "name", "is_active", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> User:
        """Whoever is shut out is signed out as well, and stays so when let in again."""
        user: User = super().save(commit)
        if not user.is_active:
            end_sessions(person=user)
        return user
