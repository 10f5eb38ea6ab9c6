"""Who may change organisations in the CMS."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from website.places.models import Organisation

#: What the group of editors needs; nobody else changes organisations.
EDITORS_MAY = ("places.add_organisation", "places.change_organisation", "places.view_organisation")


class OrganisationPermissionPolicy(ModelPermissionPolicy):
    """Authorities are never deleted: they end, and their successors are named."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Organisation) -> bool:
        if action == "delete" and instance.is_authority:
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))
