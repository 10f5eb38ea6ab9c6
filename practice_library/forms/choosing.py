"""Search forms of chooser dialogs."""

from __future__ import annotations

from website.places.forms import WordsFilterForm


class SourceFilterForm(WordsFilterForm):
    """By title, publisher, year or key."""

    words_in = ("title", "publisher", "year", "key")
