"""What somebody says who reports something."""

from __future__ import annotations

from typing import Any

from django import forms
from website.passages.words import Passage

from practice_library.models import Entry
from practice_library.selectors.passages import standing_of
from practice_library.services.passages import FEWEST_LETTERS, FEWEST_WORDS, MOST_LETTERS

from ..choices import ReportClass
from .profile import CAREFUL

NOT_HERE = (
    "These words do not stand together on the page. Copy them from one sentence or paragraph, without the numbers in "
    "square brackets."
)


class ReportForm(forms.Form):
    """The class decides who looks first and whether it is hidden at once."""

    kind = forms.TypedChoiceField(
        label="What is wrong with it?",
        coerce=ReportClass,
        choices=ReportClass.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one, so that a moderator knows how soon to look."},
    )
    words = forms.CharField(
        label="Anything the moderator should know",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=CAREFUL,
    )


class PassageForm(ReportForm):
    """The same about a passage of an entry: exactly these words are taken out of sight."""

    quoted = forms.CharField(
        label="The passage",
        min_length=FEWEST_LETTERS,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Copy it from the page: the whole of what gives somebody away, and no more.",
    )
    field_order = ("kind", "quoted", "words")

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entry = entry
        self.fields[
            "words"
        ].help_text = "Do not say whom you recognised. A child at risk now: use your local route."

    def clean_quoted(self) -> str:
        """Found in what readers are shown, however it was laid out."""
        quoted = " ".join(self.cleaned_data["quoted"].split())
        passage = Passage.of(quoted)
        if len(passage.words) < FEWEST_WORDS or len(" ".join(passage.words)) < FEWEST_LETTERS:
            raise forms.ValidationError("Copy a few more words: so few may stand in many places.")
        if not standing_of(self._entry, passage):
            raise forms.ValidationError(NOT_HERE)
        return quoted
