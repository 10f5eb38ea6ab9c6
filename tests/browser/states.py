"""Every address of the site by its URL name, in each state that a person can meet: normal, empty, error and long.

A state that cannot occur is named with its reason. `test_states.py` fails where a name is missing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

KINDS = ("normal", "empty", "error", "long")
HTML, JSON, XML, TEXT, FILE, PICTURE, REDIRECT = "html", "json", "xml", "text", "file", "picture", "redirect"

#: Who looks. Each but the visitor signs in as in `standing.py`.
VISITOR, EDITOR, MEMBER, CAREFUL, HALFWAY, NEWCOMER, ADMINISTRATOR, MODERATOR, COORDINATOR = (
    "visitor", "editor", "member", "careful", "halfway", "newcomer", "administrator", "moderator", "coordinator",
)  # fmt: skip
#: What stands on the shelves, see `library.py`.
STOCKED, BARE = "stocked", "bare"


@dataclass(frozen=True)
class State:
    """One way in which an address is met. `kind` is the first word of its name."""

    name: str
    at: Mapping[str, Any] | tuple[str, ...] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    query: str | Callable[[], str] = ""
    status: int = 200
    answers: str = HTML
    library: str = STOCKED
    reader: str = VISITOR
    #: A form that is filled in and sent from the page; what comes back is the state.
    sends: Mapping[str, str] = field(default_factory=dict)
    #: Search without its index.
    engine_down: bool = False

    @property
    def kind(self) -> str:
        """Normal, empty, error or long."""
        return self.name.split()[0].rstrip(",:")

    def path(self, url_name: str) -> str:
        """The address, now that the library stands."""
        at = self.at() if callable(self.at) else self.at
        query = self.query() if callable(self.query) else self.query
        if isinstance(at, tuple):
            return reverse(url_name, args=at) + query
        return reverse(url_name, kwargs=dict(at)) + query


@dataclass(frozen=True)
class Screen:
    """An address in its states. `lacks` says why a state cannot occur."""

    url_name: str
    states: tuple[State, ...]
    lacks: Mapping[str, str] = field(default_factory=dict)


def screen(url_name: str, *states: State, **lacks: str) -> Screen:
    """An address with its states, and the reason for each that it lacks."""
    return Screen(url_name, states, lacks)


ALIKE = "It says the same whatever the library holds."
NO_INPUT = "It takes nothing that could be wrong."
ONE_LENGTH = "Its length does not depend on content."


def every_screen() -> tuple[Screen, ...]:
    """All of them, from the files by part of the site."""
    from tests.browser import states_accounts, states_api, states_exchange, states_library, states_people

    parts = (states_library, states_accounts, states_people, states_exchange, states_api)
    return tuple(screen for part in parts for screen in part.SCREENS)


#: Names of addresses that are not looked at here, each with its reason. A name with a colon at its end is a namespace.
NOT_OURS = {
    "wagtailadmin_": "Wagtail's own admin; what we add to it is followed in test_editor_journey.py",
    "wagtailcore_login": "the same address as sign-in; answered before Wagtail's by a redirect, see test_login.py",
    "wagtailcore_authenticate_with_password": "nothing leads there: what is kept by password is not found at all",
}
