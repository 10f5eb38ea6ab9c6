"""The form of one's own profile: each row with who sees it beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from ..audience import FIELDS
from ..choices import Audience
from ..models import Profile
from ..own_profile import SWITCHES

#: Rows that are written here; skills, blockages and availability have pages of their own, organisation and region
#: come with the place of work.
WRITTEN = ("name", "role", "about", "learning", "languages", "working_pattern", "registration")
#: Asked before anything is shown: they have no default.
ASKED_FIRST = ("blockages", "availability")
LABELS = {
    "name": "your name",
    "role": "your job title",
    "organisation": "your organisation",
    "region": "your region",
    "about": "about you",
    "skills": "your skills",
    "blockages": "blockages you got round",
    "availability": "what you offer and when",
    "learning": "what you would like to learn",
    "languages": "your languages",
    "working_pattern": "your working pattern",
    "registration": "your register",
    "photo": "your photo",
}
CAREFUL = "No details of a child or a family, please."


class ProfileForm(forms.ModelForm):
    """Saving it also confirms that all is true."""

    class Meta:
        model = Profile
        fields: ClassVar[list[str]] = [
            *WRITTEN,
            *(f"audience_{field}" for field in FIELDS),
            *SWITCHES,
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "learning": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "name": "As colleagues call you.",
            "role": "In your own words: team manager, family support worker.",
            "about": f"What you work on. {CAREFUL}",
            "learning": CAREFUL,
            "registration": "Which register you are on. Never your number. Nobody here has checked it.",
            "listed": "Without it nobody but you sees your profile.",
            "borrowable": "Said beside what you offer, to whoever sees that.",
            "introductions": "Said beside what you offer, to whoever sees that.",
            "named_on_case_studies": "To members who see your name and your skills. Visitors never see it.",
            "safety_flag": "For people who must not be found by name. Everything else is hidden from everybody.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            choice = self.fields[f"audience_{field}"]
            choice.label = f"Who sees {LABELS[field]}"
            if field in ASKED_FIRST and self.instance._state.adding:
                choice.choices = [("", "Choose"), *Audience.choices]  # type: ignore[attr-defined]
                self.initial[f"audience_{field}"] = ""

    def rows(self) -> Iterator[tuple[BoundField | None, BoundField]]:
        """Each row with the choice of who sees it; the first is None where the row is written elsewhere."""
        for field in FIELDS:
            yield (self[field] if field in WRITTEN else None), self[f"audience_{field}"]

    def switches(self) -> list[BoundField]:
        """What is said yes or no to, each by itself."""
        return [self[name] for name in SWITCHES]
