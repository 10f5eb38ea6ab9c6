"""Conventions of this room that nothing else would notice being broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

TRANSACTION = "website.outbox.middleware.CmsTransactionMiddleware"


@register("practice_library")
def changes_stand_or_fall_with_their_saves(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Without the middleware a crash between a publication and its outbox row leaves search behind for good."""
    if TRANSACTION in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "What is saved in the CMS and the change it records are not one transaction.",
            hint=f"Add {TRANSACTION} to MIDDLEWARE.",
            id="practice_library.E001",
        )
    ]


@register("practice_library")
def every_row_with_a_source_is_known(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A row that names a source counts as its use, and a corrected source is told to the row's entry."""
    from .models import Source
    from .usage import SOURCED_ROWS

    known = {model for model, _path in SOURCED_ROWS}
    found = {
        model
        for model in apps.get_app_config("practice_library").get_models()
        if any(field.name == "source" and field.related_model is Source for field in model._meta.fields)
    }
    return [
        Error(
            f"{model.__name__} names a source, but usage.SOURCED_ROWS does not list it.",
            hint="List it with the path to its entry, so that sources in use stay and their changes are told.",
            obj=model,
            id="practice_library.E002",
        )
        for model in sorted(found - known, key=lambda model: model.__name__)
    ]


@register("practice_library")
def every_vocabulary_tells(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A renamed term is told to the entries with it."""
    from .models.vocabularies import Term
    from .signals import TERMS

    models = apps.get_app_config("practice_library").get_models()
    return [
        Error(
            f"{model.__name__} is a vocabulary, but its changes are told to nobody.",
            hint="Add it to signals.TERMS and give it a list in viewsets.library.",
            obj=model,
            id="practice_library.E003",
        )
        for model in models
        if issubclass(model, Term) and model not in TERMS
    ]
