"""Requests among the made-up members, in every state, so that one can try borrowing and lending. Never in production."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from website.accounts.models import User
from website.accounts.services.demo import CAST, NotInDevelopment
from website.outgoing.models import Letter

from practice_library.models import SystemCondition

from ..audience import FIELDS, viewer_of
from ..choices import Audience, Help, ReportClass, SkillLevel
from ..models import Ask, HelpRequest, Profile, Skill
from ..permissions import askable
from .asking import ask_person, change_ask, close_request, write_request
from .calls import agree_time, debrief, propose_times
from .claims import claim_skill, confirm_claim, offer_help, tell_blockage
from .demonstration import DOMAIN, WORDS
from .profiles import save_profile
from .reports import report
from .threads import send_message

#: How many of the first requests are written by the member to sign in as.
OF_THE_MEMBER = 2
#: What happens to whoever is asked, by the state that the request is to end in.
ACTS = {
    "accepted": "accept",
    "ended": "accept",
    "closed": "accept",
    "not-now": "not-now",
    "declined": "decline",
    "withdrawn": "withdraw",
}


@transaction.atomic
def ensure_demo_exchanges() -> int:
    """Make them once, by the services that everybody uses, and say how many. Nobody gets a letter.

    Raises: NotInDevelopment.
    """
    if not settings.DEMO_LOGINS:
        raise NotInDevelopment("Demonstration requests are made in development only.")
    open_to_all = Profile.objects.present().filter(audience_name=Audience.NETWORK, safety_flag=False)
    people = list(open_to_all.filter(person__email__endswith=f"@{DOMAIN}").select_related("person"))
    if HelpRequest.objects.exists() or len(people) < 30:
        return 0
    member = _member()
    requests = yaml.safe_load(WORDS.read_text())["requests"]
    for number, said in enumerate(requests):
        asker = member if member and number < OF_THE_MEMBER else people[7 * number + 1].person
        if member is not None or said.get("asked") != "member":
            _make(said, asker, member)
    Letter.objects.filter(person__email__in=[part.email for part in CAST]).delete()
    Letter.objects.filter(person__email__endswith=f"@{DOMAIN}").delete()
    return HelpRequest.objects.count()


def _member() -> User | None:
    """The member of the demonstration logins, with a profile; None where the logins are not made."""
    email = next(part.email for part in CAST if part.role == "member")
    member = User.objects.filter(email=email).first()
    if member is None or not viewer_of(member).organisation:
        return None
    if not Profile.objects.filter(person=member).exists():
        _say_what_they_do(member)
    return member


def _say_what_they_do(member: User) -> None:
    """As others do, so that whoever signs in finds pages of their own that say something, and asks that have a reason."""
    words = yaml.safe_load(WORDS.read_text())
    job, blockage = words["jobs"][0], words["blockages"][0]
    shown = {f"audience_{field}": Audience.NETWORK for field in FIELDS}
    shown |= {"audience_learning": Audience.ME, "audience_photo": Audience.ME}
    said = {"name": member.name, "role": "Team manager", "about": job["about"], "listed": True}
    learning = "How others keep a front door calm in winter."
    save_profile(person=member, fields={**said, "learning": learning, **shown})
    year = timezone.localdate().year
    for skill in Skill.objects.filter(name__in=job["skills"]):
        claim_skill(person=member, skill=skill, level=SkillLevel.PRACTISED, last_used=year)
    for condition in SystemCondition.objects.filter(name=blockage["condition"]):
        tell_blockage(person=member, condition=condition, how=blockage["how"])
    offer_help(person=member, kinds=[Help.QUESTION, Help.CALL], days=[2, 4], capacity=4)


def _write(said: dict[str, Any], asker: User) -> HelpRequest:
    return write_request(
        by=asker,
        kind=Help(said["kind"]),
        problem=said["problem"],
        must_not_include=said.get("must_not_include", ""),
        skills=Skill.objects.filter(name__in=said["skills"]),
        draft=said["state"] == "draft",
    )


def _who_helps(said: dict[str, Any], asker: User) -> Profile:
    able = askable(viewer_of(asker), Help(said["kind"])).filter(person__email__endswith=f"@{DOMAIN}")
    fits = able.filter(claims__skill__name__in=said["skills"]).order_by("pk").first()
    return fits or able.order_by("pk")[0]


def _make(said: dict[str, Any], asker: User, member: User | None) -> None:
    written = _write(said, asker)
    if said["state"] in ("draft", "open"):
        return
    if member is not None and said.get("asked") == "member":
        ask = Ask.objects.create(request=written, person=member)
    else:
        ask = ask_person(request=written, profile=_who_helps(said, asker), by=asker)
    act = ACTS.get(said["state"])
    if act is None:
        return
    ask = change_ask(ask=ask, act=act, by=asker if act == "withdraw" else ask.person)
    for turn, text in enumerate(said.get("says", ())):
        by_asker = (turn % 2 == 0) != (said["kind"] == Help.QUESTION)
        message = send_message(thread=ask.thread, by=asker if by_asker else ask.person, text=text)
    if "reported" in said:
        report(thing=message, kind=ReportClass.OTHER, words=said["reported"], by=asker)
    if "in_days" in said:
        noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
        starts = _at_work(noon + dt.timedelta(days=said["in_days"]))
        times = [(starts, 45), (_at_work(starts + dt.timedelta(days=1)), 45)]
        first, _ = propose_times(ask=ask, times=times, by=ask.person)
        agree_time(time=first, by=asker)
    if said["state"] == "ended":
        for person, (helped, follows) in zip((asker, ask.person), said["after"], strict=True):
            debrief(ask=ask, by=person, what_helped=helped, what_next=follows, may_be_evidence=True)
        _make_evidence_of(ask, asker)
    if said["state"] == "closed":
        close_request(request=written, by=asker)


def _make_evidence_of(ask: Ask, asker: User) -> None:
    """Whoever helped rests a skill on it, and whoever was helped confirms that."""
    skill = ask.request.skills.first()
    if skill is None:
        return
    level, year = SkillLevel.LED, timezone.localdate().year
    claim = claim_skill(person=ask.person, skill=skill, level=level, last_used=year, exchange=ask)
    confirm_claim(claim=claim, by=asker)


def _at_work(moment: dt.datetime) -> dt.datetime:
    """The same hour on that day, or on the Monday after a weekend."""
    day = moment.isoweekday()
    return moment + dt.timedelta(days=8 - day if day > 5 else 0)
