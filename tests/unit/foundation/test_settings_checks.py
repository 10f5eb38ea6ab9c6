"""Each broken convention is an error with an id before the site starts."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings
from website.health import settings_checks


def _ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def test_the_settings_keep_every_convention() -> None:
    assert settings_checks.sqlite_takes_the_write_lock_first() == []
    assert settings_checks.public_pages_run_no_inline_code() == []
    assert settings_checks.middleware_stands_in_order() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a rule about SQLite")
def test_deferred_transactions_on_sqlite_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    assert _ids(settings_checks.sqlite_takes_the_write_lock_first()) == ["website.E001"]


def test_inline_code_on_public_pages_is_refused(settings: Settings) -> None:
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["script-src"].append("'unsafe-inline'")
    settings.CONTENT_SECURITY_POLICY = policy
    assert _ids(settings_checks.public_pages_run_no_inline_code()) == ["website.E002"]


@pytest.mark.parametrize(
    "name", [settings_checks.CMS_POLICY, settings_checks.SECOND_FACTOR, settings_checks.CMS_DOOR]
)
def test_middleware_out_of_order_is_refused(settings: Settings, name: str) -> None:
    others = [entry for entry in settings.MIDDLEWARE if entry != name]
    settings.MIDDLEWARE = [name, *others]
    assert _ids(settings_checks.middleware_stands_in_order()) == ["website.E003"]
    settings.MIDDLEWARE = others
    assert _ids(settings_checks.middleware_stands_in_order()) == ["website.E003"]


def test_a_deployment_without_second_factor_is_refused(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert _ids(settings_checks.roles_that_change_things_prove_themselves_twice()) == ["website.E004"]
    settings.REQUIRE_SECOND_FACTOR = True
    assert settings_checks.roles_that_change_things_prove_themselves_twice() == []


def test_the_user_model_is_ours() -> None:
    assert settings.AUTH_USER_MODEL == "accounts.User"
