"""Previews in the CMS: the public page of an entry or of home, drawn from what is typed and not yet saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from ..presenters import present_entry
from ..presenters.home import home_view
from ..selectors import terms
from ..selectors.entries import facts_of_draft
from ..selectors.home import home_facts

if TYPE_CHECKING:
    from ..models import Entry, HomePage


def entry_preview(request: HttpRequest, entry: Entry) -> TemplateResponse:
    """What readers would see. Studies and what they add up to are those that are published today."""
    url = request.build_absolute_uri(entry.get_url(request) or "/")
    view = present_entry(facts_of_draft(entry), url=url, today=timezone.localdate())
    return TemplateResponse(request, entry.template, {"entry": view})


def home_preview(request: HttpRequest, home: HomePage) -> TemplateResponse:
    """The first page with the introduction as typed, and the numbers of today."""
    facts = replace(home_facts(), introduction=home.introduction)
    view = home_view(facts, terms.outcomes_with_numbers(), terms.conditions_with_numbers())
    return TemplateResponse(request, home.template, {"home": view})
