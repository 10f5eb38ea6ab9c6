"""Brings the review of ratings into the CMS, for those who may."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .. import permissions
from . import rating_views


@hooks.register("register_admin_urls")
def rating_urls() -> list[Any]:
    return [
        path("ratings/", rating_views.review_list, name="rating_review_list"),
        path("ratings/<uuid:uid>/override/", rating_views.OverrideView.as_view(), name="rating_override"),
        path("ratings/<uuid:uid>/lift/", rating_views.LiftView.as_view(), name="rating_lift"),
    ]


class _Ratings(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_review_ratings(request.user)


@hooks.register("register_admin_menu_item")
def rating_menu_item() -> MenuItem:
    return _Ratings("Ratings", reverse("rating_review_list"), icon_name="pick", order=250)
