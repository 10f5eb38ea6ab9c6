"""Editors keep the register of skills: they add, end and explain terms, and cannot delete what somebody claims."""

from __future__ import annotations

import pytest
from website.accounts.models import User

from network.choices import SkillLevel
from network.models import Skill
from network.services.claims import claim_skill
from tests.factories.people import an_editor, profile
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_an_editor_ends_a_term(skill: Skill):
    client = browser_of(an_editor())
    address = f"/cms/snippets/network/skill/edit/{skill.pk}/"
    assert client.get(address).status_code == 200
    client.post(
        address,
        {
            "name": skill.name,
            "slug": skill.slug,
            "group": skill.group_id,
            "position": 0,
            "valid_from": "2020-01-01",
            "valid_to": "2021-01-01",
        },
    )
    skill.refresh_from_db()
    assert not skill.is_in_force


def test_a_claimed_term_is_not_deleted(skill: Skill, holder: User):
    client = browser_of(an_editor())
    address = f"/cms/snippets/network/skill/delete/{skill.pk}/"
    profile(holder)
    claim_skill(person=holder, skill=skill, level=SkillLevel.LED)
    client.post(address)
    assert Skill.objects.filter(pk=skill.pk).exists()
    skill.claims.all().delete()
    client.post(address)
    assert not Skill.objects.filter(pk=skill.pk).exists(), "the control: a term nobody claims goes"


def test_no_page_of_the_cms_lists_people(holder: User):
    client = browser_of(an_editor())
    for name in ("profile", "skillclaim", "blockagegotround", "availability"):
        assert client.get(f"/cms/snippets/network/{name}/").status_code == 404
