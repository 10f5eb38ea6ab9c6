"""Takes values out of one mapping of a content file, and collects what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from ..partial_dates import validate_partial_date
from .located import Located, Refusal


class Reader:
    """Reads a mapping key by key; every problem becomes a refusal with its line."""

    def __init__(self, source: Any, refusals: list[Refusal], *, file: str = "", what: str = "entry") -> None:
        self.refusals = refusals
        self.seen: set[str] = set()
        if not isinstance(source, Located):
            refusals.append(Refusal(file, 1, f"A mapping was expected for this {what}."))
            source = Located(file, 1)
        self.source = source

    def refuse(self, key: str, reason: str) -> None:
        """Note why the value of a key cannot be taken."""
        self.refusals.append(Refusal(self.source.file, self.source.line_of(key), reason))

    def value(self, key: str) -> Any:
        """The raw value, None where it is absent."""
        self.seen.add(key)
        return self.source.values.get(key)

    def text(self, key: str, *, required: bool = False, longest: int | None = None) -> str:
        """Text, with surrounding blanks removed; numbers are taken as they are written."""
        value = self.value(key)
        if value is None or value == "":
            if required:
                self.refuse(key, f"“{key}” is missing.")
            return ""
        if isinstance(value, (Located, list, bool)):
            self.refuse(key, f"“{key}” should be text.")
            return ""
        words = " ".join(str(value).split())
        if longest and len(words) > longest:
            self.refuse(key, f"“{key}” has {len(words)} characters; {longest} fit.")
        return words

    def choice(self, key: str, allowed: Iterable[str], *, required: bool = False, default: str = "") -> str:
        """One of a closed list; anything else is refused."""
        value = self.text(key, required=required)
        if not value:
            return default
        allowed = list(allowed)
        if value not in allowed:
            self.refuse(key, f"“{value}” is not a known {key}; known are {', '.join(allowed)}.")
            return default
        return value

    def flag(self, key: str) -> bool | None:
        """Yes, no, or None where it is not reported."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key, f"“{key}” should be true or false, or left out where it is not reported.")
        return None

    def number(self, key: str, *, whole: bool = True) -> Any:
        """A number from nought up, or None where it is not reported."""
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or value < 0:
            self.refuse(
                key, f"“{key}” should be a {'whole ' if whole else ''}number from 0 up, not “{value}”."
            )
            return None
        return value

    def partial_date(self, key: str) -> str:
        """A date as exact as its source."""
        value = self.text(key)
        if value:
            try:
                validate_partial_date(value)
            except ValidationError as error:
                self.refuse(key, f"“{value}”: {error.messages[0]}")
                return ""
        return value

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list) or any(isinstance(item, (Located, list)) for item in value):
            self.refuse(key, f"“{key}” should be a list of texts.")
            return []
        return [" ".join(str(item).split()) for item in value]

    def mappings(self, key: str) -> list[Reader]:
        """A list of mappings, each with a reader of its own."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Located) for item in value):
            self.refuse(key, f"“{key}” should be a list of mappings.")
            return []
        return [Reader(item, self.refusals, what=key) for item in value]

    def mapping(self, key: str) -> Reader | None:
        """A mapping inside this one, or None."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, Located):
            self.refuse(key, f"“{key}” should be a mapping.")
            return None
        return Reader(value, self.refusals, what=key)

    def known(self, key: str, table: Mapping[str, Any], *, required: bool = False, name: str = "") -> Any:
        """What a name stands for in a table; an unknown name is refused, never dropped."""
        value = self.text(key, required=required)
        if not value:
            return None
        if value not in table:
            self.refuse(key, f"“{value}” is not a known {name or key}.")
            return None
        return table[value]

    def all_known(self, key: str, table: Mapping[str, Any], *, name: str = "") -> list[Any]:
        """What each name of a list stands for, without repeats."""
        found = []
        for value in self.texts(key):
            if value not in table:
                self.refuse(key, f"“{value}” is not a known {name or key}.")
            elif table[value] not in found:
                found.append(table[value])
        return found

    def close(self) -> None:
        """Refuse keys that nobody read: a slip of the pen must not vanish."""
        for key in self.source.values:
            if key not in self.seen:
                self.refuse(key, f"“{key}” is not a key that can stand here.")
