"""Sign-in of the whole site. Stands before Wagtail's own addresses, so that these win.

allauth's rooms one by one: its pages for accounts elsewhere open and connect accounts by rules that are not ours.
"""

from __future__ import annotations

from django.urls import include, path

from . import member_views, openid_views, rights_views, session_views, sign_up_views, views

urlpatterns = [
    path("accounts/signup/", sign_up_views.sign_up, name="account_signup"),
    path("accounts/signup/open/", sign_up_views.open_account, name="account_open"),
    path("accounts/sessions/", session_views.my_sessions, name="usersessions_list"),
    path("accounts/oidc/<slug:provider_id>/login/", openid_views.leave, name="openid_connect_login"),
    path(
        "accounts/oidc/<slug:provider_id>/login/callback/",
        openid_views.come_back,
        name="openid_connect_callback",
    ),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("cms/login/", views.cms_login),
    path("cms/logout/", views.cms_logout),
    path("cms/password_reset/", views.cms_password_reset),
    path("_util/login/", views.page_login),
    path("me/", member_views.me, name="me"),
    path("me/data/", rights_views.my_data, name="my_data"),
    path("me/data/my-data.json", rights_views.my_data_json, name="my_data_json"),
    path("me/data/my-data.zip", rights_views.my_data_archive, name="my_data_archive"),
    path("me/data/erase/", rights_views.erase_me, name="erase_me"),
    path("me/data/by-letter/", rights_views.data_handed_over, name="data_handed_over"),
    path(
        "organisations/<slug:slug>/members/<uuid:uid>/data/",
        rights_views.run_for_member,
        name="run_for_member",
    ),
    path(
        "organisations/<slug:slug>/members/", member_views.organisation_members, name="organisation_members"
    ),
    path(
        "organisations/<slug:slug>/members/<uuid:uid>/",
        member_views.organisation_member,
        name="organisation_member",
    ),
]
