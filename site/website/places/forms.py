"""The form of an organisation in the CMS."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from website.places.models import Organisation
from website.places.spelling import normalise


class OrganisationForm(WagtailAdminModelForm):
    """Refuses a name that is listed twice or already means someone else, before the database does."""

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        names = self.formsets.get("aliases")
        if not valid or names is None:
            return valid
        own = {
            normalise(self.cleaned_data.get(field) or "") for field in ("name", "short_name", "official_name")
        }
        others = Organisation.objects.exclude(pk=self.instance.pk).by_name()
        seen: set[str] = set()
        for form in names.forms:
            valid = self._check(form, own, seen, others) and valid
        return valid

    def _check(self, form: Any, own: set[str], seen: set[str], others: dict[str, Organisation]) -> bool:
        alias = form.cleaned_data.get("alias")
        if not alias or form.cleaned_data.get("DELETE"):
            return True
        name = normalise(alias)
        if name in own or name in seen:
            form.add_error("alias", "This name is already listed.")
        elif name in others:
            form.add_error("alias", f"This is already a name of {others[name]}.")
        seen.add(name)
        return not form.errors
