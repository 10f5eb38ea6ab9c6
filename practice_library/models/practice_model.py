"""Practice models: named ways of working that may run in many places."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ..admin_panels import practice_model_editor
from ..choices import ModelKind
from .entry import Entry


class PracticeModelPage(Entry):
    """A model, framework, programme, structure or workforce initiative."""

    kind = models.CharField(max_length=24, choices=ModelKind.choices)

    entry_type = "model"
    template = "practice_library/model.html"
    parent_page_types: ClassVar = ["practice_library.ModelIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = practice_model_editor

    class Meta:
        verbose_name = "practice model"
