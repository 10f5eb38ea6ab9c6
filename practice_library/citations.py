"""How an entry is cited, and what machines read of its origin and licence."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.safestring import SafeString

from .choices import Licence, Origin
from .linked_data import in_script
from .partial_dates import in_words

LICENCE_URL = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
SITE = "Practice Commons"
#: Below the address of an entry: its citation as programs read it.
FILES = {"RIS": "cite.ris", "BibTeX": "cite.bib"}
_FOR_BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        # BibTeX counts braces also where they are escaped, so a single one would swallow the rest of the file.
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
    }
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


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
    return in_script(data)


def as_ris(entry: Any, *, url: str, changed_on: dt.date | None, read_on: dt.date) -> str:
    """For Zotero, EndNote and the like: a tag a line, so that no value may hold a line break."""
    fields = [
        ("TY", "ELEC"),
        ("TI", entry.title),
        ("AU", author_of(entry)),
        ("PY", f"{changed_on.year}" if changed_on else ""),
        ("DA", f"{changed_on:%Y/%m/%d}" if changed_on else ""),
        ("PB", SITE),
        ("AB", entry.summary if entry.licence else ""),
        ("LA", "en-GB"),
        ("UR", url),
        ("Y2", f"{read_on:%Y/%m/%d}"),
        ("ID", str(entry.uid)),
    ]
    lines = [f"{tag}  - {told}" for tag, value in fields if (told := _one_line(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_bibtex(entry: Any, *, url: str, changed_on: dt.date | None, read_on: dt.date) -> str:
    """For LaTeX. Double braces keep capitals, and an organisation from being taken apart like a person's name."""
    version = f" Version of {in_words(changed_on.isoformat())}." if changed_on else ""
    fields = {
        "title": f"{{{_in_bibtex(entry.title)}}}",
        "author": f"{{{_in_bibtex(author_of(entry))}}}",
        "year": f"{changed_on.year}" if changed_on else "",
        "date": changed_on.isoformat() if changed_on else "",
        "publisher": f"{{{SITE}}}",
        "abstract": _in_bibtex(entry.summary) if entry.licence else "",
        "url": url,
        "urldate": read_on.isoformat(),
        "note": f"{SITE}.{version} Read on {in_words(read_on.isoformat())}.",
    }
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{practice-commons-{entry.uid},\n{rows}\n}}\n"


def _one_line(value: str) -> str:
    return " ".join(_CONTROL.sub(" ", value).split())


def _in_bibtex(value: str) -> str:
    return _one_line(value).translate(_FOR_BIBTEX)
