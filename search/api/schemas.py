"""The shapes of answers, for OpenAPI. Answers are made as plain values and are not checked again on their way out:
a test holds them to these shapes instead."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

EntryType = Literal["model", "case_study"]
Direction = Literal["favourable", "no-effect", "mixed", "adverse", "inconclusive", "not-known"]
State = Literal["proposed", "planned", "testing", "running", "scaled", "stopped", "not-known"]


class Understood(Schema):
    """Words of the query and what else was looked for because of them."""

    term: str
    as_: list[str] = Field(alias="as")


class StatusAsAt(Schema):
    state: State
    as_at: str | None


class Evidence(Schema):
    """The headline row: the strongest outcome; on a tie the one that calls for most care."""

    strength: int
    direction: Direction


class OutcomeRow(Evidence):
    outcome: str
    label: str
    harm_flag: bool


class Why(Schema):
    """A part of the entry that matched, as escaped HTML with `<mark>` around the words."""

    field: str
    html: str


class Result(Schema):
    id: str
    type: EntryType
    title: str
    url: str
    summary: str
    authorities: list[str]
    status: StatusAsAt
    score: float
    evidence: Evidence
    outcomes: list[OutcomeRow]
    why: list[Why]
    licence: str | None
    made_from: list[str]
    folded: Folded | None = None


class Folded(Schema):
    """With `group=model`: how many places stand under this entry, and the first of them."""

    total: int
    results: list[Result]


class FacetValue(Schema):
    value: str
    label: str
    count: int
    selected: bool


class PropertyOffer(Schema):
    """A property that the words of the query ask for: the same search with `q` and `filters` finds `count` entries."""

    label: str
    q: str
    filters: dict[str, list[str]]
    count: int


class SearchAnswer(Schema):
    query: str
    understood: list[Understood]
    total: int
    page: int
    size: int
    groups: int | None
    results: list[Result]
    facets: dict[str, list[FacetValue]]
    offers: list[PropertyOffer]
    did_you_mean: str | None
    relaxed: bool
    notice: str | None
    took_ms: float


class Suggestion(Schema):
    text: str
    type: str
    type_label: str
    value: str
    count: int
    url: str


class Suggestions(Schema):
    query: str
    suggestions: list[Suggestion]


class KindredReason(Schema):
    """A phrase that both entries use, or a term that both have; `kind` names its vocabulary."""

    kind: Literal["phrase", "theme", "condition", "cohort", "outcome", "stage"]
    value: str | None
    text: str


class Kindred(Schema):
    """`results`: the direction of `outcome` in the entry asked about and in this one, where they differ."""

    id: str
    title: str
    url: str
    authorities: list[str]
    score: float
    reasons: list[KindredReason]
    relation: Literal["same idea", "differs"]
    outcome: str | None
    results: list[Direction] | None


class Licence(Schema):
    value: str
    label: str
    url: str


class EntryLink(Schema):
    id: str
    title: str
    url: str


class TermLink(Schema):
    term: str
    label: str


class Sourced(Schema):
    """A row. Facts are null where they are not reported."""

    model_config = {"extra": "allow"}

    sources: list[str]
    at: str | None


class CohortRow(Sourced):
    term: str
    label: str


class ConditionRow(CohortRow):
    role: Literal["enabler", "barrier"]
    present_at_start: Literal["yes", "partly", "no"] | None


class StatementRow(Sourced):
    section: str
    text: str
    editors_reading: bool


class CostRow(Sourced):
    what: str
    as_printed: str | None
    pounds: float | None


class Stated(Sourced):
    """A finding, or a claim without a study."""

    outcome: str
    label: str
    statement: str
    direction: Direction
    claimed_by: str


class Study(Schema):
    model_config = {"extra": "allow"}

    key: str
    title: str
    design: str
    about: list[EntryLink]
    sources: list[str]
    findings: list[Stated]


class Value(Schema):
    strength: int
    direction: Direction


class Override(Schema):
    """What a reviewer signed: the value shown beside it is theirs."""

    reason: str
    role: str
    organisation: str
    date: str


class Before(Value):
    id: str


class RatingChange(Value):
    id: str
    url: str
    entry: EntryLink
    outcome: str
    label: str
    because: Literal["first", "facts", "standard", "overridden", "lifted", "ended"]
    harm_flag: bool
    computed: Value
    override: Override | None
    before: Before | None
    in_force: bool
    standard_version: str
    rated_at: str


class RatingChanges(Schema):
    total: int
    page: int
    size: int
    changes: list[RatingChange]


class Rating(Evidence):
    """`england` and `overall` hold every criterion as met, not met or not reported."""

    id: str
    url: str
    outcome: str | None
    label: str | None
    harm_flag: bool
    headline: bool
    computed: Value
    override: Override | None
    england: dict[str, Any] | None
    overall: dict[str, Any]
    differs: bool
    standard_version: str
    rated_at: str


class Source(Schema):
    key: str
    title: str
    publisher: str | None
    year: int | None
    address: str | None
    kind: str | None
    read: str | None


class Status(StatusAsAt):
    label: str
    source: str | None
    stop_reason: str | None


class Entry(Schema):
    model_config = {"extra": "allow"}

    id: str
    type: EntryType
    title: str
    url: str
    summary: str
    aliases: list[str]
    made_from: list[str]
    origin: str
    licence: Licence | None
    kind: list[str]
    status: Status
    authorities: list[str]
    models: list[EntryLink]
    places: list[EntryLink]
    stages: list[TermLink]
    themes: list[TermLink]
    workforce: list[TermLink]
    evidence: Evidence
    cohorts: list[CohortRow]
    conditions: list[ConditionRow]
    statements: list[StatementRow]
    costs: list[CostRow]
    claims: list[Stated]
    ratings: list[Rating]
    studies: list[Study]
    sources: list[Source]


class VocabularyName(Schema):
    name: str
    facet: str
    label: str
    url: str


class Vocabularies(Schema):
    vocabularies: list[VocabularyName]


class Term(Schema):
    slug: str
    name: str
    scope_note: str
    synonyms: list[str]
    broader: str | None


class Vocabulary(Schema):
    name: str
    facet: str
    label: str
    terms: list[Term]


class Authority(Schema):
    slug: str
    name: str
    short_name: str
    official_name: str | None
    kind: str
    region: str
    ons_code: str
    dfe_number: str
    former_ons_codes: list[str]
    start: str | None
    end: str | None
    successors: list[str]
    statistical_neighbours: list[str]
    url: str


class Authorities(Schema):
    authorities: list[Authority]


Result.model_rebuild()
