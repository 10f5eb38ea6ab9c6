"""Indicators and judgements: the full official files where they are at hand, and files with every kind of fault."""

from __future__ import annotations

import io
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from website.places.cautions import cautions
from website.places.choices import Caution
from website.places.importers.indicators import read_indicator_file
from website.places.importers.judgements import read_judgement_file
from website.places.models import Indicator, IndicatorValue, Judgement
from website.places.services.indicators import import_indicators
from website.places.services.judgements import import_judgements

from tests.factories.places import AuthorityFactory

DATA = Path(os.environ.get("SHARED_DATA", settings.BASE_DIR.parent / "shared" / "data")) / "reference"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(),
    reason="the data folder ../shared/data is not on this machine (SHARED_DATA names another)",
)
CATALOGUE = "indicator,label,unit,polarity,topic,source\ncin_rate_10k,Children in need rate,Rate,low is good,Need,DfE\nsw_agency_pct,Agency staff,% staff,,Work,DfE\npopulation_0_17,Children,Number,,Area,ONS\n"
HEADER = "gss_code,indicator,period,value,source,status\n"
JUDGED = "gss_code,dfe_number,ofsted_urn,framework,inspection_type,inspection_start,inspection_end,published,overall,leaders,help_and_protection,in_care,care_leavers,report_url\n"


def run(command: str, *args: object) -> str:
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue().splitlines()[-1]


def test_a_rate_of_zero_is_odd_where_others_have_many_and_a_share_of_zero_is_not():
    values = {n: Decimal(40 + n) for n in range(30)} | {30: Decimal(0)}
    found = cautions(values, unit="Rate per 10,000", is_share=False, children={})
    assert found == {30: Caution.ZERO}
    near = {n: Decimal(4 + n % 9) for n in range(30)} | {30: Decimal(0)}
    assert cautions(near, unit="% Agency Staff", is_share=True, children={}) == {}


@needs_data
def test_all_11419_rows_of_the_official_file_and_nothing_left_to_do_after(places):
    assert "Dry run" in run("import_indicators", DATA)
    assert not IndicatorValue.objects.exists()
    assert run("import_indicators", DATA, "--commit") == "11419 created, 0 updated, 0 unchanged, 0 refused."
    assert run("import_indicators", DATA, "--commit") == "0 created, 0 updated, 11419 unchanged, 0 refused."
    assert (IndicatorValue.objects.count(), Indicator.objects.count()) == (11419, 75)
    without = IndicatorValue.objects.filter(status="not-available")
    assert (without.count(), without.filter(value=None, printed="not_available").count()) == (352, 352)
    held = IndicatorValue.objects.select_related("organisation", "indicator")
    scilly = held.get(organisation__slug="isles-of-scilly", indicator__key="sw_agency_pct")
    assert (scilly.printed, scilly.caution) == ("100.0", "few-children")
    for slug in ("york", "derby"):  # no agency staff is a good number, not a gap
        agency = held.get(organisation__slug=slug, indicator__key="sw_agency_pct")
        assert (agency.value, agency.caution) == (0, "")
    assert set(held.filter(caution="zero").values_list("indicator__unit", flat=True)) <= {"Rate per 10,000"}
    wight = held.get(organisation__slug="isle-of-wight", indicator__key="referrals_rate_10k")
    assert (wight.printed, wight.caution) == ("2083.0", "far-out")
    cost = held.get(organisation__slug="lewisham", indicator__key="residential_weekly_unit_cost")
    assert cost.period == "2024-25 (OT)"
    assert not held.filter(indicator__key="referrals_count").exclude(caution="").exists()  # large is not odd


@needs_data
def test_all_153_judgements_and_nothing_left_to_do_after(places):
    assert "Dry run" in run("import_judgements", DATA)
    assert run("import_judgements", DATA, "--commit") == "153 created, 0 updated, 0 unchanged, 0 refused."
    assert run("import_judgements", DATA, "--commit") == "0 created, 0 updated, 153 unchanged, 0 refused."
    assert Judgement.objects.filter(overall="").count() == 2
    assert Judgement.objects.filter(care_leavers="inspection_pre_dates_judgement").count() == 7
    bare = Judgement.objects.filter(inspection_type="", inspection_start=None, inspection_end=None)
    assert sorted(bare.values_list("organisation__ons_code", flat=True)) == ["E06000018", "E06000043"]


@pytest.fixture
def folder(db, tmp_path):
    AuthorityFactory(slug="abbey", name="Abbey", ons_code="E90000001", dfe_number="901")
    AuthorityFactory(slug="zeal", name="Zeal", ons_code="E90000002", dfe_number="902")
    (tmp_path / "indicator_catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def values(folder: Path, *lines: str):
    path = folder / "indicators_latest.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return import_indicators(file=read_indicator_file(folder), commit=True)


@pytest.mark.parametrize(
    ("cell", "said", "status"),
    [
        ("c", "", "suppressed"), ("", "suppressed", "suppressed"), ("c", "suppressed", "suppressed"),
        ("x", "", "not-available"), (":", "", "not-available"), ("", "", "not-available"),
        ("", "not_available", "not-available"), ("z", "", "not-applicable"), ("low", "", "rounds-to-nothing"),
        ("-", "", "unexplained"), ("12.5", "", "published"), ("1,234", "published", "published"),
    ],
)  # fmt: skip
def test_marks_of_official_statistics_keep_their_meaning(folder, cell, said, status):
    quoted = f'"{cell}"' if "," in cell else cell
    assert values(folder, f"E90000001,cin_rate_10k,2024/25,{quoted},DfE,{said}").is_clean
    held = IndicatorValue.objects.get()
    assert (held.status, held.printed, held.period) == (status, cell or said, "2024/25")
    assert (held.value is None) == (status != "published")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E90000009,cin_rate_10k,2025,1,DfE,", "E90000009 is not the code of an authority that is held."),
        ("E90000001,magic,2025,1,DfE,", '"magic" is in no catalogue that is known.'),
        ("E90000001,cin_rate_10k,,1,DfE,", "The period is missing."),
        ("E90000001,cin_rate_10k,2025,1,,", "The source is missing."),
        (
            "E90000001,cin_rate_10k,2025,many,DfE,",
            'value "many" is neither a number nor a mark of official statistics.',
        ),
        (
            "E90000001,cin_rate_10k,2025,NaN,DfE,",
            'value "NaN" is neither a number nor a mark of official statistics.',
        ),
        ("E90000001,cin_rate_10k,2025,1,DfE,secret", 'status "secret" is not one that is known.'),
        (
            "E90000001,cin_rate_10k,2025,1,DfE,c",
            'the value 1 stands beside the status "c": one of them is wrong.',
        ),
        ("E90000001,cin_rate_10k,2025,,DfE,published", "the status says published, but there is no number."),
        ("E90000001,cin_rate_10k,2025,z,DfE,c", 'the mark "z" and the status "c" do not agree.'),
        ("E90000002,cin_rate_10k,2025,2,DfE,", "cin_rate_10k of Zeal for 2025 is already in line 2."),
        ("E90000001,cin_rate_10k,2025", "3 cells where the header has 6."),
    ],
)
def test_one_row_that_cannot_be_is_named_by_line_and_nothing_is_written(folder, line, reason):
    report = values(folder, "E90000002,cin_rate_10k,2025,1,DfE,", line)
    assert [(each.line, each.reason) for each in report.refusals] == [(3, reason)]
    assert not IndicatorValue.objects.exists()
    assert not Indicator.objects.exists()
    with pytest.raises(CommandError):
        run("import_indicators", folder, "--commit")


def test_absurd_values_stay_as_they_are_with_their_caution(folder):
    values(
        folder,
        "E90000001,population_0_17,2024,319,ONS,", "E90000001,cin_rate_10k,2025,814.6,DfE,",
        "E90000002,cin_rate_10k,2025,-3,DfE,", "E90000002,sw_agency_pct,2025,120,DfE,",
    )  # fmt: skip
    held = IndicatorValue.objects.exclude(caution="").order_by("printed")
    assert [(each.printed, each.caution) for each in held] == [
        ("-3", "impossible"), ("120", "impossible"), ("814.6", "few-children"),
    ]  # fmt: skip


def test_a_corrected_value_replaces_the_old_and_other_periods_stay(folder):
    values(folder, "E90000001,cin_rate_10k,2024,1,DfE,")
    report = values(folder, "E90000001,cin_rate_10k,2025,2,DfE,", "E90000001,cin_rate_10k,2024,c,DfE,")
    assert list(report.lines())[-1] == "1 created, 1 updated, 0 unchanged, 0 refused."
    assert sorted(IndicatorValue.objects.values_list("period", "printed")) == [("2024", "c"), ("2025", "2")]


def judged(folder: Path, *lines: str):
    path = folder / "ofsted_judgements.csv"
    path.write_text(JUDGED + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return import_judgements(file=read_judgement_file(path), commit=True)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E90000001,901,1,ILACS,short,,,,good,,,,,", "The day of publication is missing"),
        (
            "E90000001,902,1,ILACS,short,,,2025-01-01,good,,,,,",
            "E90000001 is Abbey, DfE number 901; the row gives 902.",
        ),
        ("E90000001,901,1,ILACS,short,,,1 May,good,,,,,", 'published "1 May" is not a date'),
        (
            "E90000001,901,1,ILACS,short,2025-02-02,2025-02-01,2025-03-01,good,,,,,",
            "The inspection ends before",
        ),
        ("E90000001,901,1,ILACS,short,,,2025-01-01,splendid,,,,,", 'overall "splendid" is not one of'),
        ("E90000001,901,1,ILACS,short,,,2025-01-01,good,,,,,javascript:x", "report_url"),
        ("E90000002,902,1,ILACS,short,,,2025-01-01,good,,,,,", "The report of Zeal is already in line 2."),
    ],
)
def test_a_judgement_that_cannot_be_is_named_by_line_and_nothing_is_written(folder, line, reason):
    report = judged(folder, "E90000002,902,1,ILACS,short,,,2025-01-01,good,,,,,", line)
    assert [each.line for each in report.refusals] == [3]
    assert report.refusals[0].reason.startswith(reason)
    assert not Judgement.objects.exists()


def test_an_earlier_report_stays_beside_the_later(folder):
    judged(folder, "E90000001,901,1,ILACS,short,,,2023-01-01,good,,,,,")
    judged(folder, "E90000001,901,1,ILACS,short,,,2026-01-01,,good,,,,")
    assert [each.published.year for each in Judgement.objects.latest_first()] == [2026, 2023]
