"""How an entry is cited, and what machines read of its origin and licence."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .choices import Licence, Origin
from .partial_dates import in_words

LICENCE_URL = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
SITE = "Practice Commons"
_FOR_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def author_of(entry: Any) -> str:
    """Who answers for the words: the organisation that wrote them, else the editors."""
    lead = getattr(entry, "lead_organisation", None)
    return lead.short_name if entry.origin == Origin.OWN and lead else f"{SITE} editors"


def cite(entry: Any, *, url: str, changed_on: dt.date | None, read_on: dt.date) -> str:
    """One line for a report or paper: when the version was published where that is known, and when it was read."""
    year = f" ({changed_on.year})" if changed_on else ""
    version = f" Version of {in_words(changed_on.isoformat())}." if changed_on else ""
    return f"{author_of(entry)}{year}. {entry.title}. {SITE}. {url}.{version} Read on {in_words(read_on.isoformat())}."


def json_ld(entry: Any, *, url: str, changed_on: dt.date | None, sources: list[str]) -> SafeString:
    """Origin, licence and sources as schema.org data, safe inside a script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": entry.title,
        "abstract": entry.summary,
        "url": url,
        "identifier": str(entry.uid),
        "inLanguage": "en-GB",
        "author": {"@type": "Organization", "name": author_of(entry)},
        "publisher": {"@type": "Organization", "name": SITE},
    }
    if entry.licence:
        data["license"] = LICENCE_URL[Licence(entry.licence)]
    if changed_on:
        data["dateModified"] = changed_on.isoformat()
    if sources:
        data["isBasedOn"] = sources
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_FOR_SCRIPT))
