"""Made-up people to try the site with on one's own machine. Their password is public, so never elsewhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from ..models import User
from .addresses import vouch_for_address

DEMO_PASSWORD = "try-the-commons-here"  # noqa: S105 - public on purpose, refused outside development


class NotInDevelopment(Exception):
    """Logins that everybody knows were asked for on a site that is not in development."""


@dataclass(frozen=True)
class DemoLogin:
    """How to sign in as one role. `totp_secret` is None where the role has no second factor here."""

    role: str
    email: str
    password: str
    totp_secret: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """As the command prints it."""
        return asdict(self)


#: Each role with who plays it and the group that carries its rights in the CMS.
ROLES = (
    ("editor", "edda.editor@demo.example", "Edda Editor (made up)", "Editors"),
    ("evidence_reviewer", "eve.reviewer@demo.example", "Eve Reviewer (made up)", "Evidence reviewers"),
    ("moderator", "mo.moderator@demo.example", "Mo Moderator (made up)", "Moderators"),
)


@transaction.atomic
def ensure_demo_logins() -> list[DemoLogin]:
    """Make, or set back, one person a role.

    Raises: NotInDevelopment unless DEMO_LOGINS is set, which only development and test settings do.
    """
    if not settings.DEMO_LOGINS:
        raise NotInDevelopment("Demo logins have a public password: they are made in development only.")
    return [_login(*role) for role in ROLES]


def _login(role: str, email: str, name: str, group: str) -> DemoLogin:
    person, _ = User.objects.get_or_create(email=email, defaults={"name": name})
    person.is_active = True
    person.set_password(DEMO_PASSWORD)
    person.save()
    person.groups.set([Group.objects.get(name=group)])
    vouch_for_address(user=person)
    return DemoLogin(role=role, email=email, password=DEMO_PASSWORD)
