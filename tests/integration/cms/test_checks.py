"""Broken conventions stop the site from starting, each with an id and a hint."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from practice_library import checks, signals, usage


def ids() -> list[str]:
    return [message.id for message in run_checks(tags=["practice_library"])]


def test_nothing_is_broken():
    assert ids() == []


def test_saving_and_telling_must_be_one_transaction(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != checks.TRANSACTION]
    assert ids() == ["practice_library.E001"]


@pytest.mark.parametrize(
    ("module", "name", "check"), [(usage, "SOURCED_ROWS", "E002"), (signals, "TERMS", "E003")]
)
def test_what_is_left_out_of_a_list_is_named(monkeypatch, module, name, check):
    monkeypatch.setattr(module, name, getattr(module, name)[1:])
    (message,) = run_checks(tags=["practice_library"])
    assert message.id == f"practice_library.{check}"
    assert message.hint
