"""The states of pages about people: one's own place, and the members of an organisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from website.accounts.models import Membership

from network.models import HelpRequest, Profile
from tests.browser.people import LONG_NAME
from tests.browser.states import (
    ADMINISTRATOR,
    BARE,
    CAREFUL,
    EDITOR,
    MEMBER,
    NEWCOMER,
    ONE_LENGTH,
    PICTURE,
    REDIRECT,
    Screen,
    State,
    screen,
)

WIGAN = {"slug": "wigan"}


def _member(name: str, place: str = "wigan") -> Callable[[], Mapping[str, Any]]:
    """The page of somebody by the beginning of their name."""

    def found() -> Mapping[str, Any]:
        ours = Membership.objects.exclude(person__name__endswith="(made up)")
        membership = ours.get(person__name__startswith=name, organisation__slug=place)
        return {"slug": place, "uid": membership.pk}

    return found


GROUP_SUPERVISION = {"slug": "group-supervision"}


def _person(name: str) -> Callable[[], Mapping[str, Any]]:
    """The profile of somebody by the beginning of their name."""
    return lambda: {"uid": Profile.objects.get(name__startswith=name).pk}


def _open_request() -> Mapping[str, Any]:
    mine = HelpRequest.objects.filter(asker__email="member@example.org", state="open")
    return {"uid": mine.order_by("written_at")[0].pk}


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
    screen(
        "run_for_member",
        State("normal", _member("Mel"), reader=EDITOR),
        State("error: another name", _member("Mel"), reader=EDITOR, sends={"typed": "Somebody Else"}),
        State("error: not for an administrator", _member("Mel"), reader=ADMINISTRATOR, status=404),
        State("long", _member(LONG_NAME), reader=EDITOR),
        empty="There is always somebody.",
    ),
    screen(
        "skill_list",
        State("normal", reader=MEMBER),
        State("error: not for who works nowhere", reader=MEMBER, library=BARE, status=404),
        empty="The register comes with the site.",
        long=ONE_LENGTH,
    ),
    screen(
        "skill",
        State("normal", {"slug": "co-design-with-young-people"}, reader=MEMBER),
        State("empty: nobody has it", {"slug": "social-pedagogy"}, reader=MEMBER),
        State("error: no such skill", {"slug": "juggling"}, reader=MEMBER, status=404),
        State("long: many people", GROUP_SUPERVISION, reader=MEMBER),
    ),
    screen(
        "exchange_people",
        State("normal", _open_request, reader=MEMBER),
        State("error: not one's own", _open_request, reader=ADMINISTRATOR, status=404),
        empty="A request that nobody fits says so in one line.",
        long="The same cards as people search, ten at most.",
    ),
    screen(
        "people_search",
        State("normal", reader=MEMBER),
        State("normal, words and filters", reader=MEMBER, query="?q=family+time&help=call&region=north-west"),
        State("normal, with the engine down", reader=MEMBER, query="?q=supervision", engine_down=True),
        State("empty: nobody", reader=MEMBER, query="?q=zeppelin"),
        State("error: an address", reader=MEMBER, query="?q=jo%40wigan.gov.uk", status=400),
        State("error: not for who works nowhere", reader=MEMBER, library=BARE, status=404),
        State("long: many people", reader=MEMBER, query="?skill=group-supervision"),
    ),
    screen(
        "person",
        State("normal", _person("Ada"), reader=MEMBER),
        State("normal, from elsewhere", _person("Ada"), reader=EDITOR),
        State("normal, with a claim to confirm", _person("Cora"), reader=MEMBER),
        State("empty: a name and no more", _person("Colleague 0"), reader=MEMBER),
        State("error: hidden", _person("Hidden"), reader=MEMBER, status=404),
        State("long", _person(LONG_NAME), reader=MEMBER),
    ),
    screen(
        "my_profile",
        State("normal", reader=MEMBER),
        State("normal, as my manager sees it", reader=MEMBER, query="?as=manager"),
        State("normal, as a member elsewhere sees it", reader=MEMBER, query="?as=elsewhere"),
        State("normal, as a visitor sees it", reader=MEMBER, query="?as=visitor"),
        State("normal, not listed, long ago confirmed", reader=ADMINISTRATOR),
        State("empty: none yet", reader=EDITOR),
        State("error: nobody's view", reader=MEMBER, query="?as=nobody"),
        long="The page of a person is looked at long; this one has the same rows.",
    ),
    screen(
        "my_profile_edit",
        State("normal", reader=MEMBER),
        State("empty: none yet", reader=EDITOR),
        State("error: no name", reader=MEMBER, sends={"name": "", "role": ""}),
        long=ONE_LENGTH,
    ),
    screen(
        "my_photo",
        State("normal", reader=MEMBER),
        State("empty: none yet", reader=ADMINISTRATOR),
        State("error: nothing chosen", reader=ADMINISTRATOR, sends={"act": "save"}),
        long=ONE_LENGTH,
    ),
    screen(
        "person_photo",
        State("normal", _person("Mel"), reader=MEMBER, answers=PICTURE),
        State("error: not for the reader", _person("Ada"), reader=MEMBER, status=404),
        empty="Without a photo there is no page.",
        long=ONE_LENGTH,
    ),
    screen(
        "my_skills",
        State("normal", reader=MEMBER),
        State("empty: none yet", reader=ADMINISTRATOR),
        State("error: a year to come", reader=MEMBER, sends={"last_used": "2999", "course": ""}),
        long="One line a skill of one person.",
    ),
    screen(
        "my_blockages",
        State("normal", reader=MEMBER),
        State("empty: none yet", reader=ADMINISTRATOR),
        State("error: nothing told", reader=MEMBER, sends={"how": ""}),
        long="One line a blockage of one person.",
    ),
    screen(
        "my_availability",
        State("normal", reader=MEMBER),
        State("empty: nothing offered", reader=ADMINISTRATOR),
        State("error: no number", reader=MEMBER, sends={"capacity": "0"}),
        long=ONE_LENGTH,
    ),
)
