"""What an administrator fills in: who to invite, who manages whom, who holds which role, who stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from website.places.models import Organisation

from .models import OF_AN_ORGANISATION, Membership, Role, RoleHeld, User


class InviteForm(forms.Form):
    """Whom to invite."""

    name = forms.CharField(label="Name", max_length=150, help_text="As colleagues know them.")
    email = forms.EmailField(
        label="E-mail address at work",
        max_length=254,
        help_text="The invitation goes there. No page shows it afterwards.",
    )


class ColleagueChoice(forms.ModelChoiceField):
    """Somebody who works in the organisation, by the name they go by."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or "A member without a name")


def colleagues(organisation: Organisation, *, besides: User) -> Any:
    """Who else works there."""
    there = Membership.objects.active().of(organisation).values("person")
    return User.objects.filter(pk__in=there).exclude(pk=besides.pk).order_by("name", "pk")


class LineManagerForm(forms.Form):
    """Who manages this member."""

    manager = ColleagueChoice(
        label="Line manager",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody named",
        help_text="Is told of calls and decides about visits and loans.",
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"manager": membership.line_manager_id}
        self.fields["manager"].queryset = colleagues(membership.organisation, besides=membership.person)  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """What this member may decide in the organisation."""

    roles = forms.MultipleChoiceField(
        label="Roles here",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in OF_AN_ORGANISATION],
        help_text="All but authors need a second step when they sign in.",
    )


class DeputyForm(forms.Form):
    """Who stands in for a role, and until when."""

    role = forms.ModelChoiceField(label="Role", queryset=RoleHeld.objects.none(), empty_label=None)
    deputy = ColleagueChoice(label="Deputy", queryset=User.objects.none(), empty_label=None)
    until = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The deputy holds the role until then.",
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleHeld.objects.held().of_person(membership.person).in_organisation(membership.organisation)
        self.fields["role"].queryset = held.filter(deputy_for=None)  # type: ignore[attr-defined]
        self.fields["role"].label_from_instance = lambda held: Role(held.role).label  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = colleagues(membership.organisation, besides=membership.person)  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise forms.ValidationError("The last day is over already.")
        return day
