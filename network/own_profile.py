"""One's own profile as a list of rows: what it says, who sees it, where to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from .audience import FIELDS, SAFE
from .choices import Audience
from .models import Profile
from .shown import ShownProfile

#: "View as" in the words of the page.
VIEWS = {
    "manager": "my manager, or anybody in my organisation",
    "elsewhere": "a member elsewhere",
    "visitor": "a visitor",
}
HEADINGS = {
    "name": "Name",
    "role": "Job title",
    "organisation": "Organisation",
    "region": "Region",
    "about": "About",
    "skills": "Skills",
    "blockages": "Blockages I have got round",
    "availability": "What I offer and when",
    "learning": "What I would like to learn",
    "languages": "Languages",
    "working_pattern": "Working pattern",
    "registration": "Register",
    "photo": "Photo",
}
#: What is said yes or no to, each by itself.
SWITCHES = ("listed", "borrowable", "introductions", "named_on_case_studies", "safety_flag")
CHANGED_AT = {
    "skills": "my_skills",
    "blockages": "my_blockages",
    "availability": "my_availability",
    "photo": "my_photo",
}


def agreed(profile: Profile) -> list[tuple[str, bool]]:
    """Each thing that one may agree to, in the words of the form, and whether one did."""
    words = ((str(Profile._meta.get_field(name).verbose_name), name) for name in SWITCHES)  # type: ignore[union-attr]
    return [(label[:1].upper() + label[1:], getattr(profile, name)) for label, name in words]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row. `lines` say what it holds; `seen_by` who sees it now, all switches considered."""

    field: str
    heading: str
    lines: Sequence[str]
    seen_by: str
    change_url: str
    audience_url: str


def own_rows(profile: Profile, mine: ShownProfile | None) -> list[OwnRow]:
    """Every row in the order of reading, empty ones too."""
    said = _said(mine) if mine else {}
    edit = reverse("my_profile_edit")
    return [
        OwnRow(
            field=field,
            heading=HEADINGS[field],
            lines=said.get(field, ()),
            seen_by=seen_by(profile, field),
            change_url=reverse(CHANGED_AT[field]) if field in CHANGED_AT else f"{edit}#id_{field}",
            audience_url=f"{edit}#id_audience_{field}",
        )
        for field in FIELDS
    ]


def seen_by(profile: Profile, field: str) -> str:
    """Who sees a row now, in words."""
    if (
        profile.hidden_at
        or profile.withheld_at
        or profile.out_of_date
        or not profile.listed
        or profile.home_organisation is None
    ):
        return Audience.ME.label
    if profile.safety_flag and field not in SAFE:
        return Audience.ME.label
    return Audience(getattr(profile, f"audience_{field}")).label


def _said(mine: ShownProfile) -> dict[str, Sequence[str]]:
    plain = (
        "name",
        "role",
        "organisation",
        "region",
        "about",
        "learning",
        "languages",
        "working_pattern",
        "registration",
    )
    lines: dict[str, Sequence[str]] = {field: [value] for field in plain if (value := getattr(mine, field))}
    lines["skills"] = [f"{claim.skill}: {claim.level}" for claim in mine.claims]
    lines["blockages"] = [f"{each.condition}: {each.how}" for each in mine.blockages]
    if mine.photo_url:
        lines["photo"] = ["There is one"]
    if mine.availability:
        offered = mine.availability
        kinds = ", ".join(offered.kinds) or "Nothing at present"
        lines["availability"] = [
            line for line in (kinds, offered.days, offered.window, offered.paused, *mine.opts) if line
        ]
    return lines
