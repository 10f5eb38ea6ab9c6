"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from search import views
from search.people import views as people

urlpatterns = [
    path("people/", people.people_search, name="people_search"),
    path("exchange/<uuid:uid>/people/", people.exchange_people, name="exchange_people"),
    path("practice/", views.practice_search, name="practice_search"),
    path("practice/feed.rss", views.practice_feed, {"kind": "rss"}, name="practice_feed_rss"),
    path("practice/feed.atom", views.practice_feed, {"kind": "atom"}, name="practice_feed_atom"),
]
