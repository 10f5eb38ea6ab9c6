"""Lists of words as editors type them: one a line, never raw JSON."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models


class LinesField(forms.CharField):
    """A list of words or phrases in a text box, one a line. Repeats and empty lines are dropped."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        if "line" not in str(self.help_text).casefold():
            self.help_text = f"{self.help_text} One a line.".strip()

    def prepare_value(self, value: Any) -> Any:
        """A stored list as lines; what was typed stays as it was."""
        return "\n".join(str(word) for word in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines, in the order they were typed."""
        if isinstance(value, list | tuple):
            value = "\n".join(value)
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant, not how it is laid out."""
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class ListOfLines(models.JSONField):
    """A JSON list of words whose form field is `LinesField`. The same column as a JSONField: no migration."""

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("widget", None)
        return models.Field.formfield(self, form_class=LinesField, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
