"""What somebody says who reports something."""

from __future__ import annotations

from django import forms

from ..choices import ReportClass
from .profile import CAREFUL


class ReportForm(forms.Form):
    """The class decides who looks first and whether it is hidden at once."""

    kind = forms.TypedChoiceField(
        label="What is wrong with it?",
        coerce=ReportClass,
        choices=ReportClass.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Anything the moderator should know",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=CAREFUL,
    )
