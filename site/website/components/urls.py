"""The gallery of components; included only where COMPONENT_GALLERY is on."""

from __future__ import annotations

from django.urls import path

from .views import gallery

urlpatterns = [path("", gallery, name="component_gallery")]
