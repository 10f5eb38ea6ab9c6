"""Bring organisations into the CMS."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet

from website.places.models import Organisation
from website.places.permissions import OrganisationPermissionPolicy
from website.places.viewsets import OrganisationViewSet

register_permission_policy(Organisation, OrganisationPermissionPolicy(Organisation))
register_snippet(OrganisationViewSet)


@hooks.register("before_delete_snippet")
def keep_authorities(request: HttpRequest, instances: Iterable[object]) -> HttpResponseRedirect | None:
    """Wagtail's page that deletes one snippet asks about the model only; ask about the organisation too."""
    policy = policy_registry.get_by_type(Organisation)
    for each in instances:
        if isinstance(each, Organisation) and not policy.user_has_permission_for_instance(
            request.user, "delete", each
        ):
            messages.error(request, f"{each} cannot be deleted. An authority ends, and names its successors.")
            return HttpResponseRedirect(reverse("wagtailsnippets_places_organisation:edit", args=[each.pk]))
    return None
