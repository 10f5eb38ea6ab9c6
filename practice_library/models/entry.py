"""What every entry of the library has, be it a practice model or a case study."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from website.outbox.models import Change
from website.outbox.recording import record_change

from ..blocks.material import MaterialBlock
from ..blocks.reach import ReachBlock
from ..blocks.update import UpdateBlock
from ..choices import Licence, Origin, State
from ..forms.entry import EntryForm
from ..forms.lines import ListOfLines
from ..partial_dates import PartialDateField
from .atomic import AtomicPage
from .passage import TakenPassage
from .rows import CohortRow, ConditionRow, KeywordTag, StageTag, ThemeTag, WorkforceTag
from .tree import PlaceSection

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

#: The outbox topic of entries.
TOPIC = "entry"


class EntryQuerySet(PageQuerySet):
    """Who may read what is decided here, once, for pages, search, API and exports."""

    def public(self) -> EntryQuerySet:
        """Without what stands at or below a restricted page, asked in the same query: every page asks it."""
        path = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
        restrictions = PageViewRestriction.objects.annotate(of=path)
        return self.exclude(models.Exists(restrictions.filter(of__startswith=models.F("page__path"))))

    def published(self, *, at: dt.datetime | None = None) -> EntryQuerySet:
        """What anyone may read: live, public, in its time, neither withdrawn nor hidden."""
        now = at or timezone.now()
        return (
            self.live()
            .public()
            .filter(withdrawn_at=None, hidden_at=None)
            .exclude(expire_at__lte=now)
            .exclude(go_live_at__gt=now, first_published_at=None)
        )

    def readable_by(
        self, user: AbstractBaseUser | AnonymousUser | None, *, at: dt.datetime | None = None
    ) -> EntryQuerySet:
        """Published entries for everybody: drafts are read in the CMS, never on the site."""
        return self.published(at=at)

    def unreadable(self, *, at: dt.datetime | None = None) -> EntryQuerySet:
        """What nobody may read on the site now: what an index that lags behind must not show.

        Every search asks for it, so it looks at the few that have a reason, each by an index of its own, and at no others:
        a database that does not yet know how many entries there are would compare each with each.
        """
        return self.filter(pk__in=_with_a_reason(at or timezone.now()))

    def not_to_be_found(self, *, at: dt.datetime | None = None) -> EntryQuerySet:
        """What no search may show now: what nobody may read, and what an index may still quote a taken passage of."""
        return self.filter(pk__in=_with_a_reason(at or timezone.now(), _behind_in_the_index()))

    def named_by(self, field: str) -> models.Exists:
        """The condition that a row names one of these: asked of each row by its key, not of the whole library first."""
        return models.Exists(self.order_by().filter(pk=models.OuterRef(field)))

    def with_uids(self, uids: list[uuid.UUID] | list[str]) -> EntryQuerySet:
        """The entries of a list of public ids."""
        return self.filter(uid__in=uids)

    def in_section(self, slug: str) -> EntryQuerySet:
        """The case studies that stand under one lead organisation, or under one of the sections without a lead."""
        section = PlaceSection.objects.filter(slug=slug).first()
        return self.child_of(section) if section else self.none()


def _behind_in_the_index() -> models.QuerySet[Any]:
    """Keys of entries that showed a taken passage and whose latest change no index has been told of."""
    shown = TakenPassage.entries.through._default_manager.order_by()
    waiting = Change.objects.filter(done_at=None, topic=TOPIC, object_uid=models.OuterRef("entry__uid"))
    return shown.filter(models.Exists(waiting)).values("entry")


def _with_a_reason(now: dt.datetime, *more: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Keys of all that `published` leaves out: not live, over, not begun, hidden, withdrawn, restricted from above."""
    pages, entries = Page.objects.order_by().values("pk"), Entry.objects.order_by().values("pk")
    return pages.filter(live=False).union(
        pages.filter(expire_at__lte=now),
        pages.filter(first_published_at=None, go_live_at__gt=now),
        pages.filter(pk__in=RawSQL(_BELOW_RESTRICTED[connection.vendor], [])),  # noqa: S611
        entries.filter(hidden_at__isnull=False),
        entries.filter(withdrawn_at__isnull=False),
        *more,
    )


#: Django joins by equal keys alone; these join by the range of paths that an index knows, from the few restrictions.
_BELOW_RESTRICTED = {
    vendor: f"""
    SELECT below.id FROM wagtailcore_pageviewrestriction restriction
    JOIN wagtailcore_page top ON top.id = restriction.page_id
    JOIN wagtailcore_page below ON below.path {at_least} top.path AND below.path {below} (top.path || '~')
    """  # noqa: S608
    for vendor, at_least, below in (("sqlite", ">=", "<"), ("postgresql", "~>=~", "~<~"))
}


class Entry(AtomicPage, Page):
    """A practice model or a case study. Never made by itself."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    content_key = models.SlugField(max_length=150, unique=True, null=True, blank=True, editable=False)
    made_from = models.JSONField(default=list, blank=True, editable=False)
    other_names = ListOfLines(
        "other names",
        default=list,
        blank=True,
        help_text="Names it also goes by. Search treats them as the name.",
    )
    summary = models.TextField(help_text="One to three plain sentences: what it is and for whom.")
    origin = models.CharField(
        "who wrote this", max_length=10, choices=Origin.choices, default=Origin.COMPILED
    )
    licence = models.CharField(max_length=12, choices=Licence.choices, blank=True, default=Licence.CC_BY)
    country = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=State.choices, default=State.NOT_KNOWN)
    status_as_at = PartialDateField("status last reported")
    status_source = models.ForeignKey(
        "practice_library.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stop_reason = models.TextField("why it stopped", blank=True)
    start = PartialDateField("started")
    end = PartialDateField("ended")
    review_by = models.DateField("review by", null=True, blank=True)
    contact_role = models.CharField(
        "who to ask (role only)", max_length=200, blank=True, help_text="A role, never a name or an address."
    )
    materials = StreamField([("material", MaterialBlock())], blank=True, use_json_field=True)
    reach = StreamField([("reach", ReachBlock())], blank=True, use_json_field=True)
    updates = StreamField([("update", UpdateBlock())], blank=True, use_json_field=True)
    response = models.TextField(
        "response of the organisation",
        blank=True,
        help_text="What the organisation itself says about this entry. Editors do not change it.",
    )
    response_on = models.DateField("dated", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)

    keywords = ClusterTaggableManager(
        through=KeywordTag, blank=True, related_name="+", verbose_name="keywords"
    )
    # Closed vocabularies: edited as rows, so these only read.
    cohorts = ClusterTaggableManager(through=CohortRow, blank=True, related_name="+")
    conditions = ClusterTaggableManager(through=ConditionRow, blank=True, related_name="+")
    themes = ClusterTaggableManager(through=ThemeTag, blank=True, related_name="+")
    stages = ClusterTaggableManager(through=StageTag, blank=True, related_name="+")
    workforce = ClusterTaggableManager(through=WorkforceTag, blank=True, related_name="+")

    objects = PageManager.from_queryset(EntryQuerySet)()

    is_creatable = False
    base_form_class = EntryForm
    #: The slug of `type` in search and JSON.
    entry_type: ClassVar[str] = ""

    class Meta:
        verbose_name_plural = "entries"
        permissions: ClassVar = [("hide_entry", "Can hide an entry from readers")]
        indexes: ClassVar = [
            models.Index(fields=["start"], name="entry_start"),
            models.Index(
                fields=["hidden_at"], name="entry_hidden", condition=models.Q(hidden_at__isnull=False)
            ),
            models.Index(
                fields=["withdrawn_at"],
                name="entry_withdrawn",
                condition=models.Q(withdrawn_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(response="") | ~models.Q(response_on=None), name="response_is_dated"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Library entries keep the same public id on every machine."""
        if self.content_key and self._state.adding:
            self.uid = uid_of(self.content_key)
        return super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """A draft or an older revision never changes who an entry is, nor brings back what was taken out of sight."""
        entry = super().with_content_json(content)
        for field in ("uid", "content_key", "made_from", "withdrawn_at", "hidden_at"):
            setattr(entry, field, getattr(self, field))
        return entry

    def name_for_anybody(self) -> str:
        """What it is called where it is named to somebody who may not read it, as in the data that a person takes away."""
        shown = type(self)._default_manager.published().filter(pk=self.pk).exists()
        return str(self) if shown else "An entry that is not published"

    def guarded_entries(self) -> list[int]:
        """Itself."""
        return [self.pk]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page as it would be; the views stand above the models, so they are found when asked for."""
        from ..views.preview import entry_preview

        return entry_preview(request, self)

    def record_change(self) -> None:
        """Tell the outbox that what the public sees may have changed."""
        record_change(topic=TOPIC, uid=self.uid)


def uid_of(content_key: str) -> uuid.UUID:
    """The public id of a library entry, equal on every machine that loads it."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"practice-commons:entry:{content_key}")
