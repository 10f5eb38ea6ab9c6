"""Which findings speak about England (rule 5)."""

from __future__ import annotations

import re

from .facts import FindingFacts

_NAMES_ENGLAND = re.compile(r"(?<!new )\bengland\b", re.IGNORECASE)
_UNITED_KINGDOM = frozenset({"united kingdom", "uk", "great britain"})


def speaks_about_england(finding: FindingFacts) -> bool:
    """A country that names England ("England and Wales" does), or a United Kingdom study with a named English place.

    A finding of a study has the country of its study, a claim its own. "International" or "several countries" does
    not name England. A country that is not reported is nowhere.
    """
    study = finding.study
    country = ((study.country if study else finding.country) or "").strip()
    if _NAMES_ENGLAND.search(country):
        return True
    return country.lower() in _UNITED_KINGDOM and study is not None and study.sites_in_england is True
