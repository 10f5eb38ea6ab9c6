"""What a moderator reads of what was reported: that one thing, and nothing around it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from website.passages.words import Passage, Span

from practice_library.choices import PassageState
from practice_library.models import Entry, OpenQuestion, TakenPassage
from practice_library.presenters.links import entry as address_of_entry
from practice_library.presenters.links import question as address_of_question
from practice_library.selectors.passages import InContext, contexts, shown_cells, standing_of
from practice_library.services.passages import marks_of, stubs_in

from .audience import Viewer
from .choices import ReportState
from .models import Profile, Report
from .shown import ShownProfile, shown


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """The entry that a passage is of, and the passage with the words around it, wherever it stands."""

    title: str
    url: str
    places: Sequence[InContext]
    hidden_whole: bool


@dataclass(frozen=True, slots=True)
class ShownReport:
    """`text` of a message or request, a whole profile, or a passage of an entry; `person` wrote it, if it was one."""

    report: Report
    text: str
    profile: ShownProfile | None
    person: uuid.UUID | None
    hidden: bool
    entry: ShownEntry | None = None
    url: str = ""


def shown_report(report: Report) -> ShownReport:
    """A report with exactly what it is about, hidden or not."""
    if report.entry is not None:
        held = report.taken is not None and report.taken.state == PassageState.HELD
        return ShownReport(report, report.quoted, None, None, held, _shown_entry(report, report.entry))
    if report.question is not None:
        asked = report.question
        hidden = asked.hidden_at is not None
        url = "" if hidden else address_of_question(asked.slug)
        return ShownReport(report, _told(asked), None, None, hidden, url=url)
    if report.page:
        return ShownReport(report, report.page, None, None, False, url=report.page)
    if report.message is not None:
        message = report.message
        return ShownReport(report, message.text, None, message.by_id, message.hidden_at is not None)
    if report.request is not None:
        request = report.request
        text = "\n\n".join(part for part in (request.problem, request.must_not_include) if part)
        return ShownReport(report, text, None, request.asker_id, request.hidden_at is not None)
    profile = Profile.objects.at_home().get(reports=report)
    (seen,) = shown([profile], Viewer(profile.person_id, True))
    if report.state != ReportState.WAITING:  # the address of the photo answers a moderator no longer
        seen = replace(seen, photo_url="")
    return ShownReport(report, "", seen, profile.person_id, profile.withheld_at is not None)


def _told(asked: OpenQuestion) -> str:
    positions = asked.positions.values_list("text", flat=True)
    return "\n\n".join(part for part in (asked.title, asked.summary, *positions, asked.help_wanted) if part)


def _shown_entry(report: Report, entry: Entry) -> ShownEntry:
    taken = report.taken
    if taken is not None and taken.state == PassageState.HELD:
        cells = shown_cells(taken.entries.values_list("pk", flat=True), marks_of(taken))
        found = contexts(
            cells, lambda text: [Span(at, at + len(stub), "") for at, stub in stubs_in(text, taken)]
        )
        said = next((span for text in taken.texts.all() for span in text.spans), report.quoted)
        places = [replace(place, passage=said) for place in found]
    else:
        passage = Passage.of(report.quoted)
        places = contexts(standing_of(entry, passage).cells, passage.finder(""))
    return ShownEntry(entry.title, address_of_entry(entry.url_path), places, _hid(taken))


def _hid(taken: TakenPassage | None) -> bool:
    return taken is not None and taken.hid_entry
