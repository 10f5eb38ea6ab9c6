"""Who there is and what they say: every row of a profile for every audience, profiles out of sight in every way, and all
that two people tell each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from website.accounts.models import Membership, MembershipState, Role, User
from website.audit.recording import record
from website.outgoing.models import Letter
from website.places.models import Organisation

from network.audience import FIELDS
from network.choices import Audience, Help, ReportClass
from network.models import (
    Ask,
    Block,
    BlockageGotRound,
    Confirmation,
    Debrief,
    HelpRequest,
    Message,
    Participant,
    Photo,
    Profile,
    ProposedTime,
    Report,
    Skill,
    SkillClaim,
    SkillGroup,
    Thread,
)
from network.services.reports import report_passage
from practice_library.models import SystemCondition
from tests.factories.exchange import offering
from tests.factories.people import a_person, administrator, an_editor, give, member, membership, profile
from tests.factories.places import AuthorityFactory
from tests.security.canary_library import Library
from tests.security.canary_words import Canaries

#: Who belongs to each audience of somebody in North, beside that person: from domain.md and access.md.
ADMITTED = {
    Audience.ME: "",
    Audience.EXCHANGE: "",
    Audience.ORGANISATION: "M A S L O W",
    Audience.ELSEWHERE: "N X P R C E",
    Audience.REGION: "M A S L O W N",
    Audience.NETWORK: "M A S L O W N X P R C E",
}
#: Rows that hold words of one's own, in the order in which audiences go round.
ROWS = (
    "about", "learning", "languages", "working_pattern", "name", "role", "skills", "blockages", "photo",
)  # fmt: skip
AUDIENCES = tuple(Audience)
#: Job title and region alone are left of it, for their audiences.
SAFETY = "under the safety flag"
#: How a whole profile is out of sight, and who may read it all the same.
UNSEEN = {
    "hidden now": "", "withheld": "D", "not listed": "", "out of date": "", "suspended": "Z", "left": "",
    "shut out": "", "in a place that is no more": "", SAFETY: "",
}  # fmt: skip


class People:
    """North and Near are of one region, South of another. `who` has somebody for each letter but V."""

    def __init__(self, canaries: Canaries, library: Library) -> None:
        self.canaries, self.library = canaries, library
        self.north = Organisation.objects.get(slug="north")
        self.south = Organisation.objects.get(slug="south")
        near = AuthorityFactory(name="Near", region="north-west")
        self.skill = Skill.objects.create(
            name="Listening",
            slug="listening",
            group=SkillGroup.objects.create(name="Methods", slug="methods"),
        )
        self.condition = SystemCondition.objects.get(slug="trust")
        self.profiles: list[Profile] = []
        self.unseen: dict[str, Profile] = {}
        self.who: dict[str, User] = {
            **{letter: member(f"Role {letter}", of=self.north) for letter in "MASLW"},
            "O": administrator("Role O", of=self.north),
            "N": member("Role N", of=near),
            "X": member("Role X", of=self.south),
            "P": member("Role P", of=self.south),
            "E": an_editor("Role E"),
            **{letter: a_person(f"Role {letter}") for letter in "RCDQ"},
            "Z": member("Role Z", of=self.north, state=MembershipState.SUSPENDED),
        }
        give(self.who["A"], Role.AUTHOR, of=self.north)
        give(self.who["S"], Role.SIGN_OFF_OWNER, of=self.north)
        give(self.who["R"], Role.EVIDENCE_REVIEWER)
        give(self.who["C"], Role.COORDINATOR, region="north-west")
        give(self.who["D"], Role.MODERATOR)
        Membership.objects.filter(person=self.who["W"]).update(line_manager=self.who["L"])
        self.strangers = member("Stranger One", of=self.south), member("Stranger Two", of=self.north)
        for person in (*(self.who[letter] for letter in "NXPMO"), *self.strangers):
            self._open_profile(person)
        self.gone = AuthorityFactory(name="Gone", slug="gone", region="north-west", end=dt.date(2020, 1, 1))

    def word(self, what: str, may: str) -> str:
        return self.canaries.add(what, may)

    def _open_profile(self, person: User) -> Profile:
        """What all members read, and nothing that is looked for."""
        held = profile(person, name=person.name, audience=Audience.NETWORK)
        SkillClaim.objects.create(profile=held, skill=self.skill, level=2)
        BlockageGotRound.objects.create(profile=held, condition=self.condition, how="We met more often.")
        offering(person, Help.CALL, Help.QUESTION)
        return held

    # Profiles

    def add_who_is_unseen(self) -> None:
        """Somebody for each way of being out of sight; `conceal` takes them there."""
        for state in [each for each in UNSEEN if each != SAFETY]:
            self._unseen(state, UNSEEN[state])
        reporter = self.who["N"]
        self._report("a profile that is withheld", reporter, "D E N", profile=self.unseen["withheld"])

    def _unseen(self, state: str, may: str) -> None:
        person = self.who["Z"] if state == "suspended" else member(f"State {state}", of=self.north)
        said = {
            row: self.word(f"profile {state}: {row}", may)
            for row in ROWS
            if not (row == "role" and state == SAFETY)
        }
        said.setdefault("role", "Practice lead")
        self.unseen[state] = self._says(person, said)

    def add_rows(self) -> None:
        """Six people of North, each with every audience on some row: together every audience on every row."""
        self._unseen(SAFETY, UNSEEN[SAFETY])
        for number in range(len(AUDIENCES)):
            person = self.who["W"] if number == 0 else member(f"Row {number}", of=self.north)
            said = {row: self.word(f"row {row} of {number}", self._may(row, number)) for row in ROWS}
            self.profiles.append(self._says(person, said))

    def audience(self, row: str, number: int) -> Audience:
        return AUDIENCES[(ROWS.index(row) + number) % len(AUDIENCES)]

    def _may(self, row: str, number: int) -> str:
        audience = self.audience(row, number)
        own = {"W"} if number == 0 else set()
        party = {"P"} if number == 0 and audience == Audience.EXCHANGE else set()
        return " ".join(set(ADMITTED[audience].split()) | own | party)

    def _says(self, person: User, said: dict[str, str]) -> Profile:
        """Somebody who says a word in each row, a place of work and a claim on a case study that is out of sight."""
        texts = {row: text for row, text in said.items() if row not in ("skills", "blockages", "photo")}
        held = profile(person, **texts)
        _, hidden = self.library.hidden[0]
        SkillClaim.objects.create(
            profile=held, skill=self.skill, level=3, rests_on="course", course=said["skills"],
            case_study_id=hidden.pk,
        )  # fmt: skip
        BlockageGotRound.objects.create(profile=held, condition=self.condition, how=said["blockages"])
        Photo.objects.create(profile=held, data=said["photo"].encode())
        return held

    def reveal(self) -> None:
        """Everybody there, everything for all members."""
        everything = {f"audience_{field}": Audience.NETWORK for field in FIELDS}
        mine = Profile.objects.filter(pk__in=[each.pk for each in (*self.profiles, *self.unseen.values())])
        mine.update(
            **everything, listed=True, hidden_at=None, withheld_at=None, safety_flag=False, confirmed_at=timezone.now()
        )  # fmt: skip
        self._place_of("suspended").update(state=MembershipState.ACTIVE)
        self._place_of("left").update(state=MembershipState.ACTIVE, ended_at=None)
        User.objects.filter(pk=self.unseen["shut out"].person_id).update(is_active=True)
        self._place_of("in a place that is no more").update(organisation=self.north)

    def conceal(self) -> None:
        """Each row for its audience, and whoever is out of sight in their way."""
        for number, held in enumerate(self.profiles):
            audiences = {f"audience_{row}": self.audience(row, number) for row in ROWS}
            Profile.objects.filter(pk=held.pk).update(**audiences)
        now = timezone.now()
        fields: dict[str, dict[str, Any]] = {
            "hidden now": {"hidden_at": now},
            "withheld": {"withheld_at": now},
            "not listed": {"listed": False},
            "out of date": {"confirmed_at": now - dt.timedelta(days=400)},
            SAFETY: {"safety_flag": True},
        }
        for state, changes in fields.items():
            Profile.objects.filter(
                pk__in=[each.pk for of, each in self.unseen.items() if of == state]
            ).update(**changes)
        self._place_of("suspended").update(state=MembershipState.SUSPENDED)
        self._place_of("left").update(state=MembershipState.LEFT, ended_at=now)
        self._place_of("in a place that is no more").update(organisation=self.gone)
        User.objects.filter(pk=self.unseen["shut out"].person_id).update(is_active=False)

    def _place_of(self, state: str) -> Any:
        return Membership.objects.filter(person=self.unseen[state].person_id)

    # What people tell each other

    def add_exchanges(self) -> None:
        """Between P and W in every state, and between two whom nobody here knows."""
        asker, holder = self.who["P"], self.who["W"]
        self._running(asker, holder)
        self._over(asker, holder)
        for state in ("declined", "not-now", "withdrawn"):
            self._ask(f"request that is {state}", asker, holder, state, "P")
        for state in ("draft", "closed"):
            closed = timezone.now() if state == "closed" else None
            self._request(f"request, {state}", asker, "P", state=state, closed_at=closed)
        self._ask("request not answered yet", holder, asker, "asked", "W P")
        ada, ben = self.strangers
        Membership.objects.filter(person=ben).update(line_manager=self.who["L"])
        others = self._ask("request of others", ada, ben, "accepted", "")
        thread = self._thread(others)
        self._message("message of others", thread, ada, "")
        ended = self._ask("ended request of others", ada, ben, "ended", "")
        self._debrief("debrief of others", ended, ada, "")
        reported = self._ask("request of others that is reported", ada, ben, "accepted", "D")
        self._report("a request", ben, "D E", request=reported.request)
        Block.objects.create(by=ben, person=self.who["X"])

    def _running(self, asker: User, holder: User) -> None:
        ask = self._ask("request that runs", asker, holder, "accepted", "P W")
        thread = self._thread(ask)
        self._message("message", thread, asker, "P W")
        reported = self._message("message that is reported", thread, holder, "P W D")
        self._report("a message", asker, "D E P", message=reported)
        hidden = self._message("message that is hidden", thread, holder, "W D", hidden_at=timezone.now())
        self._report("a message that is hidden", asker, "D E P", message=hidden)
        ProposedTime.objects.create(
            ask=ask, by=asker, starts_at=timezone.now() + dt.timedelta(days=3), minutes=45, agreed_at=timezone.now()
        )  # fmt: skip

    def _over(self, asker: User, holder: User) -> None:
        both = self._ask("request that ended", asker, holder, "ended", "P W")
        self._thread(both)
        for person in (asker, holder):
            self._debrief(f"debrief of both, {person.pk == holder.pk}", both, person, "P W")
        one = self._ask("request that ended, of the other", holder, asker, "ended", "P W")
        self._debrief("debrief of one", one, asker, "P")

    def _request(self, what: str, asker: User, may: str, **fields: Any) -> HelpRequest:
        return HelpRequest.objects.create(
            asker=asker,
            problem=self.word(what, may),
            must_not_include=self.word(f"{what}: what it must not include", may),
            **{"kind": Help.CALL, "state": "open", **fields},
        )

    def _ask(self, what: str, asker: User, person: User, state: str, may: str) -> Ask:
        ended = timezone.now() if state == "ended" else None
        return Ask.objects.create(
            request=self._request(what, asker, may), person=person, state=state, ended_at=ended
        )

    def _thread(self, ask: Ask) -> Thread:
        thread = Thread.objects.create(ask=ask)
        for person in (ask.request.asker, ask.person):
            Participant.objects.create(thread=thread, person=person)
        return thread

    def _message(self, what: str, thread: Thread, by: User, may: str, **fields: Any) -> Message:
        return Message.objects.create(thread=thread, by=by, text=self.word(what, may), **fields)

    def _debrief(self, what: str, ask: Ask, by: User, may: str) -> None:
        Debrief.objects.create(
            ask=ask,
            by=by,
            what_helped=self.word(f"{what}: what helped", may),
            what_next=self.word(f"{what}: what next", may),
            may_be_evidence=True,
        )

    def _report(self, what: str, by: User, may: str, **about: Any) -> Report:
        return Report.objects.create(
            by=by, kind=ReportClass.OTHER, words=self.word(f"report about {what}", may), **about
        )

    # Accounts

    def add_accounts(self) -> None:
        """Names, addresses, invitations, sessions, letters, the audit."""
        holder, asker = self.who["W"], self.who["P"]
        self._named("name of W", holder, "O E L D W")
        self._named("name of P", asker, "P E D")
        for letter, person in (("W", holder), ("P", asker), ("O", self.who["O"])):
            self._addressed(letter, person)
        EmailAddress.objects.create(user=holder, email=f"{self.word('new address of W', 'W')}@people.example")
        elsewhere = SessionStore()
        elsewhere[SESSION_KEY], elsewhere[BACKEND_SESSION_KEY] = (
            str(holder.pk),
            settings.AUTHENTICATION_BACKENDS[0],
        )
        elsewhere[HASH_SESSION_KEY] = holder.get_session_auth_hash()
        elsewhere.create()
        UserSession.objects.create(
            user=holder,
            ip="203.0.113.7",
            session_key=elsewhere.session_key,
            user_agent=self.word("browser of W", "W"),
        )
        Letter.objects.create(
            person=holder, subject=self.word("subject of a letter", "W"), body=self.word("letter", "W")
        )
        Letter.objects.create(
            address="nobody@people.example", subject="Hello", body=self.word("letter to an address", "")
        )
        with transaction.atomic():
            record(
                "person.looked_after", holder, by=self.who["E"], detail={"words": self.word("detail of the audit", "E")}
            )  # fmt: skip
        invited = self.who["Q"]
        invited.name = self.word("name of an account that is invited", "Q")
        invited.save()
        self._addressed("Q", invited)
        name = self.word("name as the administrator typed it", "O E D Q")
        membership(invited, self.north, MembershipState.INVITED, invited_as=name)
        asking = a_person(self.word("name of somebody who asks to join", "O E D"))
        membership(asking, self.north, MembershipState.ASKED)
        left = a_person(self.word("name of somebody who left", "E"))
        membership(left, self.north, MembershipState.LEFT)
        suspended = a_person(self.word("name of somebody suspended", "O E D"))
        membership(suspended, self.north, MembershipState.SUSPENDED)
        stranger = member(self.word("name of a stranger", "E D"), of=self.south)
        self._confirmed_by(stranger)

    def add_passage(self) -> None:
        """A passage of an open entry that somebody reported, so that it is out of sight until a moderator decides."""
        passage = self.word("passage of an entry that is held", "D")
        self.library.other.with_statement(f"It was {passage} who came.")
        report_passage(
            entry=self.library.other.page,
            by=None,
            kind=ReportClass.FAMILY,
            quoted=f"It was {passage} who came.",
            words=self.word("report about a passage", "D E"),
        )

    def _confirmed_by(self, person: User) -> None:
        """Whoever confirms is not named."""
        claim = SkillClaim.objects.filter(profile__person=self.who["M"]).get()
        Confirmation.objects.create(claim=claim, by=person)

    def _named(self, what: str, person: User, may: str) -> None:
        person.name = self.word(what, may)
        person.save()

    def _addressed(self, letter: str, person: User) -> None:
        person.email = f"{self.word(f'address of {letter}', letter)}@people.example"
        person.save()
        EmailAddress.objects.filter(user=person, primary=True).update(email=person.email)
