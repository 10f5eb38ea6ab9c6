"""What readers see for what the code calls by other names. Slugs stay stable; words live here and nowhere else."""

from __future__ import annotations

from website.places.choices import Region

from . import choices

DIRECTION = dict(choices.Direction.choices)
STRENGTH = {
    0: "Not tested yet",
    1: "Reported by practitioners",
    2: "Monitored",
    3: "Measured before and after",
    4: "Compared with a similar group",
    5: "Compared in two or more strong studies",
}
EVIDENCE = {
    "not-tested": STRENGTH[0],
    "reported": STRENGTH[1],
    "monitored": STRENGTH[2],
    "before-and-after": STRENGTH[3],
    "compared": STRENGTH[4],
    "compared-twice": STRENGTH[5],
}
PUT_IN_PLACE = "How it was put in place"
NOT_REPORTED = "Not reported"
TYPE = {"model": "Model", "case_study": "Case study"}
KIND = {**dict(choices.ModelKind.choices), "local-approach": "Local approach"}
STATUS = dict(choices.State.choices)
ROLE = dict(choices.Role.choices)
PRESENCE = {**dict(choices.Presence.choices), "not-known": "Not known"}
COST = {
    "under-500": "Under £500",
    "500-1999": "£500 to £1,999",
    "2000-4999": "£2,000 to £4,999",
    "5000-9999": "£5,000 to £9,999",
    "10000-over": "£10,000 and over",
    "not-reported": NOT_REPORTED,
}
COUNTRY = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    "united-kingdom": "United Kingdom",
    "united-states": "United States",
    "new-zealand": "New Zealand",
}

#: Labels of the facets whose values are not terms of a vocabulary.
FACET_LABELS: dict[str, dict[str, str]] = {
    "type": TYPE,
    "kind": KIND,
    "evidence": EVIDENCE,
    "direction": DIRECTION,
    "role": ROLE,
    "presence": PRESENCE,
    "region": dict(Region.choices),
    "country": COUNTRY,
    "status": STATUS,
    "cost": COST,
}
