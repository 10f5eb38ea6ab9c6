"""Addresses of the pages about people."""

from __future__ import annotations

from django.urls import path

from .views import own, people

urlpatterns = [
    path("skills/", people.skill_list, name="skill_list"),
    path("skills/<slug:slug>/", people.skill, name="skill"),
    path("people/<uuid:uid>/", people.person, name="person"),
    path("me/profile/", own.my_profile, name="my_profile"),
    path("me/profile/edit/", own.my_profile_edit, name="my_profile_edit"),
    path("me/profile/skills/", own.my_skills, name="my_skills"),
    path("me/profile/blockages/", own.my_blockages, name="my_blockages"),
    path("me/profile/availability/", own.my_availability, name="my_availability"),
]
