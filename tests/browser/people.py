"""Who looks at the pages: an editor, a member, a careful one with a second step, a newcomer, and one who was shut out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData
from PIL import Image
from website.accounts.models import MembershipState, Role, User
from website.accounts.services.demo import DEMO_PASSWORD, ensure_demo_logins
from website.places.models import Organisation

from network.choices import Help, ReportClass, SkillLevel
from network.models import Ask, Message, Profile, Skill
from network.services.asking import ask_person, change_ask, close_request
from network.services.calls import agree_time, debrief, propose_times
from network.services.claims import claim_skill, offer_help, tell_blockage
from network.services.photos import take_photo_over
from network.services.register import load_skills
from network.services.reports import report, report_passage
from network.services.threads import send_message
from practice_library.models import CaseStudyPage, SystemCondition
from tests.browser.states import (
    ADMINISTRATOR,
    CAREFUL,
    COORDINATOR,
    EDITOR,
    HALFWAY,
    MEMBER,
    MODERATOR,
    NEWCOMER,
    VISITOR,
)
from tests.factories.exchange import accepted, help_request, offering
from tests.factories.people import give, member, membership, profile

PASSWORD = "a long pass phrase 12"
LONG_NAME = "Multiprofessionalsafeguardingpartnershipadministrator"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MEMBER_EMAIL = "member@example.org"
NAMES = {
    MEMBER_EMAIL: "Mel Member",
    "careful@example.org": "Cleo Careful",
    "newcomer@example.org": "Nat Newcomer",
    "gone@example.org": "Gil Gone",
    "administrator@example.org": "Ada Administrator",
}


def people() -> None:
    """An editor, a member, one with a second step, one without a password, and one who was shut out."""
    ensure_demo_logins()
    for email, name in NAMES.items():
        person = User.objects.create_user(email, PASSWORD, name=name)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    User.objects.filter(email="gone@example.org").update(is_active=False)
    newcomer = User.objects.get(email="newcomer@example.org")
    newcomer.set_unusable_password()
    newcomer.save()
    careful = User.objects.get(email="careful@example.org")
    TOTP.activate(careful, TOTP_SECRET)
    RecoveryCodes.activate(careful)
    Authenticator.objects.create(
        user=careful, type=Authenticator.Type.WEBAUTHN, data={"name": "My key", "credential": _key()}
    )


def people_at_work(wigan: Organisation, leeds: Organisation) -> None:
    """The same people with a place: Mel and Ada in Wigan, others invited, suspended, and with a name that breaks."""
    mel, ada, cleo, nat = (
        User.objects.get(email=f"{who}@example.org")
        for who in ("member", "administrator", "careful", "newcomer")
    )
    membership(ada, wigan)
    give(ada, Role.ORGANISATION_ADMINISTRATOR, of=wigan)
    give(ada, Role.SIGN_OFF_OWNER, of=wigan)
    membership(mel, wigan, line_manager=ada)
    membership(cleo, leeds, MembershipState.SUSPENDED)
    membership(nat, wigan, MembershipState.INVITED)
    membership(nat, leeds, MembershipState.ASKED)
    for number in range(12):
        member(f"Colleague {number}", of=wigan)
    profiles_of_people(wigan, ada, mel, member(f"{LONG_NAME} {LONG_NAME}", of=wigan))


def profiles_of_people(wigan: Organisation, ada: User, mel: User, long_name: User) -> None:
    """Profiles that say much, little and nothing, one that is hidden, and many under one skill."""
    load_skills()
    court = CaseStudyPage.objects.get(slug="night-court")
    supervision = Skill.objects.get(slug="group-supervision")
    design = Skill.objects.get(slug="co-design-with-young-people")
    term = SystemCondition.objects.get(slug="time-for-direct-work")
    cora = member("Cora Confirmed", of=wigan)
    for person, words in ((ada, 1), (mel, 1), (cora, 1), (long_name, 40)):
        profile(
            person,
            about=f"I look after family time. {LONG_NAME * 2} " * words,
            learning="How others plan a move." * words,
            languages="Welsh",
            working_pattern="Four days",
            registration="social-work-england",
            borrowable=True,
        )
    for person in (mel, long_name):
        file = BytesIO()
        Image.new("RGB", (600, 400), "teal").save(file, "PNG")
        take_photo_over(person=person, file=file, size=1)
    for person in (mel, cora, long_name):
        claim_skill(person=person, skill=supervision, level=SkillLevel.LED, last_used=2024, case_study=court)
        claim_skill(person=person, skill=design, level=SkillLevel.PRACTISED, course="A course in design")
        tell_blockage(person=person, condition=term, how=f"We stopped two meetings. {LONG_NAME}")
        offer_help(person=person, kinds=list(Help), days=[1, 3], capacity=2, paused=person == mel)
    for number in range(12):
        colleague = User.objects.get(name=f"Colleague {number}")
        profile(colleague, hidden_at=timezone.now() if number == 11 else None)
        if number > 1:
            claim_skill(person=colleague, skill=supervision, level=SkillLevel.DISCUSS)
    profile(member("Hidden Person", of=wigan), hidden_at=timezone.now())
    exchanges_of_people(mel, cora, long_name)
    reports_of_people(mel, long_name)
    Profile.objects.filter(person=ada).update(confirmed_at=timezone.now() - dt.timedelta(days=200))


def exchanges_of_people(mel: User, cora: User, long_name: User) -> None:
    """Requests of Mel in every state, threads that say nothing, something and much, and what Mel is asked."""
    words = f"Who has moved a duty team closer to schools? {LONG_NAME} " * 12
    running = accepted(
        by=mel, of=cora, kind=Help.COACHING, problem="Who has moved a duty team closer to schools?"
    )
    asked_too = User.objects.get(name="Colleague 3")
    ask_person(request=running.request, profile=offering(asked_too), by=mel)
    change_ask(ask=running.request.asks.get(person=asked_too), act="decline", by=asked_too)
    send_message(thread=running.thread, by=cora, text="Gladly. What have you tried?")
    starts = timezone.now() + dt.timedelta(days=4)
    first, _, _ = propose_times(
        ask=running, times=[(starts + dt.timedelta(hours=n), 45) for n in range(3)], by=cora
    )
    agree_time(time=first, by=mel)
    question = accepted(
        by=mel, of=long_name, kind=Help.QUESTION, problem=words[:1900], must_not_include="No open case."
    )
    for number in range(6):
        send_message(thread=question.thread, by=long_name if number % 2 else mel, text=words)
    over = accepted(
        by=mel, of=User.objects.get(name="Colleague 4"), kind=Help.CALL, problem="How do you hold groups?"
    )
    for person in (mel, over.person):
        debrief(ask=over, by=person, what_helped="The example.", what_next="A trial.", may_be_evidence=True)
    close_request(request=over.request, by=mel)
    help_request(by=mel, kind=Help.CALL, problem="A draft", draft=True)
    help_request(by=mel, kind=Help.CALL, problem="Nobody asked yet")
    for number, act in ((5, ""), (6, "accept")):
        asker = User.objects.get(name=f"Colleague {number}")
        written = help_request(
            by=asker, problem="How did you stop two meetings?", must_not_include="No open case."
        )
        ask = Ask.objects.create(request=written, person=mel)  # Mel has paused since
        if act:
            change_ask(ask=ask, act=act, by=mel)


def reports_of_people(mel: User, long_name: User) -> None:
    """One about a message, one about a whole profile and one about a passage of an entry."""
    message = Message.objects.filter(by=long_name)[0]
    report(thing=message, kind=ReportClass.OTHER, words="It is unkind.", by=mel)
    report(thing=long_name.profile, kind=ReportClass.SAFEGUARDING, words="", by=mel)
    shared = CaseStudyPage.objects.get(slug="shared-by-three")
    quoted = "three places shared one team"
    report_passage(entry=shared, kind=ReportClass.FAMILY, quoted=quoted, words="I know them.", by=mel)


def _key() -> dict[str, Any]:
    """What a browser sends when somebody touches a new security key."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    about = AttestedCredentialData.create(Aaguid(bytes(16)), b"a key in a test", public)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    seen = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, about)
    client = json.dumps({"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"})
    return {
        "id": websafe_encode(b"a key in a test"),
        "rawId": websafe_encode(b"a key in a test"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client.encode()),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {}))),
        },
        "clientExtensionResults": {},
    }


def sign_in(client: Client, reader: str) -> None:
    """Through the front door, so that the session says how and when, as the pages of the account ask."""
    cache.clear()
    if reader == VISITOR:
        return
    if reader == NEWCOMER:
        client.force_login(
            User.objects.get(email="newcomer@example.org"), "django.contrib.auth.backends.ModelBackend"
        )
        return
    email, password = {
        EDITOR: ("edda.editor@demo.example", DEMO_PASSWORD),
        MODERATOR: ("mo.moderator@demo.example", DEMO_PASSWORD),
        COORDINATOR: ("cory.coordinator@demo.example", DEMO_PASSWORD),
        MEMBER: (MEMBER_EMAIL, PASSWORD),
        CAREFUL: ("careful@example.org", PASSWORD),
        ADMINISTRATOR: ("administrator@example.org", PASSWORD),
        HALFWAY: ("careful@example.org", PASSWORD),
    }[reader]
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    assert answer.status_code == 302, f"{reader} cannot sign in"
    if reader == CAREFUL:
        code = format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302, (
            "the code is refused"
        )
    if reader in (MEMBER, CAREFUL, ADMINISTRATOR, EDITOR):
        again = client.post(reverse("account_reauthenticate"), {"password": password})
        assert again.status_code == 302, f"{reader} cannot prove who they are once more"
