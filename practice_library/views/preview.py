"""The preview of an entry in the CMS: its public page, drawn from what is typed and not yet saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from ..presenters import present_entry
from ..selectors.entries import facts_of_draft

if TYPE_CHECKING:
    from ..models import Entry


def entry_preview(request: HttpRequest, entry: Entry) -> TemplateResponse:
    """What readers would see. Studies and what they add up to are those that are published today."""
    url = request.build_absolute_uri(entry.get_url(request) or "/")
    view = present_entry(facts_of_draft(entry), url=url, today=timezone.localdate())
    return TemplateResponse(request, entry.template, {"entry": view})
