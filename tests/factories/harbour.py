"""A small library that has one of everything a list of results shows."""

from __future__ import annotations

from tests.factories.making import (
    a_case_study,
    a_model,
    with_claim,
    with_cohort,
    with_condition,
    with_statement,
    with_trial,
)


def harbour_library() -> None:
    """A model run in four places, one of them lately, a court that did harm, and a therapy nobody tested."""
    pods = a_model(
        "Harbour pods",
        summary="Family practitioners hold cases in pods led by a social worker.",
        kind="programme",
    )
    with_cohort(pods, "Children on the edge of care")
    with_condition(pods, "Time for direct work", role="enabler", present="yes")
    with_condition(pods, "High turnover", role="barrier", present="no")
    with_trial(pods, outcome="Entry to care", direction="no-effect", powered=True)
    with_claim(pods, "Wellbeing", direction="favourable")
    for lead, fields in {
        "wigan": {"status": "running", "status_as_at": "2016-03"},
        "camden": {"status": "running", "status_as_at": "2026-05"},
        "leeds": {"status": "stopped", "status_as_at": "2019"},
        "kent": {},
    }.items():
        place = a_case_study(f"Harbour pods in {lead.title()}", lead=lead, models=(pods,), **fields)
        with_cohort(place, "Children on the edge of care")
    court = a_case_study("Night court", lead="leeds", summary="A court that sits at night for mothers.")
    with_cohort(court, "Mothers")
    with_statement(court, "Mothers were heard at night in every pod of the court.")
    with_trial(court, outcome="Wellbeing", direction="adverse", harm="Distress after the hearing.")
    a_model("Kite therapy", summary="Licensed therapy at home for five months.")
