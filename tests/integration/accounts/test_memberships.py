"""Joining, moving and leaving, as the table of transitions says; and nothing else."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from website.accounts import permissions
from website.accounts.models import OF_AN_ORGANISATION, Membership, MembershipState, Role, RoleHeld, User
from website.accounts.models.membership import INVITATION_STAYS_OPEN
from website.accounts.permissions import NotAllowed
from website.accounts.services import memberships, roles
from website.accounts.services.addresses import vouch_for_address
from website.accounts.services.memberships import TRANSITIONS, NotPossible, change_membership
from website.audit.models import AuditEntry
from website.places.models import Organisation

from tests.factories.people import a_person, administrator, an_editor, give, member, membership
from tests.factories.places import AuthorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def south() -> Organisation:
    return AuthorityFactory(name="South", region="south-west")


@pytest.fixture
def cast(north: Organisation, south: Organisation) -> dict[str, User]:
    """Everybody who might decide, and who must not."""
    moderator = a_person("Mo Moderator")
    give(moderator, Role.MODERATOR)
    return {
        "the_person": a_person("Pat Person"),
        "an_administrator": administrator("Ada North", of=north),
        "a_moderator": moderator,
        "a_colleague": member("Cole League", of=north),
        "an_administrator_elsewhere": administrator("Ada South", of=south),
        "a_visitor": a_person("Vi Sitor"),
    }


@pytest.mark.parametrize(
    ("transition", "state"),
    list(product(TRANSITIONS, MembershipState.values)),
    ids=lambda each: getattr(each, "act", each),
)
def test_the_table_is_the_whole_law(transition: Any, state: str, cast: dict[str, User], north: Organisation):
    """Each act from each state by everybody: it happens where the table says so, and changes nothing elsewhere."""
    place = membership(cast["the_person"], north, state)
    for name, person in cast.items():
        point = transaction.savepoint()
        may = name == transition.who_decides.__name__
        possible = MembershipState(state) in transition.comes_from
        if may and possible:
            assert (
                change_membership(membership=place, act=transition.act, by=person).state
                == transition.leads_to
            )
            assert AuditEntry.objects.about(place).filter(who=person.pk).count() == 1
        else:
            with pytest.raises(NotPossible if may else NotAllowed):
                change_membership(membership=place, act=transition.act, by=person)
            assert Membership.objects.get(pk=place.pk).state == state
        transaction.savepoint_rollback(point)


def test_nobody_suspends_themselves(cast: dict[str, User], north: Organisation):
    moderator = cast["a_moderator"]
    own = membership(moderator, north)
    with pytest.raises(NotAllowed):
        change_membership(membership=own, act="suspend", by=moderator)


def test_a_member_works_in_one_place_at_a_time(north: Organisation, south: Organisation):
    person = member("Pat Person", of=north)
    with pytest.raises(IntegrityError), transaction.atomic():
        membership(person, south)


def test_a_mover_takes_nothing_from_the_former_place(north: Organisation, south: Organisation):
    boss = administrator("Ada South", of=south)
    mover, staff = member("Mo Ver", of=north), member("Sta Ff", of=north)
    deputy = member("De Puty", of=north)
    Membership.objects.filter(person=staff).update(line_manager=mover)
    approver = give(mover, Role.LOAN_APPROVER, of=north)
    roles.name_deputy(held=approver, deputy=deputy, until=approver.granted_at.date(), by=mover)
    reviewer = give(mover, Role.EVIDENCE_REVIEWER)
    invited = memberships.invite(organisation=south, email=mover.email, name="Mo", by=boss)
    change_membership(membership=invited, act="accept", by=mover)
    assert permissions.works_in(mover, south)
    assert not permissions.works_in(mover, north)
    assert Membership.objects.get(person=staff).line_manager is None
    assert not RoleHeld.objects.held().filter(organisation=north).exists(), "the deputy's role ended with it"
    assert RoleHeld.objects.held().filter(pk=reviewer.pk).exists(), "a role of the whole goes with the person"
    assert AuditEntry.objects.filter(action="membership.moved", who=mover.pk).exists()


def test_whoever_is_suspended_cannot_slip_away_to_another_place(north: Organisation, south: Organisation):
    boss = administrator("Ada South", of=south)
    person = member("Pat Person", of=north, state=MembershipState.SUSPENDED)
    invited = memberships.invite(organisation=south, email=person.email, name="Pat", by=boss)
    with pytest.raises(NotPossible):
        change_membership(membership=invited, act="accept", by=person)


def test_an_invitation_looks_the_same_for_known_and_unknown_addresses(
    north: Organisation, django_capture_on_commit_callbacks: Any, client: Client
):
    boss, known = administrator("Ada North", of=north), a_person("Known Nobodyhere")
    client.force_login(boss)
    pages, letters, costs = [], [], []
    for email in (known.email, "quite-new@people.example"):
        with (
            django_capture_on_commit_callbacks(execute=True),
            connection.execute_wrapper(_counting(counted := [])),
        ):
            answer = client.post(
                f"/organisations/{north.slug}/members/", {"name": "Sam Same", "email": email}, follow=True
            )
        Membership.objects.filter(invited_as="Sam Same").delete()
        costs.append([each.split()[0] for each in counted])
        pages.append(_without_tokens(answer.content.decode()))
        letters.append((mail.outbox[-1].subject, mail.outbox[-1].body))
        assert mail.outbox[-1].to == [email]
    assert costs[0] == costs[1]
    assert pages[0] == pages[1]
    assert letters[0] == letters[1]
    assert "Known Nobodyhere" not in pages[0], "the name of the account is not told before its holder answers"
    assert known.email not in pages[0]


def _counting(counted: list[str]) -> Any:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted.append(sql)
        return execute(sql, params, many, context)

    return wrapper


def _without_tokens(html: str) -> str:
    import re

    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return re.sub(r"/members/[0-9a-f-]{36}/", "/members/x/", html)


def test_an_invitation_lapses_and_can_be_sent_anew(client: Client, north: Organisation):
    boss, person = administrator("Ada North", of=north), a_person("Pat Person")
    invitation = memberships.invite(organisation=north, email=person.email, name="Pat", by=boss)
    assert (invitation.lapsed, membership(a_person("Asks"), north, "asked").open_until) == (False, None)
    long_ago = timezone.now() - INVITATION_STAYS_OPEN - dt.timedelta(minutes=1)
    Membership.objects.filter(pk=invitation.pk).update(begun_at=long_ago)
    client.force_login(person)
    page = client.get("/me/").content.decode()
    assert "You were invited to join" in page
    assert ">Join<" not in page
    with pytest.raises(NotPossible, match="can invite you again"):
        change_membership(membership=invitation, act="accept", by=person)
    again = memberships.invite(organisation=north, email=person.email, name="Pat P.", by=boss)
    assert (again.pk, again.invited_as) == (invitation.pk, "Pat P.")
    assert change_membership(membership=again, act="accept", by=person).state == MembershipState.ACTIVE
    Membership.objects.filter(pk=again.pk).update(begun_at=long_ago)
    assert not Membership.objects.get(pk=again.pk).lapsed, "whoever has joined stays"


def test_only_a_confirmed_address_of_the_domain_may_ask_to_join(north: Organisation):
    inside = User.objects.create_user("sam@mail.north.example", name="Sam")
    outside = a_person("Out Sider")
    assert memberships.may_ask_to_join(inside) == [], "the address is not confirmed yet"
    vouch_for_address(user=inside)
    assert memberships.may_ask_to_join(inside) == [north]
    assert memberships.may_ask_to_join(outside) == []
    with pytest.raises(NotAllowed):
        memberships.ask_to_join(person=outside, organisation=north)
    asked = memberships.ask_to_join(person=inside, organisation=north)
    assert asked.state == MembershipState.ASKED
    assert permissions.membership_of(inside) is None
    assert memberships.may_ask_to_join(inside) == [], "once is enough"


def test_a_line_manager_works_in_the_same_place(north: Organisation, south: Organisation):
    boss, person = administrator("Ada North", of=north), member("Pat", of=north)
    place = Membership.objects.get(person=person)
    for nobody in (member("Else Where", of=south), person):
        with pytest.raises(NotPossible):
            memberships.name_line_manager(membership=place, manager=nobody, by=boss)
    memberships.name_line_manager(membership=place, manager=boss, by=boss)
    assert permissions.manages(boss, Membership.objects.get(person=person))
    with pytest.raises(NotAllowed):
        memberships.name_line_manager(membership=place, manager=None, by=person)


def test_a_deputy_holds_the_role_until_the_day_is_over(north: Organisation):
    import datetime as dt

    owner, deputy = member("Own Er", of=north), member("De Puty", of=north)
    held = give(owner, Role.SIGN_OFF_OWNER, of=north)
    today = dt.date.today()
    standing = roles.name_deputy(held=held, deputy=deputy, until=today, by=owner)
    assert permissions.holds(deputy, Role.SIGN_OFF_OWNER, organisation=north)
    assert not RoleHeld.objects.held(on=today + dt.timedelta(days=1)).filter(pk=standing.pk).exists()
    with pytest.raises(NotAllowed):
        roles.name_deputy(held=standing, deputy=owner, until=today, by=deputy)
    roles.end_role(held=held, by=owner)
    assert not permissions.holds(deputy, Role.SIGN_OFF_OWNER, organisation=north)


def test_roles_count_only_while_the_person_works_there(north: Organisation):
    person = administrator("Ada North", of=north)
    assert permissions.can_manage_members(person, north), "the control"
    Membership.objects.filter(person=person).update(state=MembershipState.SUSPENDED)
    assert not permissions.can_manage_members(person, north)
    with pytest.raises(roles.NotGrantable):
        roles.grant_role(person=a_person(), role=Role.AUTHOR, organisation=north, by=an_editor())


@pytest.mark.parametrize("where", ["place", "region", "whole"])
def test_the_database_lets_nobody_hold_a_role_twice(where: str, north: Organisation):
    person = member("Pat", of=north)
    role = {"place": Role.AUTHOR, "region": Role.COORDINATOR, "whole": Role.MODERATOR}[where]
    at = {"of": north if where == "place" else None, "region": "north-west" if where == "region" else ""}
    held = give(person, role, **at)
    with pytest.raises(IntegrityError), transaction.atomic():
        give(person, role, **at)
    roles.end_role(held=held, by=person)
    give(person, role, **at)


def test_a_reviewer_enters_the_cms_with_the_role_and_leaves_it_with_it(client: Client, north: Organisation):
    person, editor = member("Rev Iewer", of=north), an_editor()
    held = roles.grant_role(person=person, role=Role.EVIDENCE_REVIEWER, by=editor)
    client.force_login(person)
    assert client.get("/cms/").status_code == 200
    roles.end_role(held=held, by=editor)
    assert client.get("/cms/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUTHOR])
def test_whoever_decides_about_others_needs_a_second_step(role: Role, north: Organisation):
    person = member("Pat", of=north)
    assert not permissions.needs_second_factor(person), "the control: a member does not"
    of_place = role in OF_AN_ORGANISATION
    give(
        person,
        role,
        of=north if of_place else None,
        region="north-west" if role == Role.COORDINATOR else "",
    )
    assert permissions.needs_second_factor(User.objects.get(pk=person.pk))


def test_a_line_manager_needs_a_second_step(north: Organisation):
    boss, person = member("Boss", of=north), member("Pat", of=north)
    Membership.objects.filter(person=person).update(line_manager=boss)
    assert permissions.needs_second_factor(boss)
    assert not permissions.needs_second_factor(person)


def test_an_administrator_manages_members_on_the_pages(client: Client, north: Organisation):
    boss, person = administrator("Ada North", of=north), member("Pat Person", of=north)
    place = Membership.objects.get(person=person)
    client.force_login(boss)
    here = f"/organisations/{north.slug}/members/{place.pk}/"
    client.post(here, {"act": "manager", "manager": str(boss.pk)})
    client.post(here, {"act": "roles", "roles": ["author", "sign-off-owner"]})
    client.post(here, {"act": "deputy", "role": RoleHeld.objects.get(role="sign-off-owner").pk,
                       "deputy": str(boss.pk), "until": "2099-01-01"})  # fmt: skip
    page = client.get(here).content.decode()
    assert "Line manager: Ada North" in page
    assert permissions.holds(person, Role.AUTHOR, organisation=north)
    assert permissions.holds(boss, Role.SIGN_OFF_OWNER, organisation=north)
    client.post(here, {"act": "remove"})
    assert permissions.membership_of(person) is None
    assert client.get(here).status_code == 404


def test_the_list_of_members_costs_the_same_at_any_size(
    client: Client, north: Organisation, django_assert_max_num_queries: Any
):
    client.force_login(administrator("Ada North", of=north))
    for _ in range(30):
        member(of=north)
    with django_assert_max_num_queries(15):
        assert client.get(f"/organisations/{north.slug}/members/").content.decode().count("<li>") > 30
    with django_assert_max_num_queries(15):
        client.get("/me/")
