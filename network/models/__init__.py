"""People, what they can do, and what they offer."""

from .availability import Availability, HelpOffered
from .blockage import BlockageGotRound
from .exchange import Ask, Debrief, HelpRequest, ProposedTime
from .message import Block, Message, Participant, Thread
from .photo import Photo
from .profile import Profile
from .report import Report
from .skill import Confirmation, Skill, SkillClaim, SkillGroup, StatementHeading

__all__ = [
    "Ask",
    "Availability",
    "Block",
    "BlockageGotRound",
    "Confirmation",
    "Debrief",
    "HelpOffered",
    "HelpRequest",
    "Message",
    "Participant",
    "Photo",
    "Profile",
    "ProposedTime",
    "Report",
    "Skill",
    "SkillClaim",
    "SkillGroup",
    "StatementHeading",
    "Thread",
]
