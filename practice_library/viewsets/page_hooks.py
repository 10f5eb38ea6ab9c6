"""What the CMS does around the pages of the library: menu, buttons, filing and questions about small numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from .. import permissions
from ..forms.small_numbers import small_numbers
from ..models import CaseStudyPage, Entry, KindredPair, PracticeIndexPage
from ..models.atomic import AtomicPage
from ..presenters.links import named
from ..selectors.ratings import with_public_history
from ..services.case_studies import change_lead
from .entry_views import BeginCaseStudyView, VisibilityView
from .kindred_views import KindredView, dismissed_pairs


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("library/new-case-study/", BeginCaseStudyView.as_view(), name="library_new_case_study"),
        path("library/kindred/dismissed/", dismissed_pairs, name="library_kindred_dismissed"),
        path("library/kindred/<int:pk>/<slug:act>/", KindredView.as_view(), name="library_kindred"),
        *(
            path(f"library/<int:pk>/{act}/", VisibilityView.as_view(), {"act": act}, name=f"library_{act}")
            for act in VisibilityView.ACTS
        ),
    ]


class _NewCaseStudyItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        index = PracticeIndexPage.objects.first()
        return index is not None and permissions.can_begin_case_study(request.user, index)


@hooks.register("register_admin_menu_item")
def new_case_study_item() -> MenuItem:
    return _NewCaseStudyItem(
        "New case study", reverse("library_new_case_study"), icon_name="doc-empty-inverse", order=150
    )


class _DismissedPairsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_dismiss_kindred(request.user)


@hooks.register("register_admin_menu_item")
def dismissed_pairs_item() -> MenuItem:
    return _DismissedPairsItem(
        "Dismissed pairs", reverse("library_kindred_dismissed"), icon_name="link", order=260
    )


@hooks.register("register_page_header_buttons")
def visibility_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Hide, withdraw, restore, for those who may, beside Wagtail's own buttons."""
    entry = page if isinstance(page, Entry) else page.specific_deferred
    if not isinstance(entry, Entry) or entry.pk is None:
        return
    out_of_sight = bool(entry.hidden_at or entry.withdrawn_at)
    offered = {
        "hide": (not out_of_sight and permissions.can_hide(user, entry), "Hide from readers", "no-view"),
        "withdraw": (not entry.withdrawn_at and permissions.can_withdraw(user, entry), "Withdraw", "bin"),
        "restore": (out_of_sight and permissions.can_restore(user, entry), "Show to readers again", "view"),
    }
    for number, (act, (shown, label, icon)) in enumerate(offered.items()):
        if shown:
            yield Button(
                label, reverse(f"library_{act}", args=[entry.pk]), icon_name=icon, priority=70 + number
            )


@hooks.register("before_delete_page")
def keep_public_history(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An entry whose ratings readers could see is withdrawn; the editor is told so before anything is asked."""
    kept = with_public_history(page)
    if not kept:
        return None
    messages.error(
        request,
        f"{named([f'“{title}”' for title in kept])} cannot be deleted: the ratings were published, and their history "
        "stays. Withdraw from the library what should no longer be read.",
    )
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)


@hooks.register("before_bulk_action")
def keep_public_histories(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same where several pages are marked."""
    pages = [each for each in objects if isinstance(each, Page)] if action_type == "delete" else []
    return next((told for page in pages if (told := keep_public_history(request, page))), None)


@hooks.register("before_publish_page")
def keep_live_version(request: HttpRequest, page: Page) -> None:
    """The CMS publishes by an action of its own; what is live must stay live here as well."""
    revision = page.latest_revision
    if isinstance(page, AtomicPage) and revision is not None:
        page.keep_live_version(before=revision)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def file_and_ask(request: HttpRequest, page: Page) -> None:
    """A draft stands under its lead as soon as it is saved; what is live moves when the new lead is published.

    Saving by itself, every moment, asks nothing: the questions would pile up and all come at once.
    """
    if not isinstance(page, Entry):
        return
    if isinstance(page, CaseStudyPage) and (page.lead_organisation_id or page.section_without_lead):
        published = CaseStudyPage.objects.get(pk=page.pk)
        if not published.live or published.lead_organisation_id == page.lead_organisation_id:
            change_lead(case_study=page, lead=page.lead_organisation, without_lead=page.section_without_lead)
    autosaved = not request.accepts("text/html")
    if not autosaved and (passages := small_counts(page)):
        messages.warning(
            request,
            "Numbers under ten can point to a family. Leave them out or round them, unless the source published "
            f"them: {'; '.join(f'“{passage}”' for passage in passages)}.",
        )


def small_counts(entry: Entry) -> list[str]:
    """Every count under ten of people that an entry states."""
    texts = [entry.summary, *(row.text for row in entry.statements.all())]
    texts += [row.statement for row in entry.claims.all()]
    texts += [text for row in entry.condition_rows.all() for text in (row.note, row.without_it)]
    return list(dict.fromkeys(passage for text in texts for passage in small_numbers(text or "")))


@hooks.register("register_log_actions")
def acts_in_history(actions: Any) -> None:
    """Hiding, withdrawing and restoring stand in the history of the page, with their reason."""

    class WithReason(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return f"{self.label}. {log_entry.data.get('reason', '')}"

    for what, words in (
        ("hidden", "Hidden from readers"),
        ("withdrawn", "Withdrawn"),
        ("restored", "Shown again"),
    ):
        actions.register_action(f"practice_library.{what}")(type(what, (WithReason,), {"label": words}))


@hooks.register("register_permissions")
def library_permissions() -> Any:
    """Offer the permissions to hide entries and to dismiss kindred pairs where groups are edited."""
    from django.contrib.auth.models import Permission

    entry = ContentType.objects.get_for_model(Entry)
    pair = ContentType.objects.get_for_model(KindredPair)
    return Permission.objects.filter(content_type=entry, codename="hide_entry") | Permission.objects.filter(
        content_type=pair, codename="dismiss_kindredpair"
    )
