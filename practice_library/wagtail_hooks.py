"""Bring the library into the CMS."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .models import Source
from .models.vocabularies import Term
from .usage import uses_of
from .viewsets import library, page_hooks, rating_hooks, studies


class LibraryGroup(SnippetViewSetGroup):
    menu_label = "Library"
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items: ClassVar = (
        studies.StudyViewSet,
        library.SourceViewSet,
        studies.OpenQuestionViewSet,
        library.CohortViewSet,
        library.SystemConditionViewSet,
        library.OutcomeViewSet,
        library.ThemeViewSet,
        library.StageViewSet,
        library.WorkforceGroupViewSet,
        library.KeywordViewSet,
        library.SynonymGroupViewSet,
    )


register_snippet(LibraryGroup)
#: Wagtail looks for hooks in this module alone.
PAGE_HOOKS = page_hooks
RATING_HOOKS = rating_hooks


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """A term or source in use stays; the editor is told where it is used before anything is asked."""
    for instance in instances:
        if isinstance(instance, Term | Source) and (uses := uses_of(instance)):
            name = instance._meta.verbose_name
            messages.error(
                request,
                f"“{instance}” cannot be deleted: it is used {uses} {'time' if uses == 1 else 'times'}. "
                f"Put another {name} in its place there first, or rename it.",
            )
            viewset: Any = type(instance).snippet_viewset  # type: ignore[union-attr]
            return redirect(viewset.get_url_name("list"))
    return None
