"""The person who signs in, where they work, and what they may decide there."""

from .erasure import Erasure
from .membership import Membership, MembershipState
from .role import OF_A_REGION, OF_AN_ORGANISATION, Role, RoleHeld
from .user import User, UserManager

__all__ = [
    "OF_AN_ORGANISATION",
    "OF_A_REGION",
    "Erasure",
    "Membership",
    "MembershipState",
    "Role",
    "RoleHeld",
    "User",
    "UserManager",
]
