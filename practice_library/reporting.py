"""What the library holds, entry by entry, and whether each statement rests on a source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from .models import (
    CaseStudyPage,
    Claim,
    ConditionRow,
    CostRow,
    Entry,
    EntrySource,
    Finding,
    Statement,
    StudySource,
)


@dataclass(frozen=True)
class EntryLine:
    """One entry: its type, place and how its statements are sourced."""

    key: str
    entry_type: str
    organisation: str
    own_source: int
    entry_sources: int
    without_source: int

    def __str__(self) -> str:
        total = self.own_source + self.entry_sources + self.without_source
        return (
            f"{self.key}\t{self.entry_type}\t{self.organisation}\t{total} statements: {self.own_source} with a source "
            f"of their own, {self.entry_sources} on the entry's sources, {self.without_source} without"
        )


def entry_lines() -> Iterator[EntryLine]:
    """Every entry in the order of its key."""
    own, general = _sourced_rows()
    has_sources = set(EntrySource.objects.values_list("entry_id", flat=True))
    leads = dict(CaseStudyPage.objects.values_list("pk", "lead_organisation__name"))
    for entry in Entry.objects.order_by("content_key", "pk").select_related("content_type"):
        is_case_study = entry.pk in leads
        rest = general[entry.pk] + 1  # the summary rests on the sources of the entry
        sourced = entry.pk in has_sources
        yield EntryLine(
            key=entry.content_key or str(entry.uid),
            entry_type="case_study" if is_case_study else "model",
            organisation=(leads[entry.pk] or "no single lead") if is_case_study else "-",
            own_source=own[entry.pk],
            entry_sources=rest if sourced else 0,
            without_source=0 if sourced else rest,
        )


def _sourced_rows() -> tuple[Counter[int], Counter[int]]:
    """Statements by entry with a source of their own, and those that rest on the sources of the entry or study."""
    own: Counter[int] = Counter()
    general: Counter[int] = Counter()
    owners = {
        Statement: "entry_id",
        CostRow: "entry_id",
        Claim: "entry_id",
        ConditionRow: "content_object_id",
    }
    for model, owner in owners.items():
        rows = model.objects.values(owner).annotate(all=Count("pk"), own=Count("source"))  # type: ignore[attr-defined]
        for row in rows:
            own[row[owner]] += row["own"]
            general[row[owner]] += row["all"] - row["own"]
    for entry_id, has_source in _findings():
        (own if has_source else general)[entry_id] += 1
    return own, general


def _findings() -> Iterator[tuple[int, bool]]:
    read = StudySource.objects.filter(study=OuterRef("study"))
    findings = Finding.objects.annotate(study_read=Exists(read)).values_list(
        "study_id", "source_id", "study_read"
    )
    entries: dict[int, list[int]] = defaultdict(list)
    for study_id, entry_id in Finding.objects.values_list(
        "study_id", "study__entry_rows__entry_id"
    ).distinct():
        if entry_id:
            entries[study_id].append(entry_id)
    for study_id, source_id, study_read in findings:
        for entry_id in entries[study_id]:
            yield entry_id, bool(source_id or study_read)
