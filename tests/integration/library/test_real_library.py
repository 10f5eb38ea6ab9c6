"""The library that ships: it loads whole, every statement has a source, and its ratings read as a sensible reader expects."""

from __future__ import annotations

import io
import re
import tempfile
from html import unescape
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import TestCase, override_settings
from wagtail.models import Page

from practice_library.models import (
    CaseStudyPage,
    Claim,
    Entry,
    Finding,
    OpenQuestion,
    OutcomeRating,
    PracticeModelPage,
    Study,
)
from practice_library.reporting import entry_lines
from tests.relevance import metrics
from tests.relevance.judged import questions
from tests.relevance.stage import engine_at
from tests.relevance.systems import systems

#: nDCG@10 of words on the tuning half was 0.554 on 25 November 2026. A guard against getting worse, not a claim.
FLOOR = 0.52

MOST_BYTES = 60_000


class RealLibrary(TestCase):
    """Loaded once for all tests of this class."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_library", stdout=io.StringIO())

    def rating(self, entry: str, outcome: str) -> OutcomeRating:
        return OutcomeRating.objects.current().get(entry__content_key=entry, outcome__name=outcome)

    def results(self, entry: str, outcome: str) -> dict[str, Any]:
        """Strength, direction and harm flag of the row, of England and overall."""
        rating = self.rating(entry, outcome)
        named = {"row": (rating.strength, rating.direction, rating.harm_flag)}
        for where in ("england", "overall"):
            facts = rating.detail[where]
            named[where] = facts and (facts["strength"], facts["direction"], facts["harm_flag"])
        return named

    def test_about_a_thousand_entries_in_a_valid_tree(self) -> None:
        assert 950 <= Entry.objects.published().count() <= 1050
        assert PracticeModelPage.objects.count() >= 150
        assert CaseStudyPage.objects.count() >= 780
        assert Study.objects.published().count() == 387
        assert OpenQuestion.objects.count() >= 15
        assert not any(Page.find_problems())

    def test_the_planner_knows_at_once_how_many_entries_there_are(self) -> None:
        """Else a search took minutes until PostgreSQL had counted by itself."""
        if connection.vendor != "postgresql":
            self.skipTest("SQLite plans by its indices alone")
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'practice_library_entry'")
            assert cursor.fetchone()[0] >= 950

    def test_no_statement_is_without_a_source(self) -> None:
        lines = list(entry_lines())
        assert len(lines) == Entry.objects.count()
        assert [line.key for line in lines if line.without_source] == []

    def test_every_entry_is_rated_and_has_one_headline(self) -> None:
        rated = OutcomeRating.objects.current()
        headlines = rated.filter(is_headline=True).values_list("entry_id", flat=True)
        assert sorted(headlines) == sorted(Entry.objects.values_list("pk", flat=True))

    def test_loading_again_changes_nothing(self) -> None:
        out = io.StringIO()
        call_command("load_library", stdout=out)
        for line in out.getvalue().splitlines():
            if " created, " in line:
                assert ": 0 created, 0 updated, " in line, line

    def test_claims_without_a_study_never_pass_level_2(self) -> None:
        with_studies = set(Study.objects.values_list("entry_rows__entry_id", flat=True))
        only_claims = set(Claim.objects.values_list("entry_id", flat=True)) - with_studies
        assert only_claims
        strong = OutcomeRating.objects.current().filter(entry_id__in=only_claims, strength__gt=2)
        assert list(strong) == []

    def test_a_place_of_a_study_of_several_places_has_no_result_of_its_own(self) -> None:
        wakefield = CaseStudyPage.objects.get(content_key="wakefield-signs-of-safety")
        assert Study.objects.get(key="st-sos-2017").entry_rows.filter(entry=wakefield).exists()
        assert [r.strength for r in OutcomeRating.objects.current().filter(entry=wakefield)] == [0]

    def test_family_group_conferencing_before_proceedings(self) -> None:
        found = self.results("family-group-conferencing", "Entry to care and numbers looked after")
        assert found["england"] == (4, "favourable", False)
        assert found["overall"][1:] == ("mixed", True)

    def test_project_crewe_cases_closed(self) -> None:
        assert self.results("project-crewe", "Demand on services")["row"] == (4, "inconclusive", False)

    def test_signs_of_safety(self) -> None:
        for outcome in ("Entry to care and numbers looked after", "Escalation to child protection"):
            assert self.results("signs-of-safety", outcome)["row"] == (4, "inconclusive", False)
        kin = self.rating("signs-of-safety", "Placement stability and permanence")
        assert (kin.strength, kin.direction, kin.harm_flag, kin.is_headline) == (4, "adverse", True, True)

    def test_social_workers_in_schools(self) -> None:
        found = self.results("social-workers-in-schools", "Escalation to child protection")
        assert found["row"] == (4, "no-effect", False)

    def test_family_nurse_partnership_in_england(self) -> None:
        entry = "family-nurse-partnership"
        assert self.results(entry, "Children's wellbeing and mental health")["england"] == (
            4,
            "no-effect",
            False,
        )
        assert self.results(entry, "School readiness and learning")["england"] == (4, "favourable", False)
        assert self.results(entry, "Child safety and exploitation")["england"] == (4, "inconclusive", True)

    def test_a_trial_whose_offences_rose_without_a_reported_test(self) -> None:
        found = self.results("multisystemic-therapy", "Youth crime and anti-social behaviour")
        assert found["row"][1:] == ("mixed", True)

    def test_the_first_page_of_every_model_is_light_and_the_whole_is_one_link_away(self) -> None:
        heavy = {}
        for model in PracticeModelPage.objects.all():
            page = self.client.get(f"/practice/models/{model.slug}/")
            assert page.status_code == 200
            if len(page.content) >= MOST_BYTES:
                heavy[model.slug] = len(page.content)
        assert heavy == {}

    def test_what_the_first_page_shortens_stands_whole_on_the_page_of_its_part(self) -> None:
        address = "/practice/models/signs-of-safety/"
        first, whole = (
            unescape(self.client.get(url).content.decode()) for url in (address, f"{address}?part=found")
        )
        assert 'href="?part=found"' in first
        told = Finding.objects.filter(study__entry_rows__entry__slug="signs-of-safety")
        assert len(told) > 20
        assert [each.statement for each in told if each.statement not in whole] == []
        for harm in told.exclude(harm=""):
            assert harm.statement in first
        anchors = set(re.findall(r'id="((?:result|in-place|study)-[^"]+)"', whole))
        assert anchors == set(re.findall(r'id="((?:result|in-place|study)-[^"]+)"', first))
        for link in re.findall(r'href="\?part=found#([^"]+)"', first):
            assert f'id="{link}"' in whole
        for page in (first, whole):
            numbers = set(re.findall(r'href="#source-(\d+)"', page))
            assert numbers
            assert numbers <= set(re.findall(r'id="source-(\d+)"', page))

    def test_mash_is_one_model_whose_places_disagree(self) -> None:
        mash = PracticeModelPage.objects.get(content_key="mash")
        assert mash.places.count() > 5
        assert "seed:Multi-Agency Safeguarding Hub (MASH)" in mash.made_from

    def test_search_answers_the_tuning_questions_no_worse_than_it_did(self) -> None:
        words = next(system.rank for system in systems() if system.name == "words")
        assert words is not None
        keys = {str(uid): key for uid, key in Entry.objects.values_list("uid", "content_key")}
        with (
            tempfile.TemporaryDirectory() as folder,
            override_settings(SEARCH_INDEX_DIR=folder),
            engine_at(""),
        ):
            scores = [
                metrics.ndcg([keys[uid] for uid in words(question.words)], question.grades)
                for question in questions("tune")
            ]
        assert metrics.mean(scores) > FLOOR
