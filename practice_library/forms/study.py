"""The form of a study in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminModelForm

from .guarded import GuardedForm
from .rows import all_valid, kept
from .same_sample import SameSampleField


def free_key(model: type[Model], wished: str, *, longest: int = 110) -> str:
    """A permanent short name that nothing of this kind has yet."""
    base = slugify(wished)[:longest].strip("-") or "untitled"
    taken = set(model._default_manager.filter(key__startswith=base).values_list("key", flat=True))
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


class KeyedForm(WagtailAdminModelForm):
    """A permanent key that is made from the title when it is left empty, and not changed afterwards."""

    key_prefix = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = self.fields.get("key")
        if key is None:
            return
        key.required = False
        key.widget = forms.TextInput()
        if self.instance.pk:
            key.disabled = True
        else:
            key.help_text = "A permanent short name. Leave it empty to have one made from the title."

    def clean_key(self) -> str:
        """Made when it is left empty."""
        if self.cleaned_data.get("key"):
            return str(self.cleaned_data["key"])
        words = [
            self.key_prefix,
            self.data.get(self.add_prefix("title"), ""),
            self.data.get(self.add_prefix("year"), ""),
        ]
        return free_key(self._meta.model, " ".join(word for word in words if word))


class StudyForm(GuardedForm, KeyedForm):
    """Tells “not reported” from “of nobody else” for its sample."""

    key_prefix = "st"
    same_sample_as = SameSampleField(
        label="Same people as in another study?",
        help_text="Two studies of the same people never count as two. Not reported never counts as separate.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = type(self.instance).objects.exclude(pk=self.instance.pk).order_by("title")
        kept = set(self.instance.same_sample_as or [])
        offered = [(study.key, str(study)) for study in others.only("key", "title", "year")]
        missing = [(key, key) for key in sorted(kept - {key for key, _title in offered})]
        chosen_first = sorted(offered + missing, key=lambda study: study[0] not in kept)
        self.fields["same_sample_as"].offer(chosen_first)

    def is_valid(self) -> bool:
        """Publishing asks where it was read and what it is about; a draft may still be without."""
        valid = bool(super().is_valid())
        valid = all_valid(self.formsets) and valid
        if not self.is_deferred_validation:
            if not kept(self.formsets.get("entry_rows")):
                self.add_error(None, "Name at least one entry that it is about before you publish.")
            if not kept(self.formsets.get("study_sources")):
                self.add_error(None, "Say where it was read, with at least one source, before you publish.")
        return valid and not self.errors


class SourceForm(KeyedForm):
    """A source as editors add it, also from within another form."""

    key_prefix = "src"
