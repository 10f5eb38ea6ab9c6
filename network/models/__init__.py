"""People, what they can do, and what they offer."""

from .availability import Availability, HelpOffered
from .blockage import BlockageGotRound
from .profile import Profile
from .skill import Confirmation, Skill, SkillClaim, SkillGroup, StatementHeading

__all__ = [
    "Availability",
    "BlockageGotRound",
    "Confirmation",
    "HelpOffered",
    "Profile",
    "Skill",
    "SkillClaim",
    "SkillGroup",
    "StatementHeading",
]
