"""What upper rooms add to an entry's page: related work, people who did it. They register here; nothing here knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Entry


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


#: Gives the panel of an entry for a reader, or None where there is nothing to show. At most two queries.
PanelOf = Callable[["Entry", Any], Panel | None]


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
