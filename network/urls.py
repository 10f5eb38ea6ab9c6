"""Addresses of the pages about people."""

from __future__ import annotations

from django.urls import path

from .views import asks, coordinate, exchange, own, people, photo, reports, threads

urlpatterns = [
    path("skills/", people.skill_list, name="skill_list"),
    path("skills/<slug:slug>/", people.skill, name="skill"),
    path("people/<uuid:uid>/", people.person, name="person"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/new/", exchange.exchange_new, name="exchange_new"),
    path("exchange/staff/", asks.exchange_staff, name="exchange_staff"),
    path("exchange/<uuid:uid>/", exchange.exchange_request, name="exchange_request"),
    path("exchange/<uuid:uid>/edit/", exchange.exchange_edit, name="exchange_edit"),
    path("exchange/<uuid:uid>/ask/", exchange.exchange_ask, name="exchange_ask"),
    path("exchange/asks/<uuid:uid>/answer/", asks.exchange_answer, name="exchange_answer"),
    path("exchange/asks/<uuid:uid>/times/", asks.exchange_times, name="exchange_times"),
    path("exchange/asks/<uuid:uid>/call.ics", asks.exchange_calendar, name="exchange_calendar"),
    path("exchange/asks/<uuid:uid>/debrief/", asks.exchange_debrief, name="exchange_debrief"),
    path("report/made/", reports.report_made, name="report_made"),
    path("report/entry/<uuid:uid>/", reports.report_entry, name="report_entry"),
    path("report/question/<uuid:uid>/", reports.report_question, name="report_question"),
    path("report/page/", reports.report_page, name="report_page"),
    path("report/<slug:about>/<uuid:uid>/", reports.report, name="report"),
    path("coordinate/", coordinate.coordinate, name="coordinate"),
    path("moderation/", reports.moderation, name="moderation"),
    path("moderation/<uuid:uid>/", reports.moderation_report, name="moderation_report"),
    path("messages/", threads.message_list, name="messages"),
    path("messages/<uuid:uid>/", threads.thread, name="thread"),
    path("people/<uuid:uid>/photo/", photo.person_photo, name="person_photo"),
    path("me/profile/photo/", photo.my_photo, name="my_photo"),
    path("me/profile/", own.my_profile, name="my_profile"),
    path("me/profile/edit/", own.my_profile_edit, name="my_profile_edit"),
    path("me/profile/skills/", own.my_skills, name="my_skills"),
    path("me/profile/blockages/", own.my_blockages, name="my_blockages"),
    path("me/profile/availability/", own.my_availability, name="my_availability"),
]
