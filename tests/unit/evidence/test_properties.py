"""What holds for any facts whatever: the promises of the standard (rules 1 to 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from practice_library.evidence import (
    ClaimedBy,
    Country,
    Design,
    Direction,
    FindingFacts,
    Kind,
    Strength,
    StudyFacts,
    explain,
    rate,
    rate_entry,
)
from practice_library.evidence.clauses import care
from practice_library.evidence.criteria import State
from practice_library.evidence.england import speaks_about_england
from practice_library.evidence.samples import follow_chains

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")

ALONE = st.just(frozenset())
STUDIES = ("one", "two", "three", "four")
SCOPES = (None, Country.ENGLAND)
FACT = st.sampled_from([True, True, True, True, False, None])
COUNTS = st.sampled_from([None, 0, 12, 19, 20, 30, 50, 400])
COUNTRIES = st.sampled_from(
    [None, "England", "England and Wales", "United Kingdom", "Netherlands", "International"]
)
# Facts that rule a finding out rather than support it: see test_losing_what_rules_a_finding_out...
RULING_OUT = frozenset({"design", "implementation_only"})

thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def studies(draw: st.DrawFn, name: str) -> StudyFacts:
    comparing = st.sampled_from([Design.RANDOMISED, Design.MATCHED, Design.DIFFERENCE, Design.BEFORE_AFTER])
    return StudyFacts(
        id=name,
        design=draw(st.one_of(comparing, comparing, st.sampled_from(Design), st.none())),
        same_sample_as=draw(
            st.one_of(st.none(), st.just(frozenset()), st.frozensets(st.sampled_from(STUDIES)))
        ),
        country=draw(COUNTRIES),
        sites_in_england=draw(FACT),
        baseline=draw(COUNTS),
        follow_up=draw(COUNTS),
        baseline_equivalence=draw(FACT),
        as_allocated=draw(FACT),
        attrition_reported=draw(FACT),
        validated_measures=draw(FACT),
        administrative_outcomes=draw(FACT),
        whole_area=draw(FACT),
        independent=draw(FACT),
        peer_reviewed=draw(FACT),
        implementation_only=draw(st.sampled_from([False] * 8 + [None, True])),
    )


@st.composite
def findings_of(draw: st.DrawFn, name: str, outcome: str, study: StudyFacts | None) -> FindingFacts:
    return FindingFacts(
        id=name,
        outcome=outcome,
        kind=draw(st.sampled_from([Kind.OUTCOME] * 8 + [Kind.OUTPUT, None])),
        claimed_by=draw(st.sampled_from([ClaimedBy.EVALUATOR] * 6 + [*ClaimedBy, None])),
        study=study,
        direction=draw(st.sampled_from([*Direction, *Direction, None])),
        compared=draw(FACT),
        powered=draw(FACT),
        harm=draw(st.sampled_from([False, False, True])),
        harm_looked_for=draw(FACT),
        follow_up_months=draw(st.sampled_from([None, 3, 12, 60])),
        country=None if study else draw(COUNTRIES),
        count_or_rate=draw(FACT),
        period_given=draw(FACT),
        source_given=draw(FACT),
        first_hand=draw(FACT),
        forecast=draw(st.sampled_from([False] * 9 + [True])),
    )


@st.composite
def rows(
    draw: st.DrawFn, outcomes: tuple[str, ...] = ("entry-to-care",), least: int = 0
) -> list[FindingFacts]:
    """Findings of a few studies and claims without one; in half of the rows two strong trials stand first."""
    of = {name: draw(studies(name)) for name in STUDIES}
    strong = [_strong(draw, of, name, outcomes[0]) for name in STUDIES[:2]] if draw(st.booleans()) else []
    chosen = draw(st.lists(st.sampled_from([*STUDIES, *STUDIES, None]), min_size=least, max_size=6))
    return strong + [
        draw(findings_of(f"f{n}", draw(st.sampled_from(outcomes)), of[name] if name else None))
        for n, name in enumerate(chosen)
    ]


def _strong(draw: st.DrawFn, of: dict[str, StudyFacts], name: str, outcome: str) -> FindingFacts:
    of[name] = replace(
        of[name],
        design=Design.RANDOMISED,
        same_sample_as=frozenset(),
        country="England",
        independent=True,
        implementation_only=False,
    )
    said = draw(findings_of(f"strong-{name}", outcome, of[name]))
    return replace(
        said,
        kind=Kind.OUTCOME,
        claimed_by=ClaimedBy.EVALUATOR,
        compared=True,
        forecast=False,
        follow_up_months=12,
    )


def removable(facts: FindingFacts | StudyFacts) -> Iterator[str]:
    """Names of the facts that may be missing and are not."""
    for field in fields(facts):
        if "None" in str(field.type) and field.name != "outcome" and getattr(facts, field.name) is not None:
            yield field.name


def without_study_fact(row: list[FindingFacts], study: StudyFacts, fact: str) -> list[FindingFacts]:
    less = replace(study, **{fact: None})
    return [replace(f, study=less) if f.study and f.study.id == study.id else f for f in row]


@thorough
@given(row=rows(least=1), scope=st.sampled_from(SCOPES))
def test_taking_a_fact_of_a_study_away_never_raises_a_level(row, scope):
    before = rate(row, country=scope).strength
    event(f"from {before.slug}")
    for study in {f.study for f in row if f.study and not f.is_about_how_it_was_put_in_place}:
        for fact in removable(study):
            assert rate(without_study_fact(row, study, fact), country=scope).strength <= before, fact


@thorough
@given(row=rows(least=1), scope=st.sampled_from(SCOPES))
def test_taking_a_fact_of_a_finding_away_never_raises_a_level(row, scope):
    before = rate(row, country=scope).strength
    for finding in row:
        for fact in removable(finding):
            if fact == "study" and finding.is_about_how_it_was_put_in_place:
                continue
            less = [replace(f, **{fact: None}) if f is finding else f for f in row]
            assert rate(less, country=scope).strength <= before, fact


@thorough
@given(row=rows(), scope=st.sampled_from(SCOPES), data=st.data())
def test_losing_what_rules_a_finding_out_never_makes_it_more_than_a_count(row, scope, data):
    """Design "process" and "only about how it was put in place" support nothing, they rule out (rule 2).

    Without them a finding comes back into its row, as what it then is: something stated, at most a figure.
    """
    ruling_out = data.draw(st.sampled_from([{"design": Design.PROCESS}, {"implementation_only": True}]))
    study = replace(data.draw(studies("process")), **ruling_out)
    finding = data.draw(findings_of("process", "entry-to-care", study))
    row = [*row, finding]
    fact = data.draw(st.sampled_from([*RULING_OUT, "study"]))
    if fact == "study":
        less = [replace(f, study=None) if f is finding else f for f in row]
    else:
        less = without_study_fact(row, study, fact)
    limit = max(rate(row, country=scope).strength, Strength.MONITORED)
    assert rate(less, country=scope).strength <= limit


@thorough
@given(row=rows(least=1), scope=st.sampled_from(SCOPES))
def test_taking_a_finding_away_never_raises_a_level(row, scope):
    before = rate(row, country=scope).strength
    for finding in row:
        assert rate([f for f in row if f is not finding], country=scope).strength <= before


@thorough
@given(row=rows(), added=st.data(), scope=st.sampled_from(SCOPES))
def test_an_added_worse_finding_never_improves_direction(row, added, scope):
    """Whatever level the new finding has, the result moves towards the end that calls for more care, or stays."""
    known = {f.study.id: f.study for f in row if f.study}
    name = added.draw(st.sampled_from([*STUDIES, None]))
    study = None if name is None else known.get(name) or added.draw(studies(name))
    worse = replace(added.draw(findings_of("new", "entry-to-care", study)), direction=Direction.ADVERSE)
    before, after = rate(row, country=scope), rate([*row, worse], country=scope)
    event(f"{before.direction} to {after.direction}")
    assert care(after.direction) <= care(before.direction)
    assert after.harm_flag or not before.harm_flag
    row_before, row_after = rate_entry(row).rows[0], rate_entry([*row, worse]).rows[0]
    assert care(row_after.direction) <= care(row_before.direction)
    assert row_after.harm_flag or not row_before.harm_flag


@thorough
@given(row=rows(least=1), scope=st.sampled_from(SCOPES), data=st.data())
def test_harm_recorded_on_a_finding_sets_the_flag_and_nothing_else(row, scope, data):
    finding = data.draw(st.sampled_from(row))
    before = rate(row, country=scope)
    after = rate([replace(f, harm=True) if f is finding else f for f in row], country=scope)
    assert (after.strength, after.direction) == (before.strength, before.direction)
    counts = finding.is_rated and (scope is None or speaks_about_england(finding))
    assert after.harm_flag is (before.harm_flag or counts)


@given(row=rows(), scope=st.sampled_from(SCOPES), data=st.data())
def test_order_and_repetition_make_no_difference(row, scope, data):
    shuffled = data.draw(st.permutations(row + row))
    assert rate(shuffled, country=scope) == rate(row, country=scope)
    assert rate_entry(shuffled) == rate_entry(row)


@given(row=rows(), scope=st.sampled_from(SCOPES))
def test_rating_what_was_rated_gives_the_same(row, scope):
    first = rate(row, country=scope)
    assert rate([r.finding for r in first.findings], country=scope).result == first.result


@thorough
@given(row=rows())
def test_claims_without_a_study_never_pass_level_two(row):
    claims = [replace(f, study=None) for f in row]
    assert rate(claims).strength <= Strength.MONITORED


@thorough
@given(
    row=rows(), by=st.sampled_from([ClaimedBy.PROVIDER, ClaimedBy.JOURNALIST, ClaimedBy.INSPECTORATE, None])
)
def test_what_provider_journalist_inspectorate_or_nobody_claims_never_passes_level_two(row, by):
    assert rate([replace(f, claimed_by=by) for f in row]).strength <= Strength.MONITORED


@thorough
@given(row=rows())
def test_englands_result_uses_only_findings_about_england(row):
    england = rate(row, country=Country.ENGLAND)
    about = rate([f for f in row if speaks_about_england(f)])
    assert england.result == about.result
    assert england.deciding == about.deciding
    assert england.strength <= rate(row).strength


@thorough
@given(row=rows())
def test_level_five_is_reached_exactly_when_each_of_its_criteria_is_met(row):
    rating = rate(row)
    asked = [line for line in explain(rating) if line.level is Strength.COMPARED_TWICE]
    reached = bool(asked) and all(line.state is State.MET for line in asked)
    assert (rating.strength is Strength.COMPARED_TWICE) is reached


@thorough
@given(row=rows())
def test_nothing_missing_passes(row):
    """With every fact about the study gone, a cited study is no more than something reported."""
    bare = [replace(f, study=StudyFacts(id=f.study.id)) if f.study else f for f in row]
    silent = [replace(f, count_or_rate=None, period_given=None, source_given=None) for f in bare]
    assert rate(silent).strength <= Strength.REPORTED


@given(row=rows())
def test_what_nobody_has_seen_has_no_direction(row):
    rating = rate(row)
    if rating.strength is Strength.NOT_TESTED:
        assert rating.direction is Direction.NOT_KNOWN


@given(row=rows(outcomes=("entry-to-care", "wellbeing", "caseload")))
def test_an_entry_has_one_row_per_rated_outcome_and_its_headline_is_the_strongest(row):
    entry = rate_entry(row)
    rated = {f.outcome for f in row if f.is_rated}
    assert {r.outcome for r in entry.rows} == (rated or {None})
    assert len(entry.rows) == len(rated or {None})
    for line in entry.rows:
        assert line.strength <= entry.headline.strength
        if line.strength == entry.headline.strength:
            assert care(entry.headline.direction) <= care(line.direction)
    if entry.contrast:
        assert entry.contrast.direction is not entry.headline.direction


@given(
    named=st.fixed_dictionaries(
        {name: st.one_of(st.none(), st.frozensets(st.sampled_from(STUDIES))) for name in STUDIES}
    ),
    silenced=st.sampled_from(STUDIES),
)
def test_a_study_that_stops_reporting_never_makes_others_reach_fewer(named, silenced):
    """Completing the chains of shared samples must not let a missing fact separate two studies."""
    before, after = follow_chains(named), follow_chains({**named, silenced: None})
    for study, reached in after.items():
        assert reached is None or reached == before[study]
