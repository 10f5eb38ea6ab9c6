"""Whether a study is of the same people as others: not reported, of none, or of these."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NOT_REPORTED, NONE, CHOSEN = "not-reported", "none", "chosen"


class SameSampleWidget(forms.MultiWidget):
    """Three answers, and the list of studies for the third."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        answers = forms.RadioSelect(
            choices=[
                (NOT_REPORTED, "Not reported"),
                (NONE, "Of nobody in another study here"),
                (CHOSEN, "The same people as in the studies marked below"),
            ]
        )
        super().__init__({"answer": answers, "studies": forms.SelectMultiple(attrs={"size": 8})}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """None is not reported, an empty list is nobody: the evidence standard tells them apart."""
        if value is None:
            return [NOT_REPORTED, []]
        return [CHOSEN, list(value)] if value else [NONE, []]


class _Studies(forms.MultipleChoiceField):
    """Keys of studies, read when the form is shown."""

    def valid_value(self, value: Any) -> bool:
        return any(value == key for key, _title in list(self.choices))  # type: ignore[arg-type]


class SameSampleField(forms.MultiValueField):
    """None (not reported), an empty list (of nobody) or the keys of studies."""

    widget = SameSampleWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs["required"] = False
        answer = forms.ChoiceField(choices=[(NOT_REPORTED, ""), (NONE, ""), (CHOSEN, "")], required=False)
        studies = _Studies(
            choices=[],
            required=False,
            error_messages={"invalid_choice": "“%(value)s” is not the key of a study."},
        )
        super().__init__(fields=(answer, studies), require_all_fields=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored value as the two parts; what was typed is two parts already."""
        typed = isinstance(value, list) and len(value) == 2 and isinstance(value[1], list | type(None))
        return value if typed else self.widget.decompress(value)  # type: ignore[call-arg]

    def offer(self, studies: list[tuple[str, str]]) -> None:
        """Set the studies to choose from, as key and title."""
        self.fields[1].choices = studies  # type: ignore[attr-defined]
        self.widget.widgets[1].choices = studies  # type: ignore[attr-defined]

    def clean(self, value: Any) -> list[str] | None:
        """What the two parts mean together."""
        answer = self.fields[0].clean(value[0]) if value else NOT_REPORTED
        studies = self.fields[1].clean(value[1]) if value else []
        if answer == CHOSEN and not studies:
            raise ValidationError("Mark at least one study, or say that it is of nobody in another study.")
        if answer != CHOSEN and studies:
            raise ValidationError(
                "You marked studies: say that it is the same people, or take the marks off."
            )
        return {NOT_REPORTED: None, NONE: []}.get(answer or NOT_REPORTED, studies)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Not reported and nobody differ."""
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True
