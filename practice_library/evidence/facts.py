"""Facts that the evidence standard reads. ``None`` always means: not reported.

Plain values without a database, so that the standard can be tested, published and run anywhere. The slugs are
public and stable (facets, JSON, content files).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """How hard it was tested. Never whether it worked."""

    NOT_TESTED = 0
    REPORTED = 1
    MONITORED = 2
    BEFORE_AND_AFTER = 3
    COMPARED = 4
    COMPARED_TWICE = 5

    @property
    def slug(self) -> str:
        return STRENGTH_SLUGS[self]


STRENGTH_SLUGS = {
    Strength.NOT_TESTED: "not-tested",
    Strength.REPORTED: "reported",
    Strength.MONITORED: "monitored",
    Strength.BEFORE_AND_AFTER: "before-and-after",
    Strength.COMPARED: "compared",
    Strength.COMPARED_TWICE: "compared-twice",
}


class Direction(StrEnum):
    """What happened, for those whom the outcome is about."""

    FAVOURABLE = "favourable"
    NO_EFFECT = "no-effect"
    MIXED = "mixed"
    ADVERSE = "adverse"
    INCONCLUSIVE = "inconclusive"
    NOT_KNOWN = "not-known"


class Design(StrEnum):
    """How a study was made."""

    RANDOMISED = "randomised-trial"
    CLUSTER_RANDOMISED = "cluster-randomised-trial"
    STEPPED_WEDGE = "stepped-wedge-trial"
    MATCHED = "matched-comparison"
    DIFFERENCE = "difference-in-differences"
    TIME_SERIES = "interrupted-time-series"
    BEFORE_AFTER = "before-and-after"
    MONITORING = "monitoring"
    COST = "cost-study"
    PROCESS = "process"
    QUALITATIVE = "qualitative"
    REVIEW = "systematic-review"
    MIXED_METHODS = "mixed-methods-without-comparison"


class Kind(StrEnum):
    """Only outcomes are rated; outputs and activities say how much was done."""

    OUTCOME = "outcome"
    OUTPUT = "output"
    ACTIVITY = "activity"


class ClaimedBy(StrEnum):
    """Who states a finding."""

    EVALUATOR = "evaluator"
    AUTHOR = "author"
    PROVIDER = "provider"
    INSPECTORATE = "inspectorate"
    JOURNALIST = "journalist"


class Country(StrEnum):
    """The country whose result is computed first."""

    ENGLAND = "england"


# Facts that say where or by which name, not how a study was made.
_NOT_ABOUT_METHOD = frozenset({"id", "country", "sites_in_england"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """What is reported about one piece of research.

    ``same_sample_as`` holds the ids of studies of the same people: an empty set says "of none, a sample of its own",
    ``None`` that it is not reported. ``baseline`` and ``follow_up`` count those in the programme's own group;
    ``comparison_*`` those in the other.
    """

    id: str
    design: Design | None = None
    same_sample_as: frozenset[str] | None = None
    country: str | None = None
    sites_in_england: bool | None = None
    baseline: int | None = None
    follow_up: int | None = None
    comparison_baseline: int | None = None
    comparison_follow_up: int | None = None
    baseline_equivalence: bool | None = None
    as_allocated: bool | None = None
    attrition_reported: bool | None = None
    validated_measures: bool | None = None
    administrative_outcomes: bool | None = None
    whole_area: bool | None = None
    independent: bool | None = None
    peer_reviewed: bool | None = None
    implementation_only: bool | None = None

    @property
    def reported_facts(self) -> frozenset[str]:
        """Names of the facts that are reported about how the study was made; empty for a study that is only cited."""
        return frozenset(
            field.name
            for field in fields(self)
            if field.name not in _NOT_ABOUT_METHOD and getattr(self, field.name) is not None
        )

    @property
    def kept(self) -> float | None:
        """Share of the programme's group that was measured again.

        More people after than before are not the same people: then nobody can say how many were kept.
        """
        if not self.baseline or self.follow_up is None or self.follow_up > self.baseline:
            return None
        return self.follow_up / self.baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """One statement about one outcome, with or without a study behind it.

    ``harm`` is true where harm was found and recorded; that it is false never says that there was none.
    ``forecast`` and ``testimony`` say what sort of statement it is; like ``kind`` they lend it no support. ``country``
    is that of a claim without a study. A claim counts as having a figure only with ``count_or_rate``,
    ``period_given`` and ``source_given``.
    """

    id: str
    outcome: str | None = None
    kind: Kind | None = None
    claimed_by: ClaimedBy | None = None
    study: StudyFacts | None = None
    direction: Direction | None = None
    compared: bool | None = None
    powered: bool | None = None
    harm: bool = False
    harm_looked_for: bool | None = None
    follow_up_months: float | None = None
    country: str | None = None
    count_or_rate: bool | None = None
    period_given: bool | None = None
    source_given: bool | None = None
    first_hand: bool | None = None
    forecast: bool = False
    testimony: bool = False

    @property
    def is_about_how_it_was_put_in_place(self) -> bool:
        """A process or implementation study says nothing about effect (rule 2)."""
        return self.study is not None and (
            self.study.design is Design.PROCESS or self.study.implementation_only is True
        )

    @property
    def is_rated(self) -> bool:
        """Only outcomes, and none from a process study, make an outcome row (rule 2)."""
        return self.kind is Kind.OUTCOME and not self.is_about_how_it_was_put_in_place

    @property
    def reports_harm(self) -> bool:
        """Harm on record, or a worse result. A forecast of worse has harmed nobody."""
        return self.harm or (self.direction is Direction.ADVERSE and not self.forecast)

    @property
    def is_powered_null(self) -> bool:
        """No difference, in a study reported as large enough to show one."""
        return self.direction is Direction.NO_EFFECT and self.powered is True
