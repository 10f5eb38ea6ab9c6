"""The roof: every address of the site, composed from the rooms below."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from search.api.problems import nothing_here
from search.api.public import api

urlpatterns = [
    path("", include("website.health.urls")),
    path("", include("website.accounts.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("api/v1/", api.urls),
    path("api/<path:anywhere>", nothing_here),
    path("", include("search.urls")),
    path("", include("network.urls")),
    path("", include("practice_library.urls")),
    path("", include(wagtail_urls)),
]

if settings.COMPONENT_GALLERY:
    urlpatterns.insert(0, path("components/", include("website.components.urls")))
