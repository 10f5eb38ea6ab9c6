"""Everybody's own place leads only where they may go."""

from __future__ import annotations

import re

import pytest

from tests.security.access_world import World

pytestmark = pytest.mark.django_db


def test_every_link_of_ones_own_place_answers_whatever_the_role():
    world = World()
    for letter in "MASLORCDE":
        client = world.client(world.person(letter))
        main = client.get("/me/").content.decode().split("<main", 1)[1].split("</main>", 1)[0]
        links = re.findall(r'<a [^>]*href="([^"]+)"', main)
        assert len(links) >= 3
        assert {link: client.get(link, follow=True).status_code for link in links} == dict.fromkeys(
            links, 200
        ), letter
