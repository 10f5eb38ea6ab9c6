"""What of the library nobody reads on the site: entries out of sight in every way with all that hangs on them, drafts of
what can be read, studies that do not count yet, and what the CMS keeps about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, PageLogEntry, PageViewRestriction
from website.accounts.models import User

from practice_library.models import (
    CaseStudyPage,
    Entry,
    Keyword,
    KeywordTag,
    KindredPair,
    OpenQuestion,
    PracticeModelPage,
    QuestionEntry,
    Source,
    Study,
)
from search.models import Demand
from tests.factories.entries import Written, case_study, practice_model
from tests.factories.places import AuthorityFactory
from tests.factories.studies import finding_of, study_of
from tests.factories.vocabularies import condition
from tests.integration.search.test_visibility import WAYS, hide, make_parent_private, unpublish
from tests.security.canary_words import Canaries

#: Hidden things of South; access.md: a draft is read by moderators and editors, and in the CMS.
KEPT = "D E"
#: Drafts of North also by its own people; what is not in review by no reviewer.
KEPT_BY_NORTH = "A S O D E"


class Library:
    """An open model with two places and an open question, and beside them what is not for readers."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self.hidden: list[tuple[Callable[[Entry], None], Entry]] = []
        for name, region in (("North", "north-west"), ("South", "south-west"), ("East", "east-of-england")):
            AuthorityFactory(name=name, slug=name.lower(), region=region)
        condition("Trust")
        self.model = (
            practice_model("Harbour pods", summary="Practitioners hold cases in pods.")
            .with_cohort("Adolescents").with_condition("Trust").with_outcome("Entry to care")
        )  # fmt: skip
        self.place = (
            case_study("Harbour pods in North", lead="north")
            .running(self.model).with_cohort("Adolescents").with_condition("Trust").with_claim("Wellbeing")
        )  # fmt: skip
        self.other = case_study("Night court", lead="south").with_claim("Wellbeing")
        self.question = OpenQuestion.objects.create(title="Do pods last?", slug="do-pods-last")
        QuestionEntry.objects.create(question=self.question, entry=self.model.page, sort_order=0)

    def add_what_is_hidden(self) -> None:
        """All of it, still to be seen: `conceal` takes it out of sight."""
        for number, way in enumerate(WAYS):
            lead = "east" if way is make_parent_private else "south"
            self._entry(way, lead, number)
        for number, way in enumerate((hide, unpublish)):
            self._model(way, number)

    def conceal(self) -> None:
        """Each entry in its way; the study is no longer published."""
        for way, entry in self.hidden:
            way(entry)
        Study.objects.filter(key="st-draft").update(live=False)

    def reveal(self) -> None:
        """As if all of it were published: what an index that lags behind still holds."""
        PageViewRestriction.objects.all().delete()
        Entry.objects.filter(pk__in=[entry.pk for _, entry in self.hidden]).update(
            live=True,
            first_published_at=timezone.now() - dt.timedelta(days=30),
            withdrawn_at=None,
            hidden_at=None,
            expire_at=None,
            go_live_at=None,
        )

    def _entry(self, way: Callable[[Entry], None], lead: str, number: int) -> None:
        def word(row: str) -> str:
            return self.canaries.add(f"entry, {way.__name__}: {row}", KEPT, in_cms=True)

        title, file = word("title"), word("file")
        document = Document.objects.create(title=file, file=ContentFile(file.encode(), name=f"{file}.pdf"))
        material = {
            "title": word("material"),
            "kind": "protocol",
            "address": "",
            "document": document,
            "licence": "",
        }
        written = (
            case_study(
                f"Pods of {title}",
                lead=lead,
                slug=title,
                summary=f"Pods of {word('summary')} in teams.",
                other_names=[word("other name")],
                variant=word("variant"),
                contact_role=word("contact"),
                response=word("response"),
                response_on=dt.date(2021, 1, 1),
                status="stopped",
                stop_reason=word("why it stopped"),
                materials=[("material", material)],
                reach=[("reach", {"group": word("reach"), "eligible": 900})],
                updates=[("update", {"date": dt.date(2020, 5, 1), "text": word("update"), "source": ""})],
            )
            .running(self.model)
            .with_partner(word("partner"))
            .with_cohort("Adolescents", threshold=word("threshold"))
            .with_condition("Trust", note=word("condition"), without_it=word("without it"))
            .with_cost(word("cost"))
            .with_claim("Wellbeing", statement=word("claim"))
            .with_statement(word("statement"))
            .related_to(self.place, note=word("note of a link"))
            .with_source(f"src-{way.__name__}", title=word("source"))
        )
        finding_of(
            study_of(written.page, key=f"st-{way.__name__}", title=word("study")),
            "Entry to care",
            statement=word("finding"),
            harm=word("harm"),
        )
        self._hang_on(written, word("keyword"), number)
        self.hidden.append((way, written.page))

    def _model(self, way: Callable[[Entry], None], number: int) -> None:
        def word(row: str) -> str:
            return self.canaries.add(f"model, {way.__name__}: {row}", KEPT, in_cms=True)

        title = word("title")
        model = practice_model(
            f"{title} model", slug=title, summary=word("summary"), other_names=[word("other name")]
        ).with_statement(word("statement"), section="must_keep")
        self.other.running(model)
        study_of(model.page, key=f"st-model-{number}")
        self._hang_on(model, word("keyword"), 20 + number)
        self.hidden.append((way, model.page))

    def _hang_on(self, written: Written, keyword: str, number: int) -> None:
        """What of the open library names it."""
        term = Keyword.objects.create(name=keyword, slug=keyword)
        KeywordTag.objects.create(content_object_id=written.pk, tag=term)
        self.model.related_to(written)
        QuestionEntry.objects.create(question=self.question, entry=written.page, sort_order=1 + number)
        if isinstance(written.page, CaseStudyPage):
            self._pair(self.model.page, written.page, "new", "pods")

    def _pair(self, one: Entry, other: Entry, state: str, phrase: str) -> KindredPair:
        left, right = sorted((one, other), key=lambda entry: entry.pk)
        return KindredPair.objects.create(
            left_id=left.pk,
            right_id=right.pk,
            relation="same-idea",
            state=state,
            score=0.9,
            reasons={"phrases": [phrase], "terms": []},
            found_at=timezone.now(),
        )

    def add_drafts_of_the_open(self, editor: User) -> None:
        """Drafts and notes about entries that anybody reads, and studies of these and hidden ones together."""

        def word(what: str, may: str = KEPT) -> str:
            return self.canaries.add(what, may, in_cms=True)

        study_of(self.model.page, *(entry for _, entry in self.hidden), key="st-of-all")
        draft = study_of(self.place.page, key="st-draft", title=word("draft study: title"))
        finding_of(draft, "Entry to care", statement=word("draft study: finding"))
        page = self.place.page
        page.summary = word("revision of an open entry: summary", KEPT_BY_NORTH)
        page.draft_title = page.title = word("revision of an open entry: title", KEPT_BY_NORTH)
        page.save_revision(user=editor)
        Comment.objects.create(
            page_id=self.place.pk, user=editor, contentpath="summary", text=word("comment", KEPT_BY_NORTH)
        )
        PageLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(CaseStudyPage),
            label=page.title,
            action="practice_library.hidden",
            page_id=self.place.pk,
            timestamp=timezone.now(),
            user=editor,
            data={"reason": word("reason for hiding")},
        )
        self._pair(self.model.page, self.other.page, "dismissed", word("dismissed pair"))
        title = word("document")
        Document.objects.create(title=title, file=ContentFile(b"%PDF", name=f"{title}.pdf"))
        title = word("picture")
        Image.objects.create(title=title, file=get_test_image_file(filename=f"{title}.png"))
        Source.objects.create(key="src-unused", title=word("source of nothing yet"))
        Demand.objects.create(week=dt.date(2026, 1, 5), query=word("search that found nothing", ""), times=1)

    @property
    def entries(self) -> list[Entry]:
        """Open and hidden ones."""
        return [self.model.page, self.place.page, self.other.page, *(entry for _, entry in self.hidden)]

    @property
    def models(self) -> list[PracticeModelPage]:
        return [entry for entry in self.entries if isinstance(entry, PracticeModelPage)]
