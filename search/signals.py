"""Notes in the outbox that vocabularies or places have changed, so that every process reads them anew at its next search."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished
from website.outbox.recording import record_change
from website.places.signals import organisations_changed

from network.models import Skill
from practice_library.models import PracticeModelPage, SynonymGroup
from search.vocabulary import TERM_FACETS


def connect() -> None:
    """Connect once, when the application starts."""
    spoken: tuple[type[Model], ...] = (*TERM_FACETS.values(), SynonymGroup, Skill)
    for model in spoken:
        for signal in (post_save, post_delete):
            signal.connect(
                vocabulary_changed, sender=model, dispatch_uid=f"search.{model.__name__}.{id(signal)}"
            )
    for signal in (page_published, page_unpublished):
        signal.connect(
            vocabulary_changed, sender=PracticeModelPage, dispatch_uid=f"search.models.{id(signal)}"
        )
    organisations_changed.connect(places_changed, dispatch_uid="search.places")


def vocabulary_changed(**kwargs: Any) -> None:
    """A term, synonym or model name is new, other or gone."""
    _note("vocabulary")


def places_changed(**kwargs: Any) -> None:
    """An organisation or one of its names is new, other or gone."""
    _note("place")


def _note(topic: str) -> None:
    with transaction.atomic():
        record_change(topic=topic, uid=uuid.uuid4())
