"""Addresses of search for people."""

from __future__ import annotations

from django.urls import path

from search import views

urlpatterns = [
    path("practice/", views.practice_search, name="practice_search"),
    path("practice/feed.rss", views.practice_feed, {"kind": "rss"}, name="practice_feed_rss"),
    path("practice/feed.atom", views.practice_feed, {"kind": "atom"}, name="practice_feed_atom"),
]
