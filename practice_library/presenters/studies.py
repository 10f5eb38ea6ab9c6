"""Studies as every page tells of them: who, when, how, on how many, and what is not reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import labels
from . import links

if TYPE_CHECKING:
    from ..models import Study
    from .references import Ref, References

STUDIES = "Studies"


@dataclass(frozen=True, slots=True)
class StudyView:
    """A study in two lines."""

    title: str
    anchor: str
    line: str
    facts: str
    refs: tuple[Ref, ...]
    note: str = ""


def study_views(rows: Iterable[Study], references: References) -> list[StudyView]:
    """Each with its design, sample and what is reported about how it was made."""
    return [
        StudyView(
            title=study.title,
            anchor=f"study-{study.key}",
            line=study_line(study),
            facts=_study_facts(study),
            refs=references.to(None, where=STUDIES, study=study.pk),
            note=study.note,
        )
        for study in rows
    ]


def study_line(study: Study) -> str:
    """Who studied it, when, how, where and on how many."""
    who = links.named(study.authors, most=3) if study.authors else ""
    return ". ".join(
        filter(
            None,
            [
                ", ".join(filter(None, [who, str(study.year) if study.year else "undated"])),
                ", ".join(filter(None, [study.get_design_display(), study.country])),
                _sample(study),
            ],
        )
    )


def _sample(study: Study) -> str:
    groups = [study.baseline_intervention, study.baseline_comparison]
    unit = study.baseline_unit or "in the sample"
    if groups[0] is not None and groups[1] is not None:
        return f"{groups[0]:,} {unit} and {groups[1]:,} to compare with"
    if groups[0] is not None:
        return f"{groups[0]:,} {unit}"
    return study.baseline_unit


def _study_facts(study: Study) -> str:
    """Only what is reported; what is not is listed by name, so that silence is seen."""
    asked = (
        ("Independent of the provider", study.independent),
        ("Peer reviewed", study.peer_reviewed),
        ("Groups alike at the start", study.baseline_equivalence),
        ("Analysed as allocated", study.as_allocated),
        ("Validated measures", study.validated_measures),
    )
    said = [f"{name}: {'yes' if fact else 'no'}" for name, fact in asked if fact is not None]
    silent = [links.in_sentence(name) for name, fact in asked if fact is None]
    if silent:
        said.append(f"{labels.NOT_REPORTED}: {', '.join(silent)}")
    return ". ".join(said)
