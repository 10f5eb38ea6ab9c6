"""Made-up people to try the site with on one's own machine. Their password is public, so never elsewhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from website.places.choices import Region
from website.places.models import Organisation

from ..models import Membership, MembershipState, Role, RoleHeld, User
from .addresses import vouch_for_address
from .groups import editors, follow_roles

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


@dataclass(frozen=True)
class Part:
    """Who plays a role. `here`: what they hold in the demonstration authority; `holds`: a role of the whole or a region."""

    role: str
    name: str
    works_there: bool = True
    here: Role | None = None
    holds: Role | None = None

    @property
    def email(self) -> str:
        """Made of the name, in a domain that nobody can own."""
        return f"{self.name.lower().replace(' ', '.')}@demo.example"


#: A real authority, so that areas, neighbours and practice fit; the people in it are made up and say so.
AUTHORITY = "wigan"
CAST = (
    Part("editor", "Edda Editor", works_there=False),
    Part("evidence_reviewer", "Eve Reviewer", works_there=False, holds=Role.EVIDENCE_REVIEWER),
    Part("moderator", "Mo Moderator", works_there=False, holds=Role.MODERATOR),
    Part("coordinator", "Cory Coordinator", works_there=False, holds=Role.COORDINATOR),
    Part("member", "Mel Member"),
    Part("author", "Arden Author", here=Role.AUTHOR),
    Part("sign_off_owner", "Sena Signoff", here=Role.SIGN_OFF_OWNER),
    Part("line_manager", "Lin Manager"),
    Part("organisation_administrator", "Ola Administrator", here=Role.ORGANISATION_ADMINISTRATOR),
)


@transaction.atomic
def ensure_demo_logins() -> list[DemoLogin]:
    """Make, or set back, one person a role; where authorities are not loaded yet, those who need none.

    Raises: NotInDevelopment unless DEMO_LOGINS is set, which only development and test settings do.
    """
    if not settings.DEMO_LOGINS:
        raise NotInDevelopment("Demo logins have a public password: they are made in development only.")
    authority = Organisation.objects.current().filter(slug=AUTHORITY).first()
    played = {
        part.role: _person(part, authority) for part in CAST if authority is not None or not part.works_there
    }
    if authority is not None:
        Membership.objects.filter(person=played["member"]).update(line_manager=played["line_manager"])
    return [DemoLogin(role, person.email, DEMO_PASSWORD) for role, person in played.items()]


def _person(part: Part, authority: Organisation | None) -> User:
    person, _ = User.objects.get_or_create(email=part.email, defaults={"name": f"{part.name} (made up)"})
    person.is_active = True
    person.set_password(DEMO_PASSWORD)
    person.save()
    person.groups.set([editors()] if part.role == "editor" else [])
    vouch_for_address(user=person)
    Membership.objects.filter(person=person).delete()
    RoleHeld.objects.filter(person=person).delete()
    if part.works_there and authority is not None:
        Membership.objects.create(
            person=person, organisation=authority, state=MembershipState.ACTIVE, joined_at=timezone.now()
        )
    if part.here:
        RoleHeld.objects.create(person=person, role=part.here, organisation=authority)
    if part.holds:
        region = Region.NORTH_WEST if part.holds == Role.COORDINATOR else ""
        RoleHeld.objects.create(person=person, role=part.holds, region=region)
    follow_roles(person=person)
    return person
