"""How other scales compare with ours, labelled as our reading: a guide, never a conversion.

Other scales mix how hard a thing was tested with whether it worked; ours keeps the two apart. So no level here says
what the owners of another scale would give, and nothing is computed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .facts import Strength

LABEL = "Our reading, as a guide. The owners of these scales have not rated anything here."


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a level of ours lies roughly on a scale of others."""

    roughly: str
    because: str


EIF_NAME = "Early Intervention Foundation, 0 to 4+"
EIF: Mapping[Strength, Guide] = {
    Strength.NOT_TESTED: Guide("0", "Nothing has been measured."),
    Strength.REPORTED: Guide("0 to 1", "A reasoned idea and people's experience, without measurement."),
    Strength.MONITORED: Guide("1", "Figures are kept, but no change can be tied to the practice."),
    Strength.BEFORE_AND_AFTER: Guide(
        "2, if better", "Change over time in at least 20 people with a validated measure."
    ),
    Strength.COMPARED: Guide(
        "2 to 3, if better",
        "One comparison. Level 3 also asks for sound groups, little loss and good measures.",
    ),
    Strength.COMPARED_TWICE: Guide(
        "3 to 4+, if better", "Two comparisons. Level 4 also asks for a gain that lasts a year or more."
    ),
}

MARYLAND_NAME = "Maryland scale, 1 to 5"
MARYLAND: Mapping[Strength, Guide] = {
    Strength.NOT_TESTED: Guide("none", "The scale begins with a measured link."),
    Strength.REPORTED: Guide("none", "The scale begins with a measured link."),
    Strength.MONITORED: Guide("none to 1", "Figures at one time, or a link without before and after."),
    Strength.BEFORE_AND_AFTER: Guide("1 to 2", "Before and after, without another group."),
    Strength.COMPARED: Guide(
        "2 to 5", "Matched without shown likeness 2 to 3, difference in differences 3 to 4, at random 5."
    ),
    Strength.COMPARED_TWICE: Guide("2 to 5", "As for one comparison; the scale rates single studies."),
}
