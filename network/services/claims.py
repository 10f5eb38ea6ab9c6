"""What a member says they can do, what they got round and what they offer; and what those who worked with them confirm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from practice_library.models import CaseStudyPage, SystemCondition

from .. import permissions
from ..choices import Evidence, Help, SkillLevel
from ..models import (
    Ask,
    Availability,
    BlockageGotRound,
    Confirmation,
    HelpOffered,
    Profile,
    Skill,
    SkillClaim,
)


class NotClaimable(ValueError):
    """The skill cannot be claimed like this, in words for whoever claims it."""


@transaction.atomic
def claim_skill(
    *,
    person: User,
    skill: Skill,
    level: SkillLevel,
    last_used: int | None = None,
    case_study: CaseStudyPage | None = None,
    course: str = "",
    exchange: Ask | None = None,
) -> SkillClaim:
    """Claim a skill, or say it anew; a claim that changes what it rests on loses its confirmations.

    Raises: NotClaimable for a term no longer in use, a case study of an organisation that the person never worked in, or
    an exchange that both sides did not say yes to, or that was about other skills.
    """
    profile = Profile.objects.select_for_update().get(person=person)
    if not skill.is_in_force:
        raise NotClaimable("This skill is no longer in the register.")
    if case_study is not None and case_study not in permissions.case_studies_of(person):
        raise NotClaimable("Choose a case study of an organisation that you work in or worked in.")
    if exchange is not None:
        _require_about(exchange, skill, person)
    rests_on = _evidence(case_study, exchange, course)
    before = SkillClaim.objects.filter(profile=profile, skill=skill).first()
    if before is not None and (
        before.case_study_id != getattr(case_study, "pk", None)
        or before.exchange_id != getattr(exchange, "pk", None)
        or before.level < level
    ):
        before.confirmations.all().delete()
    claim, _ = SkillClaim.objects.update_or_create(
        profile=profile,
        skill=skill,
        defaults={
            "level": level,
            "last_used": last_used,
            "rests_on": rests_on,
            "case_study": case_study,
            "course": course if rests_on == Evidence.COURSE else "",
            "exchange": exchange if rests_on == Evidence.EXCHANGE else None,
        },
    )
    record("skill.claimed", claim, by=person)
    return claim


def _evidence(case_study: CaseStudyPage | None, exchange: Ask | None, course: str) -> Evidence:
    """The strongest of what was named."""
    if case_study:
        return Evidence.CASE_STUDY
    if exchange:
        return Evidence.EXCHANGE
    return Evidence.COURSE if course else Evidence.NOTHING


def _require_about(exchange: Ask, skill: Skill, person: User) -> None:
    if exchange not in permissions.exchanges_of(person):
        raise NotClaimable(
            "Choose an exchange in which you helped and both of you said that it may be evidence."
        )
    about = exchange.request.skills.all()
    if about and skill not in about:
        raise NotClaimable("The exchange was about another skill.")


@transaction.atomic
def drop_claim(*, person: User, claim: SkillClaim) -> None:
    """Take a claim back, with its confirmations. Raises: NotAllowed."""
    require(claim.profile.person_id == person.pk)
    record("skill.dropped", claim, by=person)
    claim.delete()


@transaction.atomic
def confirm_claim(*, claim: SkillClaim, by: User) -> Confirmation:
    """Confirm what somebody can do, having shared the case study or the exchange. Raises: NotAllowed."""
    require(permissions.can_confirm(by, claim))
    confirmation, made = Confirmation.objects.get_or_create(claim=claim, by=by)
    if made:
        record("skill.confirmed", claim, by=by)
    return confirmation


@transaction.atomic
def take_confirmation_back(*, claim: SkillClaim, by: User) -> None:
    """Think again; possible for as long as the claim stands, also where it could not be given any more."""
    taken, _ = Confirmation.objects.filter(claim=claim, by=by).delete()
    if taken:
        record("skill.confirmation_taken_back", claim, by=by)


@transaction.atomic
def tell_blockage(*, person: User, condition: SystemCondition, how: str) -> BlockageGotRound:
    """Say how one got round a condition that was missing."""
    profile = Profile.objects.select_for_update().get(person=person)
    told, _ = BlockageGotRound.objects.update_or_create(
        profile=profile, condition=condition, defaults={"how": how}
    )
    record("blockage.told", told, by=person)
    return told


@transaction.atomic
def drop_blockage(*, person: User, blockage: BlockageGotRound) -> None:
    """Say it no longer. Raises: NotAllowed."""
    require(blockage.profile.person_id == person.pk)
    record("blockage.dropped", blockage, by=person)
    blockage.delete()


@transaction.atomic
def offer_help(
    *,
    person: User,
    kinds: Sequence[Help],
    days: Sequence[int],
    capacity: int,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    paused: bool = False,
    paused_until: dt.date | None = None,
) -> Availability:
    """Say what one offers and when; no kind at all offers nothing."""
    profile = Profile.objects.select_for_update().get(person=person)
    offered, _ = Availability.objects.update_or_create(
        profile=profile,
        defaults={
            "days": sorted(days),
            "capacity": capacity,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "paused": paused,
            "paused_until": paused_until,
        },
    )
    offered.kinds.all().delete()
    HelpOffered.objects.bulk_create(
        HelpOffered(availability=offered, kind=kind) for kind in Help if kind in kinds
    )
    record("availability.changed", offered, by=person)
    return offered
