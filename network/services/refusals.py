"""Why a step was not taken, in words for whoever tried it."""

from __future__ import annotations

from ..choices import NOT_AVAILABLE


class Refused(ValueError):
    """Not done. What was typed is kept by the page."""


class NotAvailable(Refused):
    """Somebody cannot be asked or written to now. The words are the same whatever the reason."""

    def __init__(self) -> None:
        super().__init__(f"{NOT_AVAILABLE}.")


class NotPossible(Refused):
    """The step is not open any more."""


class TooMuch(Refused):
    """A limit is reached."""


DECIDED = "This has been decided already. Look at how it stands now."
GONE = "The passage does not stand in the entry any more."
