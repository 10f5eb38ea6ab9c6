"""The evidence standard: a pure function of facts about studies and findings.

Nothing here reads a database or knows a page. ``rate`` rates one outcome, ``rate_entry`` all outcomes of an entry,
``explain`` puts the criteria into words. The standard itself is written down in ``docs/evidence-standard.md``.
"""

from .entry import EntryRating, OutcomeRow, rate_entry
from .explain import as_data, explain, remarks
from .facts import ClaimedBy, Country, Design, Direction, FindingFacts, Kind, Strength, StudyFacts
from .samples import follow_chains
from .standard import STANDARD_VERSION, OutcomeRating, rate

__all__ = [
    "STANDARD_VERSION",
    "ClaimedBy",
    "Country",
    "Design",
    "Direction",
    "EntryRating",
    "FindingFacts",
    "Kind",
    "OutcomeRating",
    "OutcomeRow",
    "Strength",
    "StudyFacts",
    "as_data",
    "explain",
    "follow_chains",
    "rate",
    "rate_entry",
    "remarks",
]
