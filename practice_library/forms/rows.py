"""Rows of a form, checked together with what they belong to."""

from __future__ import annotations

from typing import Any


def all_valid(formsets: dict[str, Any]) -> bool:
    """Whether all rows are; modelcluster alone stops at the first set of rows with an error and hides the others."""
    return all([formset.is_valid() for formset in formsets.values()])  # noqa: C419


def kept(formset: Any) -> list[Any]:
    """The rows of a checked formset that will be saved."""
    if formset is None:
        return []
    return [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
