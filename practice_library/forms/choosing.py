"""Search forms of chooser dialogs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms.choosers import BaseFilterForm


class SourceFilterForm(BaseFilterForm):
    """Every word typed must stand in the title, the publisher, the year or the key."""

    q = forms.CharField(
        label="Search sources",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Search sources"}),
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        for word in self.cleaned_data.get("q", "").split():
            objects = objects.filter(
                Q(title__icontains=word)
                | Q(publisher__icontains=word)
                | Q(key__icontains=word)
                | Q(year__startswith=word)
            )
            self.is_searching = True
            self.search_query = self.cleaned_data["q"]
        return objects
