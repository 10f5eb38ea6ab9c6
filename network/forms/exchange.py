"""What a member fills in to ask for help, to find a time, to write, and to say how it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from ..choices import LIGHT_HELP, Day, Help
from ..models import HelpRequest, Skill
from ..services.calls import FURTHEST, TOO_FAR
from .careful import CarefulForm
from .profile import CAREFUL

WORDS = {
    Help.QUESTION: "An answer to a question, in writing",
    Help.CALL: "A call, an hour or so",
    Help.COACHING: "Coaching, half a day at most",
}
LENGTHS = (
    (20, "20 minutes"),
    (30, "30 minutes"),
    (45, "45 minutes"),
    (60, "1 hour"),
    (90, "1 hour and a half"),
    (120, "2 hours"),
    (180, "3 hours"),
    (240, "4 hours"),
)
SKILLS = ("skill_1", "skill_2", "skill_3")


class RequestForm(CarefulForm):
    """One request. Whoever is asked with it reads all of it."""

    careful = ("problem", "must_not_include")

    kind = forms.TypedChoiceField(
        label="What would help",
        coerce=Help,
        choices=[(k.value, WORDS[k]) for k in LIGHT_HELP],
        widget=forms.RadioSelect,
    )
    problem = forms.CharField(
        label="What are you trying to solve?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"What you want to change, what you have tried, and what you would like to ask. {CAREFUL}",
    )
    skill_1 = forms.ModelChoiceField(
        label="A skill that it needs", queryset=Skill.objects.none(), required=False, empty_label="No skill"
    )
    skill_2 = forms.ModelChoiceField(
        label="Another skill", queryset=Skill.objects.none(), required=False, empty_label="No skill"
    )
    skill_3 = forms.ModelChoiceField(
        label="One more skill", queryset=Skill.objects.none(), required=False, empty_label="No skill"
    )
    days = forms.TypedMultipleChoiceField(
        label="Days that suit you",
        coerce=int,
        choices=Day.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    must_not_include = forms.CharField(
        label="What it must not include",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: nothing about an open case, no decision on anybody's behalf.",
    )

    def __init__(self, *args: Any, kinds: list[Help] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SKILLS:
            self.fields[name].queryset = Skill.objects.in_force().select_related("group")  # type: ignore[attr-defined]
        if kinds is not None:
            self.fields["kind"].choices = [(k.value, WORDS[k]) for k in kinds]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(request: HelpRequest | None) -> dict[str, Any]:
        """The form as it was last saved."""
        if request is None:
            return {}
        skills = dict(zip(SKILLS, request.skills.all(), strict=False))
        names = ("kind", "problem", "must_not_include", "days")
        return {**{name: getattr(request, name) for name in names}, **skills}

    def said(self) -> dict[str, Any]:
        """What the service takes: skills as one list, each once."""
        fields = {name: self.cleaned_data[name] for name in ("kind", "problem", "must_not_include", "days")}
        chosen = [self.cleaned_data[name] for name in SKILLS if self.cleaned_data[name]]
        return {**fields, "skills": list(dict.fromkeys(chosen))}


class TimeForm(forms.Form):
    """One proposed time."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(
        label="Begins at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(
        label="How long",
        coerce=int,
        initial=45,
        choices=LENGTHS,
    )

    def clean(self) -> dict[str, Any]:
        """A time to come, in English time."""
        said = super().clean() or {}
        if said.get("day") and said.get("begins") is not None:
            said["starts_at"] = timezone.make_aware(dt.datetime.combine(said["day"], said["begins"]))
            if said["starts_at"] <= timezone.now():
                self.add_error("day", "Choose a time to come.")
            elif said["starts_at"] > timezone.now() + FURTHEST:
                self.add_error("day", TOO_FAR)
        return said


class DebriefForm(CarefulForm):
    """How it was. The other side reads it once both have said theirs."""

    careful = ("what_helped", "what_next")

    what_helped = forms.CharField(
        label="What helped",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Or what did not. {CAREFUL}",
    )
    what_next = forms.CharField(
        label="What will you do with it?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_be_evidence = forms.BooleanField(
        label="It may stand behind a skill of whoever helped",
        required=False,
        help_text="Only if you both say so. Your names and your words are never shown with it.",
    )


class MessageForm(CarefulForm):
    """One message."""

    careful = ("text",)

    text = forms.CharField(
        label="Your message", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}), help_text=CAREFUL
    )
