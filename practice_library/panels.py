"""What upper rooms add to an entry's page: related work, people who did it. They register here; nothing here knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .models import Entry, SystemCondition


@dataclass(frozen=True, slots=True)
class PanelLink:
    """An entry, person or page that a panel leads to, and why it is there."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of an entry's page. Without links it is not shown."""

    heading: str
    links: Sequence[PanelLink]
    introduction: str = ""
    more_url: str = ""
    more_text: str = ""


#: Gives the panel of an entry for a reader, or None where there is nothing to show. At most two queries, for visitors.
PanelOf = Callable[["Entry", Any], Panel | None]


class AboutConditions(Protocol):
    """What an upper room knows of conditions."""

    def notes(self, slugs: Iterable[str], user: Any) -> dict[str, PanelLink]:
        """A note beside each condition that there is one for, by slug. At most three queries, for visitors none."""

    def panel(self, condition: SystemCondition, user: Any) -> Panel | None:
        """A section of the condition's own page."""


class AlreadyRegistered(ValueError):
    """Two rooms want to fill the same panel; one of them would be lost without a word."""


_panels: dict[str, tuple[int, PanelOf]] = {}


def register(name: str, panel_of: PanelOf, *, position: int = 100) -> None:
    """Add a panel to every entry's page; the lowest position comes first. Called once, in `AppConfig.ready`.

    Raises: AlreadyRegistered.
    """
    if name in _panels:
        raise AlreadyRegistered(f"There is a panel called {name} already.")
    _panels[name] = (position, panel_of)


def unregister(name: str) -> None:
    """Take a panel away again, for tests."""
    _panels.pop(name, None)


def panels_of(entry: Entry, user: Any) -> list[Panel]:
    """The panels of an entry that hold something, in order."""
    ordered = sorted(_panels.items(), key=lambda item: (item[1][0], item[0]))
    shown = (panel_of(entry, user) for _, (_, panel_of) in ordered)
    return [panel for panel in shown if panel is not None and panel.links]


_about_conditions: dict[str, AboutConditions] = {}


def register_about_conditions(name: str, knows: AboutConditions) -> None:
    """Let a room add to conditions, on entries and on their own pages. Raises: AlreadyRegistered."""
    if name in _about_conditions:
        raise AlreadyRegistered(f"Something called {name} tells about conditions already.")
    _about_conditions[name] = knows


def notes_on_conditions(slugs: Iterable[str], user: Any) -> dict[str, list[PanelLink]]:
    """The notes of all rooms, by the slug of the condition."""
    wanted = list(slugs)
    found: dict[str, list[PanelLink]] = {}
    for knows in _about_conditions.values() if wanted else ():
        for slug, note in knows.notes(wanted, user).items():
            found.setdefault(slug, []).append(note)
    return found


def panels_of_condition(condition: SystemCondition, user: Any) -> list[Panel]:
    """The sections that rooms add to a condition's page."""
    shown = (knows.panel(condition, user) for knows in _about_conditions.values())
    return [panel for panel in shown if panel is not None and panel.links]
