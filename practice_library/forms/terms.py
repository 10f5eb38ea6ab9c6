"""Terms of closed vocabularies, picked from a list by their id.

Taggit's own form field drops unknown terms of a closed vocabulary in silence and splits what is typed at commas and
spaces. Here an unknown term is an error.
"""

from __future__ import annotations

from typing import Any

from django import forms


class TermsField(forms.ModelMultipleChoiceField):
    """Several terms of one closed vocabulary, as a list to tick."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "This term is not in the list. Pick terms from the list; new ones are added under Library.",
        "invalid_pk_value": "This term is not in the list.",
    }

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, required=False, **kwargs)

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]
        """The terms in the order of their list."""
        return list(super().clean(value))
