"""The committed content: one entry a model or place, every statement with a source, every row used once."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "practice_library/content"
DATA = ROOT.parent / "shared/data"
Row = dict[str, Any]


@cache
def _load(pattern: str) -> dict[str, Any]:
    """Files of the content folder by their path within it."""
    files = sorted(CONTENT.glob(pattern))
    assert files, f"no content at {pattern}"
    return {
        str(path.relative_to(CONTENT)): yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for path in files
    }


def _entries() -> dict[str, Row]:
    return _load("models/*.yaml") | _load("case-studies/*/*.yaml")


def _by_key() -> dict[str, Row]:
    return {entry["key"]: entry for entry in _entries().values()}


def _sources() -> set[str]:
    return {row["key"] for rows in _load("sources/*.yaml").values() for row in rows}


def _cited(row: Row) -> list[str]:
    return row.get("sources") or ([row["source"]] if row.get("source") else [])


def _sourced_rows(entry: Row) -> list[Row]:
    return [row for name in ("statements", "conditions", "costs", "claims") for row in entry.get(name, [])]


def _made_from() -> Counter[str]:
    rows = [*_entries().values(), *_load("questions/*.yaml").values()]
    return Counter(ref for row in rows for ref in row.get("made_from", []))


def _entry_of(ref: str) -> Row:
    found = [entry for entry in _entries().values() if ref in entry["made_from"]]
    assert len(found) == 1, f"{ref} is in {len(found)} entries"
    return found[0]


def test_about_a_thousand_entries_each_with_what_it_was_made_from():
    assert 950 <= len(_entries()) <= 1050
    assert all(entry["made_from"] and entry["summary"] for entry in _entries().values())


def test_keys_and_addresses_are_unique():
    entries = list(_entries().values())
    assert [key for key, times in Counter(entry["key"] for entry in entries).items() if times > 1] == []
    for path, entry in _entries().items():
        folder = path.split("/")
        assert entry["type"] == ("model" if folder[0] == "models" else "case_study"), path
        assert folder[0] == "models" or entry["lead"] == folder[1], path
    studies = [row["key"] for row in _load("studies/*.yaml").values()]
    findings = [f["key"] for row in _load("studies/*.yaml").values() for f in row.get("findings", [])]
    sources = [row["key"] for rows in _load("sources/*.yaml").values() for row in rows]
    for keys in (studies, findings, sources):
        assert len(keys) == len(set(keys))


def test_every_statement_has_a_source_and_every_source_is_known():
    sources = _sources()
    for path, entry in _entries().items():
        for row in _sourced_rows(entry):
            assert _cited(row), f"{path}: without a source: {row}"
            assert set(_cited(row)) <= sources, f"{path}: unknown source in {row}"
            assert set(_cited(row)) <= set(entry["sources"]), f"{path}: source not listed: {row}"
        assert set(entry["sources"]) <= sources, path
    for path, study in _load("studies/*.yaml").items():
        for row in [study, *study.get("findings", [])]:
            assert _cited(row), path
            assert set(_cited(row)) <= sources, path
    for path, question in _load("questions/*.yaml").items():
        said = [
            row
            for side in ("for", "against", "who_tests", "who_would_join")
            for row in question.get(side, [])
        ]
        assert said, path
        assert all(row["source"] in sources for row in said), path


def test_terms_are_those_of_the_vocabularies():
    terms = {
        path.split("/")[1].removesuffix(".yaml"): {row["name"] for row in rows}
        for path, rows in _load("vocabularies/*.yaml").items()
        if not path.endswith("synonyms.yaml")
    }
    for path, entry in _entries().items():
        assert {row["term"] for row in entry.get("cohorts", [])} <= terms["cohorts"], path
        assert {row["term"] for row in entry.get("conditions", [])} <= terms["conditions"], path
        assert {row["outcome"] for row in entry.get("claims", [])} <= terms["outcomes"], path
        for vocabulary in ("stages", "themes", "workforce"):
            assert set(entry.get(vocabulary, [])) <= terms[vocabulary], path
    for path, study in _load("studies/*.yaml").items():
        assert {row["outcome"] for row in study.get("findings", [])} <= terms["outcomes"], path
    for path, rows in _load("vocabularies/*.yaml").items():
        if not path.endswith("synonyms.yaml"):
            names = {row["name"] for row in rows}
            assert {row["broader"] for row in rows if "broader" in row} <= names, path


def test_poverty_is_never_a_proxy_for_need():
    vocabularies = _load("vocabularies/*.yaml")
    for name, term in (
        ("cohorts", "Disadvantaged and low-income families"),
        ("conditions", "Poverty and welfare reform"),
    ):
        note = next(
            row["scope_note"] for row in vocabularies[f"vocabularies/{name}.yaml"] if row["name"] == term
        )
        assert "never a proxy for need" in note


def test_references_between_entries_resolve():
    entries = _by_key()
    models = {key for key, entry in entries.items() if entry["type"] == "model"}
    for path, entry in _entries().items():
        assert set(entry.get("models", [])) <= models, path
        for row in entry.get("related", []):
            assert row["entry"] in entries, path
        for row in entry.get("confused_with", []):
            assert row.get("entry", entry["key"]) in entries, path
    for path, study in _load("studies/*.yaml").items():
        assert set(study.get("entries", [])) <= set(entries), path
    for path, question in _load("questions/*.yaml").items():
        assert set(question.get("about", [])) <= set(entries), path


def test_every_row_of_the_data_is_in_exactly_one_entry():
    """The identifiers stand in the files; the data folder, where it is there, says which are expected."""
    used = _made_from()
    assert [ref for ref, times in used.items() if times > 1] == []
    kinds = Counter(ref.split(":")[0] for ref in used)
    assert kinds == {"seed": 124, "model": 134, "implementation": 765}


def test_the_data_folder_holds_the_same_rows():
    if not DATA.is_dir():
        pytest.skip("the data folder ../shared/data is not on this machine")
    seeds = json.loads((DATA / "seed/practices.json").read_text(encoding="utf-8"))
    expected = {f"seed:{record['name']}" for record in seeds}
    for path in (DATA / "evidence").glob("*.json"):
        rows = json.loads(path.read_text(encoding="utf-8"))
        expected |= {f"model:{row['id']}" for row in rows["models"]}
        expected |= {f"implementation:{row['id']}" for row in rows["implementations"]}
    assert set(_made_from()) == expected


SAME = [
    ("seed:Reclaiming Social Work", "model:reclaiming-social-work"),
    ("seed:Signs of Safety", "model:signs-of-safety"),
    ("seed:Restorative practice", "model:restorative-practice"),
    ("seed:Family Group Conferencing", "model:family-group-conferencing"),
    ("seed:Project Crewe", "model:project-crewe"),
    ("seed:West London Zone", "model:west-london-zone"),
    ("seed:Frontline", "model:frontline-programme"),
    ("seed:Step Up to Social Work", "model:step-up-to-social-work"),
    ("seed:Teaching partnerships", "model:teaching-partnerships"),
    ("seed:Troubled Families Programme", "model:troubled-families"),
    ("seed:Safe Families", "model:safe-families"),
    ("seed:Multi-Agency Safeguarding Hub (MASH)", "model:mash"),
    ("seed:Children's Social Care Innovation Programme", "model:innovation-programme"),
    ("seed:Family Nurse Partnership", "model:family-nurse-partnership"),
    ("seed:Predictive modelling of future need", "model:predictive-modelling"),
    ("seed:Reaching parents through universal settings and home visits", "model:universal-parenting-reach"),
    ("seed:Children's services trusts", "model:childrens-trusts"),
    ("seed:Personal budgets for disabled children", "model:individual-budgets-disabled-children"),
    ("seed:Loan of staff and advice between authorities", "model:staff-loans-secondments"),
    ("seed:The Deal (Wigan)", "model:deal-for-children"),
    ("seed:Deal for Children and Young People (Wigan)", "implementation:im-deal-wigan"),
    ("seed:Start Well (Wigan)", "implementation:im-fh-wigan"),
    ("seed:Family Hubs (Wigan)", "implementation:im-fh-wigan"),
    ("seed:Complex adolescent mental health project (Wigan)", "implementation:im-ipp-wigan-share"),
    (
        "seed:Child Sexual Exploitation Innovation project (Greater Manchester partnership)",
        "implementation:im-act-wigan",
    ),
    ("implementation:im-trust-afc-richmond", "implementation:im-trust-afc-kingston"),
    ("seed:Thrive (East Sussex)", "implementation:im-thrive-east-sussex"),
    ("model:thrive-east-sussex", "implementation:im-thrive-east-sussex"),
    ("seed:Bradford child sexual exploitation hub", "implementation:im-hn-cse-bradford"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_the_same_is_one_entry_with_the_words_of_both(one: str, other: str):
    entry = _entry_of(one)
    assert other in entry["made_from"]
    if one.startswith("seed:"):
        documents = {key for key in entry["sources"] if key.startswith("seed-doc-")}
        assert documents
        assert set(entry["sources"]) - documents


APART = [
    ("seed:Motivational Interviewing", "model:motivational-interviewing-training"),
    ("seed:Universal offers to support parental relationships", "model:reducing-parental-conflict"),
    ("seed:Youth Cooperatives", "model:youth-cooperatives"),
    ("model:troubled-families", "model:supporting-families"),
    ("seed:Thrive (East Sussex)", "model:ithrive"),
    ("seed:Circles", "model:circles-of-support"),
    ("model:safe-families", "model:family-safeguarding"),
    ("seed:Munro systems approach (Leicestershire)", "model:reclaiming-social-work"),
    ("seed:Munro systems approach (Leicestershire)", "model:systemic-practice"),
    ("model:family-hubs", "model:mash"),
    ("model:step-change", "seed:Step-down towards independence"),
    ("model:sure-start", "model:better-start"),
    (
        "seed:Children's centres refocused on disadvantaged families (East Sussex)",
        "implementation:im-cc-east-sussex",
    ),
    ("seed:Camden resilience vision", "implementation:im-sys-camden"),
    ("seed:Leeds child-friendly city", "implementation:im-fv-leeds"),
    ("implementation:im-mst-haringey", "implementation:im-pfp-haringey"),
    ("implementation:im-fh-medway", "implementation:im-cc-medway"),
    ("implementation:im-sf-islington", "implementation:im-wf-islington"),
    ("implementation:im-fv-leeds", "implementation:im-res-leeds"),
    ("implementation:im-fdac-coventry", "implementation:im-fdac-early-coventry"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_alike_stays_apart_and_says_so(one: str, other: str):
    first, second = _entry_of(one), _entry_of(other)
    assert first["key"] != second["key"]
    linked = {row.get("entry") for row in [*first.get("related", []), *first.get("confused_with", [])]}
    linked_back = {row.get("entry") for row in [*second.get("related", []), *second.get("confused_with", [])]}
    assert second["key"] in linked or first["key"] in linked_back


@pytest.mark.parametrize(
    ("ref", "lead", "model"),
    [
        ("seed:Intensive post-proceedings work (East Sussex)", "east-sussex", "post-proceedings-support"),
        ("seed:Family Functional Therapy (Tower Hamlets)", "tower-hamlets", "functional-family-therapy"),
        ("implementation:im-rsw-hackney", "hackney", "reclaiming-social-work"),
        ("implementation:im-crewe-cheshire-east", "cheshire-east", "project-crewe"),
        ("implementation:im-hn-prebirth-wirral", "wirral", "pre-birth-pathways"),
        ("implementation:im-fgc-trial-northamptonshire", "northamptonshire", "family-group-conferencing"),
    ],
)
def test_places_stand_under_who_leads_them_and_name_their_model(ref: str, lead: str, model: str):
    entry = _entry_of(ref)
    assert entry["lead"] == lead
    assert model in entry["models"]


def test_look_alike_places_are_never_mixed_up():
    for ref in _made_from():
        if ref.startswith("implementation:") and ref.endswith("-warwickshire"):
            assert _entry_of(ref)["lead"] == "warwickshire"
        if ref.startswith("implementation:") and ref.endswith("-warrington"):
            assert _entry_of(ref)["lead"] == "warrington"
        if ref in ("implementation:im-ipp-cwac-edge", "implementation:im-fnp-cheshire-west"):
            assert _entry_of(ref)["lead"] == "cheshire-west-and-chester"


def test_the_hub_model_keeps_places_that_disagree():
    said = [row for row in _by_key()["mash"]["conditions"] if row["term"] == "Police engagement"]
    assert {row["role"] for row in said} == {"enabler", "barrier"}


def test_local_approaches_are_case_studies_without_a_model_of_their_own():
    for ref in ("model:thrive-east-sussex", "model:brighter-futures-ealing", "model:hope-surrey"):
        entry = _entry_of(ref)
        assert entry["type"] == "case_study"
        assert ref.removeprefix("model:") not in entry.get("models", [])


def test_nothing_runs_today_on_an_old_source():
    years = {row["key"]: row.get("year") for rows in _load("sources/*.yaml").values() for row in rows}
    for path, entry in _entries().items():
        status = entry.get("status", {})
        if status.get("state") in ("running", "scaled", "testing"):
            assert status["as_at"], path
            assert years[status["source"]] is None or int(status["as_at"][:4]) <= years[status["source"]], (
                path
            )


def test_claims_carry_no_level_and_forecasts_no_result():
    claims = [claim for entry in _entries().values() for claim in entry.get("claims", [])]
    assert claims
    for claim in claims:
        assert "level" not in claim
        assert "strength" not in claim
        assert not claim.get("forecast") or claim["direction"] == "not-known"


def test_how_it_is_meant_to_work_is_marked_as_the_editors_reading():
    for path, entry in _entries().items():
        for row in entry.get("statements", []):
            if row["section"] in ("how_it_works", "must_keep"):
                assert row["editors_reading"] is True, path


def test_pounds_are_parsed_only_for_one_child_or_family():
    costs = [cost for entry in _entries().values() for cost in entry.get("costs", [])]
    parsed = [cost for cost in costs if "pounds" in cost]
    assert parsed
    assert all(cost["per"] in ("child", "family") and cost["as_printed"].startswith("£") for cost in parsed)


def test_the_words_of_the_workshop_do_not_reach_readers():
    for path, entry in _entries().items():
        for row in entry.get("statements", []):
            assert " seed" not in row["text"].lower(), f"{path}: {row['text']}"
