"""Addresses of the pages that are read. Those of the search come before these: they share `/practice/`."""

from __future__ import annotations

from django.urls import path

from .views import about, browse, entries

urlpatterns = [
    path("", browse.home, name="home"),
    path("practice/models/", entries.model_list, name="model_list"),
    path("practice/models/<slug:slug>/", entries.model, name="model"),
    path("practice/ratings/<uuid:uid>/", browse.rating, name="rating"),
    path("practice/registers/<slug:slug>/", entries.register, name="register"),
    path("practice/<slug:lead>/", entries.section, name="place_section"),
    path("practice/<slug:lead>/<slug:slug>/", entries.case_study, name="case_study"),
    path("authorities/", browse.authorities, name="authority_list"),
    path("authorities/<slug:slug>/", browse.authority, name="authority"),
    path("organisations/<slug:slug>/", browse.organisation, name="organisation"),
    path("conditions/<slug:slug>/", browse.condition, name="condition"),
    path("outcomes/<slug:slug>/", browse.outcome, name="outcome"),
    path("questions/", browse.question_list, name="question_list"),
    path("questions/<slug:slug>/", browse.question, name="question"),
    path("about/evidence-standard/", about.evidence_standard, name="evidence_standard"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("sitemap.xml", about.sitemap, name="sitemap"),
    path("robots.txt", about.robots, name="robots"),
]
