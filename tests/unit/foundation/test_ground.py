"""Transactional tests empty every table; each of them must find again what the migrations made."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Collection, Locale, Page, Site


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after another emptied the tables"])
def test_transactional_tests_find_what_migrations_made(turn: str) -> None:
    assert Locale.objects.filter(language_code="en-gb").exists()
    assert Page.get_first_root_node() is not None
    assert Collection.get_first_root_node() is not None
    assert Site.objects.filter(is_default_site=True).exists()
    assert Permission.objects.filter(codename="access_admin").exists()


@pytest.mark.django_db
def test_ordinary_tests_find_it_too() -> None:
    assert Page.get_first_root_node() is not None
    assert Site.objects.filter(is_default_site=True).exists()
