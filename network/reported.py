"""What a moderator reads of what was reported: that one thing, and nothing around it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from .audience import Viewer
from .models import Profile, Report
from .shown import ShownProfile, shown


@dataclass(frozen=True, slots=True)
class ShownReport:
    """`text` of a message or request, or a whole profile; `person` wrote it."""

    report: Report
    text: str
    profile: ShownProfile | None
    person: uuid.UUID
    hidden: bool


def shown_report(report: Report) -> ShownReport:
    """A report with exactly what it is about, hidden or not."""
    if report.message is not None:
        message = report.message
        return ShownReport(report, message.text, None, message.by_id, message.hidden_at is not None)
    if report.request is not None:
        request = report.request
        text = "\n\n".join(part for part in (request.problem, request.must_not_include) if part)
        return ShownReport(report, text, None, request.asker_id, request.hidden_at is not None)
    profile = Profile.objects.at_home().get(reports=report)
    (seen,) = shown([profile], Viewer(profile.person_id, True))
    without_photo = replace(seen, photo_url="")  # its address answers those alone whom the person chose
    return ShownReport(report, "", without_photo, profile.person_id, profile.withheld_at is not None)
