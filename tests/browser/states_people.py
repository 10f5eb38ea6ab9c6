"""The states of pages about people: one's own place, and the members of an organisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from website.accounts.models import Membership

from tests.browser.people import LONG_NAME
from tests.browser.states import (
    ADMINISTRATOR,
    BARE,
    CAREFUL,
    EDITOR,
    MEMBER,
    NEWCOMER,
    REDIRECT,
    Screen,
    State,
    screen,
)

WIGAN = {"slug": "wigan"}


def _member(name: str, place: str = "wigan") -> Callable[[], Mapping[str, Any]]:
    """The page of somebody by the beginning of their name."""

    def found() -> Mapping[str, Any]:
        membership = Membership.objects.get(person__name__startswith=name, organisation__slug=place)
        return {"slug": place, "uid": membership.pk}

    return found


SCREENS: tuple[Screen, ...] = (
    screen(
        "me",
        State("normal", reader=MEMBER),
        State("normal, as an administrator", reader=ADMINISTRATOR),
        State("normal, invited and asked", reader=NEWCOMER),
        State("normal, suspended", reader=CAREFUL),
        State("empty: works nowhere", reader=MEMBER, library=BARE),
        State("error: not signed in", status=302, answers=REDIRECT),
        long="It lists the few places and roles of one person.",
    ),
    screen(
        "organisation_members",
        State("normal", WIGAN, reader=ADMINISTRATOR),
        State("empty", {"slug": "kent"}, reader=EDITOR),
        State(
            "error: no address", WIGAN, reader=ADMINISTRATOR, sends={"name": "Sam", "email": "not an address"}
        ),
        State("error: not for members", WIGAN, reader=MEMBER, status=404),
        long="The stocked library lists its longest name here.",
    ),
    screen(
        "organisation_member",
        State("normal", _member("Mel"), reader=ADMINISTRATOR),
        State("normal, with a role to stand in for", _member("Ada"), reader=ADMINISTRATOR),
        State("normal, one's own", _member("Mel"), reader=MEMBER),
        State("normal, of a suspended one", _member("Cleo", "leeds"), reader=EDITOR),
        State("empty: has not answered", _member("Nat"), reader=ADMINISTRATOR),
        State("error: somebody else's", _member("Ada"), reader=MEMBER, status=404),
        State("long", _member(LONG_NAME), reader=ADMINISTRATOR),
    ),
)
