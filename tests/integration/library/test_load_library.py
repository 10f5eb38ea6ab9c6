"""`load_library`: all or nothing, idempotent, with file, line and reason for what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from website.outbox.models import Change

from practice_library.models import (
    CaseStudyPage,
    Entry,
    OutcomeRating,
    PracticeModelPage,
    Statement,
    Study,
    uid_of,
)

pytestmark = pytest.mark.django_db

MODEL = """\
key: small-units
type: model
title: Small units
kind: model
summary: Small teams that share cases.
made_from: ["model:small-units"]
sources: [src-a]
cohorts: [{term: Looked-after children}]
conditions: [{term: Leadership, role: enabler, source: src-a}]
statements: [{section: caution, text: Hard to copy., source: src-a}]
"""
PLACE = """\
key: im-small-units-hackney
type: case_study
title: Small units in Hackney
lead: hackney
summary: Hackney tried it.
made_from: ["implementation:im-small-units-hackney"]
sources: [src-a]
models: [small-units]
partners: [A charity, Camden]
status: {state: running, as_at: "2016-03"}
claims: [{outcome: Quality of practice, statement: Good., direction: favourable, claimed_by: author, first_hand: true, source: src-a}]
"""
STUDY = """\
key: st-units
title: Trial of small units
design: randomised-trial
country: England
implementation_only: false
sources: [src-a]
entries: [small-units, im-small-units-hackney]
findings:
- {key: st-units-1, outcome: Entry to care, statement: Fewer., direction: favourable, claimed_by: evaluator, compared: true, source: src-a}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small content folder of one model, one place and one study."""
    files = {
        "vocabularies/cohorts.yaml": "- {name: Looked-after children, synonyms: [children in care]}\n",
        "vocabularies/conditions.yaml": "- {name: Leadership, level: leadership}\n",
        "vocabularies/outcomes.yaml": "- {name: Entry to care}\n- {name: Quality of practice}\n",
        "sources/a.yaml": "- {key: src-a, title: A report, year: 2016}\n",
        "models/small-units.yaml": MODEL,
        "case-studies/hackney/small-units.yaml": PLACE,
        "studies/st-units.yaml": STUDY,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def edit(content: Path, name: str, old: str, new: str) -> None:
    path = content / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def refused(content: Path, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_library", content)
    return capsys.readouterr().err


def test_entries_get_their_rows_addresses_and_ratings(content: Path) -> None:
    call_command("load_library", content)
    place = CaseStudyPage.objects.get(content_key="im-small-units-hackney")
    assert place.url_path.endswith("/practice/hackney/small-units/")
    assert place.uid == uid_of("im-small-units-hackney")
    assert [row.model.title for row in place.models_used.all()] == ["Small units"]
    assert [(p.name, p.organisation and p.organisation.slug) for p in place.partners.all()] == [
        ("A charity", None),
        ("Camden", "camden"),
    ]
    ratings = OutcomeRating.objects.current().filter(entry=place).order_by("position")
    assert [(r.outcome.name, r.strength, r.direction) for r in ratings] == [
        ("Entry to care", 4, "favourable"),
        ("Quality of practice", 1, "favourable"),
    ]
    assert not any(Page.find_problems())


def test_loading_again_changes_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_library", content)
    changes, ratings = Change.objects.count(), OutcomeRating.objects.count()
    capsys.readouterr()
    call_command("load_library", content)
    assert "entry: 0 created, 0 updated, 2 unchanged" in capsys.readouterr().out
    assert (Change.objects.count(), OutcomeRating.objects.count()) == (changes, ratings)


def test_a_changed_file_replaces_rows_and_tells_the_outbox(content: Path) -> None:
    call_command("load_library", content)
    before = Change.objects.count()
    edit(content, "models/small-units.yaml", "Hard to copy.", "Very hard to copy.")
    call_command("load_library", content)
    assert [s.text for s in Statement.objects.filter(entry__content_key="small-units")] == [
        "Very hard to copy."
    ]
    assert Change.objects.count() == before + 1


def test_a_lost_fact_lowers_the_rating_and_keeps_the_old_one_as_history(content: Path) -> None:
    call_command("load_library", content)
    edit(content, "studies/st-units.yaml", ", compared: true", "")
    call_command("load_library", content)
    model = PracticeModelPage.objects.get(content_key="small-units")
    assert [r.strength for r in OutcomeRating.objects.current().filter(entry=model)] == [2]
    assert OutcomeRating.objects.filter(entry=model).exclude(superseded_at=None).get().strength == 4


def test_what_an_editor_changed_is_kept(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_library", content)
    page = PracticeModelPage.objects.get()
    page.summary = "Edited in the CMS."
    page.save_revision().publish()
    edit(content, "models/small-units.yaml", "Small teams that share cases.", "From the file.")
    call_command("load_library", content)
    assert PracticeModelPage.objects.get().summary == "Edited in the CMS."
    assert "entry small-units: edited in the CMS since it was loaded, kept" in capsys.readouterr().out
    call_command("load_library", content, overwrite=True)
    assert PracticeModelPage.objects.get().summary == "From the file."


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("models/small-units.yaml", "term: Leadership", "term: Leaders", "models/small-units.yaml:9: “Leaders” is not a known condition."),
        ("models/small-units.yaml", "kind: model", "kind: idea", "models/small-units.yaml:4: “idea” is not a known kind"),
        ("models/small-units.yaml", "sources: [src-a]", "sources: [src-b]", "models/small-units.yaml:7: “src-b” is not a known source."),
        ("models/small-units.yaml", "kind: model", "kind: model\nsumary: x", "models/small-units.yaml:5: “sumary” is not a key that can stand here."),
        ("models/small-units.yaml", "summary:", "title: Twice\nsummary:", "models/small-units.yaml:5: “title” stands here twice."),
        ("models/small-units.yaml", "[{term: Looked-after children}]", "[{term: Looked-after children", "models/small-units.yaml:9: This is not YAML"),
        ("case-studies/hackney/small-units.yaml", "lead: hackney", "lead: atlantis", "small-units.yaml:4: “atlantis” is not a known authority"),
        ("case-studies/hackney/small-units.yaml", '"2016-03"', '"2016-13"', "small-units.yaml:10: “2016-13”: 2016-13 is not a date."),
        ("case-studies/hackney/small-units.yaml", "[small-units]", "[big-units]", "“big-units” is not an entry of this library."),
        ("studies/st-units.yaml", "compared: true", "compared: perhaps", "st-units.yaml:9: “compared” should be true or false"),
        ("studies/st-units.yaml", "[small-units, ", "[nobody, ", "“nobody” is not an entry of this library."),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_file_line_and_reason(
    content: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, reason: str
) -> None:
    edit(content, name, old, new)
    assert reason in refused(content, capsys)
    assert not Entry.objects.exists()


def test_one_bad_file_leaves_an_earlier_load_as_it_was(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_library", content)
    edit(content, "models/small-units.yaml", "Hard to copy.", "Changed.")
    edit(content, "studies/st-units.yaml", "design: randomised-trial", "design: guess")
    refused(content, capsys)
    assert Statement.objects.get(entry__content_key="small-units").text == "Hard to copy."
    assert Study.objects.get().design == "randomised-trial"


def test_the_report_counts_statements_and_their_sources(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_library", content)
    capsys.readouterr()
    call_command("load_library", report=True)
    out = capsys.readouterr().out
    assert "im-small-units-hackney\tcase_study\tHackney\t3 statements: 2 with a source of their own" in out
    assert "0 statements without a source" in out


def test_a_study_of_several_places_rates_the_model_and_none_of_the_places(content: Path) -> None:
    (content / "case-studies/camden").mkdir()
    (content / "case-studies/camden/small-units.yaml").write_text(
        PLACE.replace("hackney", "camden").replace("Hackney", "Camden").split("claims:")[0]
    )
    edit(
        content,
        "studies/st-units.yaml",
        "im-small-units-hackney]",
        "im-small-units-hackney, im-small-units-camden]",
    )
    call_command("load_library", content)
    rated = {
        r.entry.content_key: r.strength
        for r in OutcomeRating.objects.current().filter(outcome__name="Entry to care").select_related("entry")
    }
    assert rated == {"small-units": 4}
