"""Bring the skills register into the CMS. People are not there: nobody edits another's profile."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Skill, SkillGroup, StatementHeading


class SkillViewSet(SnippetViewSet):
    model = Skill
    icon = "tag"
    menu_label = "Skills"
    list_display: ClassVar = ["name", "group", "heading", "valid_from", "valid_to"]
    list_filter: ClassVar = ["group", "heading"]
    search_fields: ClassVar = ["name", "scope_note"]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("scope_note"),
        FieldRowPanel([FieldPanel("group"), FieldPanel("heading"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("practice_models"),
        FieldPanel("conditions"),
    ]


class SkillGroupViewSet(SnippetViewSet):
    model = SkillGroup
    icon = "folder-open-inverse"
    menu_label = "Groups of skills"
    list_display: ClassVar = ["name", "position"]
    panels: ClassVar = ["name", "slug", "position"]


class StatementHeadingViewSet(SnippetViewSet):
    model = StatementHeading
    icon = "list-ul"
    menu_label = "Statement headings"
    list_display: ClassVar = ["code", "title", "statement"]
    panels: ClassVar = ["code", "statement", "title", "position"]


class SkillsGroup(SnippetViewSetGroup):
    menu_label = "Skills register"
    menu_icon = "tag"
    menu_order = 210
    items: ClassVar = (SkillViewSet, SkillGroupViewSet, StatementHeadingViewSet)


register_snippet(SkillsGroup)


@hooks.register("before_delete_snippet")
def keep_what_is_claimed(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """A term that somebody claims ends by a date; groups and headings stay while a term stands under them."""
    for instance in instances:
        in_use: Any = (
            instance.claims
            if isinstance(instance, Skill)
            else getattr(instance, "skills", None)
            if isinstance(instance, SkillGroup | StatementHeading)
            else None
        )
        if in_use is not None and in_use.exists():
            hint = "Give it an end date instead." if isinstance(instance, Skill) else "Move its skills first."
            messages.error(request, f"“{instance}” cannot be deleted: it is in use. {hint}")
            return redirect(type(instance).snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    return None
