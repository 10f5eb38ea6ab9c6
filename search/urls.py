"""Addresses of search for people."""

from __future__ import annotations

from django.urls import path

from search import views

urlpatterns = [path("practice/", views.practice_search, name="practice_search")]
