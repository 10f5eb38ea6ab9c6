"""Pages of the CMS around an entry: begin a case study at its place, hide, withdraw or restore an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.forms.models import registry
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from website.places.models import Organisation

from .. import permissions
from ..models import CaseStudyPage, Entry, PracticeIndexPage
from ..models.tree import UNNAMED
from ..services.tree import section_for
from ..services.visibility import ReasonMissing, hide_entry, restore_entry, withdraw_entry


class PlaceForm(forms.Form):
    """Where a new case study stands."""

    lead = forms.ModelChoiceField(
        Organisation.objects.all(),
        required=False,
        label="Lead organisation",
        help_text="Who leads or led it. The case study stands under its lead.",
    )
    without_lead = forms.ChoiceField(
        required=False,
        label="If there is no single lead",
        choices=[("", "It has a lead"), *((slug, f"{name}") for slug, name in UNNAMED.items())],
        help_text="Nothing is guessed: choose one of these where several places share it or no source names the place.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].widget = registry.get(CaseStudyPage._meta.get_field("lead_organisation"))[
            "widget"
        ]()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("lead")) == bool(cleaned.get("without_lead")) and not self.errors:
            self.add_error("lead", "Choose the lead organisation, or say why there is none.")
        return cleaned


class _CmsForm(WagtailAdminTemplateMixin, FormView):
    """One small form as a page of the CMS."""

    template_name = "practice_library/cms/form.html"
    submit_label = "Go on"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit_label=self.submit_label, **kwargs)


class BeginCaseStudyView(_CmsForm):
    """Asks for the place first, because the place decides the address; then the usual form opens."""

    form_class = PlaceForm
    page_title = "New case study"
    header_icon = "doc-empty-inverse"
    submit_label = "Write the case study"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        index = get_object_or_404(PracticeIndexPage)
        permissions.require(permissions.can_begin_case_study(request.user, index))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def form_valid(self, form: PlaceForm) -> HttpResponse:
        lead = form.cleaned_data["lead"]
        section = section_for(lead=lead.slug if lead else form.cleaned_data["without_lead"])
        return redirect("wagtailadmin_pages:add", "practice_library", "casestudypage", section.pk)


class ReasonForm(forms.Form):
    """Why it is done."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history of the entry. No details of children or families.",
    )


class VisibilityView(_CmsForm):
    """Hide, withdraw or restore one entry, with a reason."""

    form_class = ReasonForm
    header_icon = "view"
    #: What the address says: what is asked, who may, who does it, what is told afterwards.
    ACTS = {
        "hide": ("Hide from readers", permissions.can_hide, hide_entry, "is hidden from readers."),
        "withdraw": ("Withdraw from the library", permissions.can_withdraw, withdraw_entry, "is withdrawn."),
        "restore": ("Show to readers again", permissions.can_restore, restore_entry, "can be read again."),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(Entry, pk=kwargs["pk"])
        self.page_title, self.may, self.act, self.told = self.ACTS[kwargs["act"]]
        self.submit_label = self.page_title

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.require(self.may(request.user, self.entry))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_page_subtitle(self) -> str:
        return self.entry.title

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            self.act(entry=self.entry, reason=form.cleaned_data["reason"], by=self.request.user)  # type: ignore[arg-type]
        except ReasonMissing as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"“{self.entry.title}” {self.told}")
        return redirect(reverse("wagtailadmin_pages:history", args=[self.entry.pk]))
