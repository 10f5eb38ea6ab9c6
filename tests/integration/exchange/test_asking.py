"""Asking, answering and forgetting a no."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.permissions import NotAllowed
from website.accounts.services.memberships import change_membership
from website.audit.models import AuditEntry
from website.outgoing.models import Letter

from network.audience import viewer_of
from network.choices import AskState, Audience, Help
from network.models import (
    Ask,
    Availability,
    Block,
    HelpOffered,
    HelpRequest,
    Profile,
    Skill,
    SkillGroup,
    Thread,
)
from network.permissions import askable, can_read_request, can_read_thread
from network.services.asking import (
    PRESSED_TWICE,
    TRANSITIONS,
    ask_person,
    change_ask,
    close_request,
    write_request,
)
from network.services.blocks import block, unblock
from network.services.limits import CONTACTS_A_DAY
from network.services.refusals import NotAvailable, NotPossible, TooMuch
from tests.factories.exchange import accepted, asked, help_request, offering
from tests.factories.people import a_person, an_editor, member, profile
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda each: each.act)
def test_each_step_has_one_place_to_start_from_and_its_own_people(
    transition: Any, ann: User, bo: User, cy: User
):
    """Generated from the table: every state, every person."""
    ask = asked(by=ann, of=bo)
    for state in AskState:
        for person in (ann, bo, cy):
            ended = ask.asked_at if state == AskState.ENDED else None
            Ask.objects.filter(pk=ask.pk).update(state=state, ended_at=ended)
            Thread.objects.all().delete()
            if not transition.who_decides(person, ask):
                with pytest.raises(NotAllowed):
                    change_ask(ask=ask, act=transition.act, by=person)
            elif state != transition.comes_from:
                with pytest.raises(NotPossible):
                    change_ask(ask=ask, act=transition.act, by=person)
            else:
                assert change_ask(ask=ask, act=transition.act, by=person).state == transition.leads_to


def test_a_yes_opens_a_thread_and_shows_each_what_is_for_whom_they_arrange_something_with(
    ann: User, bo: User
):
    for person in (ann, bo):
        Profile.objects.filter(person=person).update(audience_about=Audience.EXCHANGE)
    ask = asked(by=ann, of=bo)
    assert viewer_of(ann).parties == viewer_of(bo).parties == frozenset()
    change_ask(ask=ask, act="accept", by=bo)
    assert (viewer_of(ann).parties, viewer_of(bo).parties) == ({bo.pk}, {ann.pk})
    assert Profile.objects.shown_to(viewer_of(ann), "about").filter(person=bo).exists()
    change_ask(ask=ask, act="end", by=ann)
    assert not Profile.objects.shown_to(viewer_of(ann), "about").filter(person=bo).exists()
    assert can_read_thread(ann, ask.thread), "what was written stays readable for both"


def test_the_first_message_of_a_question_is_the_question(ann: User, bo: User):
    question = accepted(by=ann, of=bo, kind=Help.QUESTION, problem="How do you run duty?")
    assert [(each.text, each.by) for each in question.thread.messages.all()] == [
        ("How do you run duty?", ann)
    ]
    assert not accepted(by=ann, of=bo, kind=Help.CALL).thread.messages.exists()


def test_whoever_has_left_keeps_nobody_waiting(ann: User, bo: User):
    ask = asked(by=ann, of=bo)
    page = f"/exchange/{ask.request_id}/"
    assert "No answer yet" in browser_of(ann).get(page).content.decode()
    change_membership(membership=Membership.objects.get(person=bo), act="leave", by=bo)
    told = browser_of(ann).get(page).content.decode()
    assert "No answer yet" not in told
    assert "Not available now" in told, "the same words as after a no"


@pytest.mark.parametrize("act", ["not-now", "decline"])
def test_a_no_follows_nobody(act: str, ann: User, bo: User):
    ask = change_ask(ask=asked(by=ann, of=bo), act=act, by=bo)
    assert ask.words_for_asker == "Not available now", "the same words for both"
    assert not can_read_request(bo, ask.request), "it is gone for whoever said no"
    written = list(AuditEntry.objects.values_list("action", "detail"))
    assert ("ask.answered", {}) in written
    assert "decline" not in str(written)
    assert "not-now" not in str(written)
    letters = [(each.subject, each.body) for each in Letter.objects.filter(person=ann)]
    close_request(request=ask.request, by=ann)
    assert not Ask.objects.filter(person=bo).exists(), "nothing is kept once the request is closed"
    Letter.objects.all().delete()
    other = change_ask(ask=asked(by=ann, of=bo), act="accept", by=bo)
    same = [
        (each.subject, each.body.replace(str(other.request_id), str(ask.request_id)))
        for each in Letter.objects.filter(person=ann)
    ]
    assert letters == same, "the letter is that of a yes"


def test_closing_ends_what_runs_and_takes_back_what_waits(ann: User, bo: User, cy: User):
    ask = accepted(by=ann, of=bo)
    waiting = ask_person(request=ask.request, profile=cy.profile, by=ann)
    with pytest.raises(NotAllowed):
        close_request(request=ask.request, by=bo)
    close_request(request=ask.request, by=ann)
    ask.refresh_from_db()
    assert ask.state == AskState.ENDED
    assert not Ask.objects.filter(pk=waiting.pk).exists()
    with pytest.raises(NotPossible):
        ask_person(request=ask.request, profile=cy.profile, by=ann)


def test_only_whom_one_sees_offering_this_help_now_can_be_asked(ann: User, bo: User):
    request = help_request(by=ann, kind=Help.COACHING)
    held = bo.profile
    shut = (
        lambda: HelpOffered.objects.filter(kind=Help.COACHING).delete(),
        lambda: Profile.objects.filter(pk=held.pk).update(audience_availability=Audience.ORGANISATION),
        lambda: Profile.objects.filter(pk=held.pk).update(listed=False),
        lambda: Availability.objects.filter(profile=held).update(paused=True),
        lambda: Availability.objects.filter(profile=held).update(ends_on="2020-01-01"),
        lambda: Membership.objects.filter(person=bo).update(state="suspended"),
    )
    for close in shut:
        from django.db import transaction

        assert askable(viewer_of(ann), Help.COACHING).filter(pk=held.pk).exists(), "the control"
        with transaction.atomic():
            close()
            with pytest.raises(NotAvailable):
                ask_person(request=request, profile=held, by=ann)
            transaction.set_rollback(True)


def test_a_request_is_written_by_who_works_somewhere_and_has_a_profile(north: Any, ann: User):
    editor, nowhere, bare = an_editor(), a_person("No Where"), member("Ba Re", of=north)
    profile(editor)
    profile(nowhere)
    for person in (editor, nowhere, bare):
        with pytest.raises(NotAllowed):
            write_request(by=person, kind=Help.CALL, problem="Who?")
    draft = write_request(by=ann, kind=Help.CALL, problem="Who?", draft=True)
    assert write_request(by=ann, kind=Help.CALL, problem="Who else?", request=draft).problem == "Who else?"


def test_what_somebody_was_asked_stays_as_they_read_it(ann: User, bo: User):
    ask = asked(by=ann, of=bo)
    with pytest.raises(NotPossible):
        write_request(by=ann, kind=Help.CALL, problem="Another", request=ask.request)
    with pytest.raises(NotPossible):
        ask_person(request=ask.request, profile=bo.profile, by=ann)


def test_a_button_pressed_twice_asks_once(ann: User, bo: User):
    said = {
        "person": str(bo.profile.pk),
        "kind": "call",
        "problem": "How do you run duty?",
        "days": ["1", "1"],
    }
    browser = browser_of(ann)
    first, second = (browser.post("/exchange/new/", said).headers["Location"] for _ in range(2))
    assert first == second
    assert (HelpRequest.objects.get().days, Ask.objects.filter(person=bo).count()) == ([1], 1)
    browser.post("/exchange/new/", {**said, "problem": "And how do you run it in August?"})
    assert Ask.objects.filter(person=bo).count() == 2, "other words are another request"
    skill = Skill.objects.create(
        name="Duty", slug="duty", group=SkillGroup.objects.create(name="Ways", slug="ways")
    )
    browser.post("/exchange/new/", {**said, "skill_1": str(skill.pk)})
    assert HelpRequest.objects.filter(skills=skill).count() == 1, "and so are other skills: none is lost"
    HelpRequest.objects.update(written_at=timezone.now() - PRESSED_TWICE)
    browser.post("/exchange/new/", said)
    assert Ask.objects.filter(person=bo).count() == 4, "and so are the same words later"


def test_five_new_people_a_day_and_closing_makes_no_room(ann: User, south: Any):
    request = help_request(by=ann)
    for number in range(CONTACTS_A_DAY):
        ask_person(request=request, profile=offering(member(f"Help {number}", of=south)), by=ann)
    close_request(request=request, by=ann)
    sixth = help_request(by=ann)
    last = offering(member("One More", of=south))
    with pytest.raises(TooMuch, match="Your request is kept"):
        ask_person(request=sixth, profile=last, by=ann)


def test_a_block_ends_what_runs_and_says_nothing(ann: User, bo: User, cy: User):
    running, waiting = accepted(by=ann, of=bo), asked(by=ann, of=bo)
    theirs = asked(by=bo, of=ann)
    with pytest.raises(NotAllowed):
        block(person=cy, by=bo)
    block(person=ann, by=bo)
    running.refresh_from_db()
    assert running.state == AskState.ENDED
    waiting.refresh_from_db()
    assert waiting.state == AskState.DECLINED
    assert not Ask.objects.filter(pk=theirs.pk).exists(), "one's own is taken back"
    for asker, other in ((ann, bo), (bo, ann)):
        offering(other)
        with pytest.raises(NotAvailable) as refused:
            ask_person(request=help_request(by=asker), profile=other.profile, by=asker)
        assert str(refused.value) == "Not available now."
    assert str(ann.pk) not in str(list(AuditEntry.objects.filter(action="person.blocked").values()))
    unblock(person=ann, by=bo)
    assert asked(by=ann, of=bo).state == AskState.ASKED


def test_who_is_asked_blocks_without_saying_yes_and_thinks_again(ann: User, bo: User, cy: User):
    ask = asked(by=ann, of=bo)
    address = f"/exchange/{ask.request_id}/"
    assert browser_of(cy).post(address, {"act": "block"}).status_code == 404
    browser_of(ann).post(address, {"act": "block"})
    assert not Block.objects.exists(), "whoever asked takes it back"
    client = browser_of(bo)
    assert "Block this person" in client.get(address).content.decode()
    assert client.post(address, {"act": "block"})["Location"] == "/messages/"
    assert Block.objects.filter(by=bo, person=ann).exists()
    read = browser_of(ann).get(address).content.decode()
    assert "Bo Helper" in read
    assert "Not available now" in read, "as after a no"
    assert client.get(address).status_code == 404, "and it is off the page of whoever was asked"
    assert "Ann Asker" in client.get("/messages/").content.decode()
    for wrong in ("", str(cy.profile.pk)):
        assert client.post("/messages/", {"unblock": wrong}).status_code == 404
    assert "Bo Helper" not in browser_of(ann).get("/messages/").content.decode(), "told to nobody"
    assert browser_of(ann).post("/messages/", {"unblock": str(bo.profile.pk)}).status_code == 404
    client.post("/messages/", {"unblock": str(ann.profile.pk)})
    assert not Block.objects.exists()


def test_the_manager_is_told_of_a_call_and_not_of_a_question(ann: User, bo: User, mo: User):
    accepted(by=ann, of=bo, kind=Help.QUESTION, problem="Secretproblem")
    assert not Letter.objects.filter(person=mo).exists()
    accepted(by=ann, of=bo, kind=Help.COACHING, problem="Secretproblem")
    letter = Letter.objects.get(person=mo)
    assert "/exchange/staff/" in letter.body
    for word in ("Secretproblem", "Ann", "Bo"):
        assert word not in letter.body + letter.subject
