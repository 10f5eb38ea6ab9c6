"""Why this person: out of the rows that the viewer sees, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from network.shown import ShownBlockage, ShownClaim, ShownProfile
from search.analysis import stems
from search.highlighting import Highlighter
from search.matching import Alternative, Plan
from search.people.asking import MINE, Asked
from search.people.narrowing import Work

MOST_REASONS = 4
#: Rows that are read to find and to explain. What somebody would like to learn says nothing of what they can do.
READ = (
    "name", "role", "organisation", "region", "about", "skills", "blockages", "availability", "languages",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sayings:
    """What a person says to one viewer, as stems."""

    pieces: tuple[tuple[str, ...], ...]
    words: frozenset[str]

    @classmethod
    def of(cls, person: ShownProfile) -> Sayings:
        """Everything by which words find."""
        texts = [person.name, person.role, person.organisation, person.about, person.languages]
        texts += [text for claim in person.claims for text in (claim.skill, claim.rests_on)]
        texts += [text for told in person.blockages for text in (told.condition, told.how)]
        pieces = tuple(tuple(stems(text)) for text in texts if text)
        return cls(pieces, frozenset(word for piece in pieces for word in piece))

    def hold(self, wanted: Alternative) -> bool:
        """Whether it is said."""
        if wanted.exact:
            return any(_run(wanted.stems, piece) for piece in self.pieces)
        return self.words.issuperset(wanted.stems)

    def meet(self, plan: Plan) -> bool:
        """Whether enough of the words are said."""
        met = sum(any(self.hold(each) for each in clause.alternatives) for clause in plan.clauses)
        phrases = all(any(_run(phrase, piece) for piece in self.pieces) for phrase in plan.phrases)
        return met >= min(plan.minimum, len(plan.clauses)) and phrases


def _run(wanted: Sequence[str], piece: Sequence[str]) -> bool:
    size = len(wanted)
    return any(tuple(piece[at : at + size]) == tuple(wanted) for at in range(len(piece) - size + 1))


def reasons_for(person: ShownProfile, asked: Asked, works: Iterable[Work]) -> tuple[SafeString, ...]:
    """The strongest few, as encoded HTML with the words of the search marked."""
    marker = Highlighter(asked.plan.marks()) if not asked.plan.browses else None
    mark = partial(_marked, marker)
    told = [_claim(claim, mark) for claim in person.claims if _wanted(claim, asked, works, marker)]
    told += [_blockage(each, asked, mark) for each in person.blockages if _told(each, asked, marker)]
    if marker:
        rows = (("", person.about), ("Job title: ", person.role), ("Speaks: ", person.languages))
        told += [f"{label}{passage}" for label, text in rows if (passage := _passage(marker, text))]
    if asked.like and person.organisation:
        told.append(
            "Works in an area like yours" if asked.like == MINE else "Works in one of the areas asked for"
        )
    return tuple(mark_safe(each) for each in told[:MOST_REASONS])


Mark = Callable[[str], str]


def _wanted(claim: ShownClaim, asked: Asked, works: Iterable[Work], marker: Highlighter | None) -> bool:
    if asked.skill and claim.slug == asked.skill:
        return True
    if any(claim.slug in work.skills or claim.study in work.studies for work in works):
        return True
    return marker is not None and bool(marker.spans(claim.skill))


def _claim(claim: ShownClaim, mark: Mark) -> str:
    said = f"<strong>{mark(claim.skill)}</strong>. {escape(claim.level)}"
    if claim.last_used:
        said += f", last used {escape(claim.last_used)}"
    if claim.rests_on:
        said += f", rests on {escape(claim.rests_on)}"
    return said + (", confirmed by somebody who worked with them" if claim.confirmed else "")


def _told(each: ShownBlockage, asked: Asked, marker: Highlighter | None) -> bool:
    chosen = bool(asked.blockage) and each.slug == asked.blockage
    return chosen or (marker is not None and bool(marker.spans(f"{each.condition}. {each.how}")))


def _blockage(each: ShownBlockage, asked: Asked, mark: Mark) -> str:
    return f"Got round <strong>{mark(each.condition)}</strong>: {mark(each.how)}"


def _marked(marker: Highlighter | None, text: str) -> str:
    """The text, or of a longer one the passage that tells, with its words marked."""
    return (marker and _passage(marker, text)) or str(escape(_short(text)))


def _passage(marker: Highlighter, text: str) -> str:
    found = marker.why({"summary": text}) if text else ()
    return found[0].html if found else ""


def _short(text: str, most: int = 240) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
