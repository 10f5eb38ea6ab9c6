"""Sign-in of the whole site. Stands before Wagtail's own addresses, so that these win."""

from __future__ import annotations

from django.urls import include, path

from . import views

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("cms/login/", views.cms_login),
    path("cms/logout/", views.cms_logout),
    path("cms/password_reset/", views.cms_password_reset),
    path("_util/login/", views.page_login),
]
