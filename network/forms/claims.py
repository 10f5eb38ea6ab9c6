"""What a member claims, got round and offers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from practice_library.models import CaseStudyPage, SystemCondition

from ..choices import Day, Help, SkillLevel
from ..models import Ask, Availability, Skill
from .profile import CAREFUL


class ExchangeChoice(forms.ModelChoiceField):
    """Help that was given, by kind and day: with whom is not said."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.kind_words}, ended on {obj.ended_at:%-d %B %Y}"


class ClaimForm(forms.Form):
    """One skill. Claiming it again changes it."""

    skill = forms.ModelChoiceField(label="Skill", queryset=Skill.objects.none(), empty_label="Choose")
    level = forms.TypedChoiceField(
        label="How far", coerce=int, choices=SkillLevel.choices, widget=forms.RadioSelect
    )
    last_used = forms.IntegerField(label="Year when last used", required=False, min_value=1960)
    case_study = forms.ModelChoiceField(
        label="Case study that it rests on",
        queryset=CaseStudyPage.objects.none(),
        required=False,
        empty_label="No case study",
        help_text="Of an organisation that you work in or worked in. People who name the same one can confirm you.",
    )
    course = forms.CharField(label="Or a course", required=False, max_length=200)

    exchange = ExchangeChoice(
        label="Or help that you gave here",
        queryset=Ask.objects.none(),
        required=False,
        empty_label="No help given here",
        help_text="Calls, coaching and answers that ended, where both of you said that it may stand behind a skill.",
    )

    def __init__(
        self, *args: Any, case_studies: list[CaseStudyPage], exchanges: list[Ask], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = Skill.objects.in_force().select_related("group")  # type: ignore[attr-defined]
        studies = CaseStudyPage.objects.filter(pk__in=[page.pk for page in case_studies])
        if exchanges:
            mine = Ask.objects.filter(pk__in=[ask.pk for ask in exchanges]).select_related("request")
            self.fields["exchange"].queryset = mine.order_by("-ended_at")  # type: ignore[attr-defined]
        else:
            del self.fields["exchange"]
        self.fields["case_study"].queryset = studies.order_by("title")  # type: ignore[attr-defined]

    def clean_last_used(self) -> int | None:
        """No year to come."""
        year: int | None = self.cleaned_data["last_used"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError("This year has not come yet.")
        return year


class BlockageForm(forms.Form):
    """One condition that was missing."""

    condition = forms.ModelChoiceField(
        label="What was missing",
        queryset=SystemCondition.objects.all(),
        empty_label="Choose",
        help_text="In the words of the library, so that people who read about it find you.",
    )
    how = forms.CharField(
        label="How you got round it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"What you did, in a few sentences. {CAREFUL}",
    )


class AvailabilityForm(forms.Form):
    """What is offered, when, and how much."""

    kinds = forms.TypedMultipleChoiceField(
        label="What you offer",
        coerce=Help,
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedMultipleChoiceField(
        label="Days", coerce=int, choices=Day.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    capacity = forms.IntegerField(label="How many requests at a time", min_value=1, max_value=20, initial=1)
    paused = forms.BooleanField(label="Take a break: nobody may ask me now", required=False)
    paused_until = forms.DateField(
        label="Break until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave empty for a break without an end.",
    )

    @staticmethod
    def initial_of(offered: Availability | None) -> dict[str, Any]:
        """The form as it was last saved."""
        if offered is None:
            return {}
        names = ("days", "starts_on", "ends_on", "capacity", "paused", "paused_until")
        return {
            "kinds": [each.kind for each in offered.kinds.all()],
            **{name: getattr(offered, name) for name in names},
        }

    def clean(self) -> dict[str, Any]:
        """The last day must not come before the first."""
        said = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "The last day must not come before the first.")
        return said
