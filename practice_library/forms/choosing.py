"""Search forms of chooser dialogs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms.choosers import BaseFilterForm


class SourceFilterForm(BaseFilterForm):
    """Every word that is typed must stand in the title, publisher, year or key, in any order."""

    words_in = ("title", "publisher", "year", "key")

    q = forms.CharField(
        label="Search sources",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Search sources"}),
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        for word in self.cleaned_data.get("q", "").split():
            stands = Q()
            for field in self.words_in:
                stands |= Q(**{f"{field}__icontains": word})
            objects = objects.filter(stands)
            self.is_searching = True
            self.search_query = self.cleaned_data["q"]
        return objects
