"""Yes, no or not reported."""

from __future__ import annotations

from typing import Any

from django import forms


class FactSelect(forms.NullBooleanSelect):
    """A missing fact is "not reported", as everywhere in the library, not "unknown"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", "Not reported"), ("true", "Yes"), ("false", "No")]
