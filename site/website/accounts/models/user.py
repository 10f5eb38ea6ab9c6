"""The person who signs in. In the first migration, because a user model cannot be swapped later."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address; addresses are compared without regard to case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an ordinary user. Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def of_address(self, email: str, *, name: str) -> User:
        """Whoever has the address, or a new user without a password; the database is asked the same either way."""
        new = self.model(email=email.lower(), name=name)
        new.set_unusable_password()
        self.bulk_create([new], ignore_conflicts=True)
        return self.get(email=new.email)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an administrator of the CMS.

        Whoever can run commands on the server vouches for the address, so it counts as confirmed: allauth
        would otherwise ask for a link by e-mail before mail is even set up.
        """
        from ..services.addresses import vouch_for_address

        user = self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})
        vouch_for_address(user=user)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail, whatever the case it was typed in: addresses are kept in lower case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One person, known by an opaque id and an e-mail address that no page shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("work e-mail address", unique=True, max_length=254)
    name = models.CharField(max_length=150, blank=True)
    is_staff = models.BooleanField("staff", default=False)
    is_active = models.BooleanField("active", default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_whatever_the_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with one spelling of the address, so that typing it in capitals finds the same person."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The name Wagtail shows in the CMS."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The name in greetings."""
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """Wagtail's CMS pages greet by first name."""
        return self.name.split(" ")[0] if self.name else ""

    @property
    def last_name(self) -> str:
        """The rest of the name, for Wagtail's lists."""
        return self.name.partition(" ")[2]
