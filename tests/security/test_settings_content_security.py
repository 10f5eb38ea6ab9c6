"""Public pages run no inline code; the CMS has a policy of its own, and only the CMS."""

from __future__ import annotations

import pytest
from django.test import Client
from website.accounts.models import User
from website.accounts.services.demo import ensure_demo_logins

HEADER = "Content-Security-Policy"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/accounts/password/reset/", "/healthz", "/no-such-page/"]
)
def test_public_pages_allow_no_inline_code(client: Client, path: str) -> None:
    policy = client.get(path)[HEADER]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    for directive in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"):
        assert directive in policy


@pytest.mark.django_db
def test_the_cms_has_its_own_sources(client: Client) -> None:
    ensure_demo_logins()
    client.force_login(User.objects.get(email="edda.editor@demo.example"))
    answer = client.get("/cms/")
    assert answer.status_code == 200
    assert "script-src 'self' 'unsafe-inline';" in answer[HEADER] + ";"
    assert "style-src 'self' 'unsafe-inline';" in answer[HEADER] + ";"
    assert "nonce-" not in answer[HEADER]
    assert "object-src 'none'" in answer[HEADER]


@pytest.mark.django_db
def test_a_page_that_only_looks_like_the_cms_is_public(client: Client) -> None:
    assert "unsafe" not in client.get("/cms-guide/")[HEADER]


@pytest.mark.django_db
def test_the_login_page_has_no_inline_code_to_begin_with(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page
