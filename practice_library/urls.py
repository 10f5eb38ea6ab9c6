"""Addresses of the pages that are read. Those of the search come before these: they share `/practice/`."""

from __future__ import annotations

from django.urls import path

from .views import about, browse, comparing, documents, entries, evidence_map, kindred, ratings

urlpatterns = [
    path("", browse.home, name="home"),
    path("practice/models/", entries.model_list, name="model_list"),
    path("practice/models/<slug:slug>/", entries.model, name="model"),
    path("practice/compare/", comparing.compare, name="compare"),
    path("practice/gaps/", evidence_map.gap_map, name="gap_map"),
    path("practice/gaps/evidence-map.csv", evidence_map.gap_map_csv, name="gap_map_csv"),
    path("practice/ratings/", ratings.rating_log, name="rating_log"),
    path("practice/ratings/feed.rss", ratings.RatingFeed(), name="rating_feed_rss"),
    path("practice/ratings/feed.atom", ratings.RatingAtomFeed(), name="rating_feed_atom"),
    path("practice/ratings/<uuid:uid>/", browse.rating, name="rating"),
    path("practice/registers/<slug:slug>/", entries.register, name="register"),
    path("practice/<slug:lead>/", entries.section, name="place_section"),
    path("practice/<slug:lead>/<slug:slug>/", entries.case_study, name="case_study"),
    path("practice/<slug:lead>/<slug:slug>/cite.ris", entries.citation, {"kind": "ris"}, name="cite_ris"),
    path("practice/<slug:lead>/<slug:slug>/cite.bib", entries.citation, {"kind": "bib"}, name="cite_bibtex"),
    path("authorities/", browse.authorities, name="authority_list"),
    path("authorities/<slug:slug>/", browse.authority, name="authority"),
    path("organisations/<slug:slug>/", browse.organisation, name="organisation"),
    path("conditions/<slug:slug>/", browse.condition, name="condition"),
    path("outcomes/<slug:slug>/", browse.outcome, name="outcome"),
    path("kindred/", kindred.kindred, name="kindred"),
    path("questions/", browse.question_list, name="question_list"),
    path("questions/<slug:slug>/", browse.question, name="question"),
    path("about/evidence-standard/", about.evidence_standard, name="evidence_standard"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    # The name by which Wagtail asks for the address of a file.
    path("documents/<int:pk>/<path:filename>", documents.document, name="wagtaildocs_serve"),
    path("sitemap.xml", about.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", about.sitemap_section, name="sitemap_section"),
    path("robots.txt", about.robots, name="robots"),
]
