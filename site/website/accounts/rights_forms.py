"""What an editor fills in to run somebody's data or erasure for them."""

from __future__ import annotations

from typing import Any

from django import forms

from .services.rights_for_others import HowAsked


class RunForOtherForm(forms.Form):
    """What, how it was asked for, and the name once more: an erasure is not one click away from a list."""

    act = forms.ChoiceField(
        label="What they asked for",
        widget=forms.RadioSelect,
        choices=[
            ("data", "Their data: a letter to their address leads to it"),
            ("erase", "To be erased, at once and for good"),
        ],
    )
    asked = forms.ChoiceField(label="How they asked", widget=forms.RadioSelect, choices=HowAsked.choices)
    typed = forms.CharField(label="Type their name as it stands above", max_length=150)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed(self) -> str:
        """The same name, whatever the case."""
        typed: str = self.cleaned_data["typed"].strip()
        if typed.casefold() != self.name.strip().casefold():
            raise forms.ValidationError("This is not the name that stands above.")
        return typed
