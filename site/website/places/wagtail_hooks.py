"""Bring organisations into the CMS."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from website.places.models import Organisation
from website.places.permissions import OrganisationPermissionPolicy
from website.places.viewsets import OrganisationViewSet

register_permission_policy(Organisation, OrganisationPermissionPolicy(Organisation))
register_snippet(OrganisationViewSet)
