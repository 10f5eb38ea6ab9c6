"""Wagtail's users app, told to use our viewset. In a module of its own: INSTALLED_APPS names this class."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's "Users" with one name a person."""

    user_viewset = "website.accounts.viewsets.UserViewSet"
