"""The forms of case studies and practice models in the CMS: drafts save freely, publishing asks for what readers need."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from ..choices import Section, State
from ..models.tree import UNNAMED
from ..models.vocabularies import Stage, Theme, WorkforceGroup
from .guarded import GuardedForm
from .rows import all_valid, kept
from .terms import TermsField

#: States that say that something goes on: they need a date, because an old source makes no claim about today.
GOING_ON = {State.TESTING, State.RUNNING, State.SCALED}


class EntryForm(GuardedForm, WagtailAdminPageForm):
    """What both kinds of entry ask for."""

    stages = TermsField(Stage.objects.all(), label="Stages of need")
    themes = TermsField(Theme.objects.all(), label="Themes")
    workforce = TermsField(WorkforceGroup.objects.all(), label="Workforce")

    def clean(self) -> Any:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start[: len(end)]:
            self.add_error("end", "It cannot end before it started.")
        if cleaned.get("response") and not cleaned.get("response_on"):
            self.add_error("response_on", "Give the date of the response.")
        if not self.is_deferred_validation:
            self._check_status(cleaned)
        return cleaned

    def _check_status(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("status") in GOING_ON and not cleaned.get("status_as_at"):
            self.add_error("status_as_at", "Say when this was last reported.")
        if cleaned.get("status") == State.STOPPED and not (cleaned.get("stop_reason") or "").strip():
            self.add_error("stop_reason", "Say why it stopped, or that no source says why.")

    def is_valid(self) -> bool:
        """Rows are checked together with the entry they belong to."""
        valid = bool(super().is_valid())
        valid = all_valid(self.formsets) and valid
        if self.is_deferred_validation:
            return valid
        if not kept(self.formsets.get("entry_sources")):
            self.add_error(None, "Name at least one source under “Sources” before you publish.")
        for row in kept(self.formsets.get("statements")):
            if row.cleaned_data.get("section") == Section.VOICE and not row.cleaned_data.get(
                "voice_permission"
            ):
                row.add_error("voice_permission", "Say on what permission these words are published.")
                valid = False
        return valid and not self.errors


class CaseStudyForm(EntryForm):
    """A case study stands under its lead organisation, so the form asks for the lead or why there is none."""

    place_without_lead = forms.ChoiceField(
        required=False,
        label="If there is no single lead",
        choices=[
            ("", "It has a lead"),
            ("several-places", "Several places share it"),
            ("place-not-named", "No source names the place"),
        ],
        help_text="Nothing is guessed: leave the lead empty where no source names it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.parent_page.slug if self.parent_page is not None else ""
        if here in UNNAMED and not self.instance.lead_organisation_id:
            self.initial.setdefault("place_without_lead", here)

    def clean(self) -> Any:
        cleaned = super().clean()
        lead, without = cleaned.get("lead_organisation"), cleaned.get("place_without_lead")
        if lead and without:
            self.add_error(
                "place_without_lead", f"It has a lead, {lead}. Take the lead out, or choose “It has a lead”."
            )
        elif not lead and not without and not self.is_deferred_validation:
            self.add_error(
                "lead_organisation", "Choose the lead organisation, or say below why there is none."
            )
        section = lead.slug if lead else without
        if section and not self.errors:
            self._check_free(section, cleaned)
        self.instance.section_without_lead = without if not lead else ""
        return cleaned

    def _check_free(self, section: str, cleaned: dict[str, Any]) -> None:
        """One address and one title for each case study of a place, also where saving moves it there."""
        others = type(self.instance).objects.in_section(section).exclude(pk=self.instance.pk)
        if cleaned.get("slug") and others.filter(slug=cleaned["slug"]).exists():
            self.add_error("slug", "Another case study of this place has this address.")
        if cleaned.get("title") and others.filter(title__iexact=cleaned["title"]).exists():
            self.add_error("title", "Another case study of this place has this title.")
