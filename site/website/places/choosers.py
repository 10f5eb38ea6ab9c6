"""The chooser of organisations, searched by name, other name or code."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from website.places.querysets import OrganisationQuerySet


class OrganisationFilterForm(BaseFilterForm):
    """Asks the tables and not Wagtail's own index, which a bulk import would leave behind."""

    q = forms.CharField(
        label="Name or code",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Name or code"}),
    )

    def filter(self, objects: OrganisationQuerySet) -> OrganisationQuerySet:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching = True
        self.search_query = words
        return objects.named_like(words)


class OrganisationChooseView(ChooseView):
    filter_form_class = OrganisationFilterForm


class OrganisationChooseResultsView(ChooseResultsView):
    filter_form_class = OrganisationFilterForm


class OrganisationChooserViewSet(SnippetChooserViewSet):
    choose_view_class = OrganisationChooseView
    choose_results_view_class = OrganisationChooseResultsView
