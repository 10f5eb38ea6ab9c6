"""Who reads may report; what may tell who a family is goes at once; the moderator on duty sees that one thing."""

from __future__ import annotations

import pytest
from website.accounts.models import Role, RoleHeld, User
from website.accounts.permissions import NotAllowed
from website.outgoing.models import Letter

from network.choices import Help, ReportClass, ReportState
from network.models import Profile, Report
from network.services.refusals import NotPossible
from network.services.reports import decide, report
from network.services.threads import send_message
from tests.factories.exchange import accepted
from tests.factories.people import an_editor, give
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_what_may_tell_who_a_family_is_goes_at_once_and_comes_back_if_it_does_not(
    ann: User, bo: User, moderator: User
):
    ask = accepted(by=ann, of=bo, kind=Help.CALL, problem="Markofaproblem")
    message = send_message(thread=ask.thread, by=ann, text="Markofamessage")
    send_message(thread=ask.thread, by=ann, text="Markofthenext")
    where = {
        message: f"/messages/{ask.thread.pk}/",
        ask.request: f"/exchange/{ask.request_id}/",
        bo.profile: f"/people/{bo.profile.pk}/",
    }
    marks = {message: "Markofamessage", ask.request: "Markofaproblem", bo.profile: "Bo Helper"}
    for thing, address in where.items():
        by, reader = (ann, ann) if thing == bo.profile else (bo, ann)
        assert marks[thing] in browser_of(reader).get(address).content.decode(), "the control"
        made = report(thing=thing, kind=ReportClass.FAMILY, words="Look", by=by)
        assert marks[thing] not in browser_of(reader).get(address).content.decode()
        page = browser_of(moderator).get(f"/moderation/{made.pk}/").content.decode()
        assert marks[thing] in page
        assert "Markofthenext" not in page, "of a conversation only what was reported"
        assert by.email not in page
        decide(report=made, hidden=False, by=moderator)
        assert marks[thing] in browser_of(reader).get(address).content.decode()
        with pytest.raises(NotPossible):
            decide(report=made, hidden=True, by=moderator)


def test_whoever_is_reported_cannot_undo_it(ann: User, bo: User, moderator: User):
    report(thing=bo.profile, kind=ReportClass.FAMILY, words="", by=ann)
    browser_of(bo).post("/me/profile/", {"act": "show"})
    assert not Profile.objects.present().filter(person=bo).exists()
    assert "a moderator looks at it" in browser_of(bo).get("/me/profile/").content.decode()
    for nobody in (ann, bo):
        with pytest.raises(NotAllowed):
            decide(report=Report.objects.get(), hidden=False, by=nobody)


def test_what_was_hidden_is_shown_again_when_a_moderator_thinks_again(ann: User, bo: User, moderator: User):
    made = report(thing=bo.profile, kind=ReportClass.OTHER, words="", by=ann)
    address, duty = f"/people/{bo.profile.pk}/", browser_of(moderator)
    duty.post(f"/moderation/{made.pk}/", {"act": "hide"})
    assert browser_of(ann).get(address).status_code == 404
    mine = browser_of(bo).get("/me/profile/").content.decode()
    assert "a moderator decided to hide it" in mine
    assert "a moderator looks at it" not in mine, "nobody looks at it any more"
    answer = browser_of(bo).post("/me/profile/", {"act": "show"}, follow=True).content.decode()
    assert "Your profile is there again" not in answer, "it is not theirs to say"
    assert f"/moderation/{made.pk}/" in duty.get("/moderation/").content.decode()
    assert "Show it again" in duty.get(f"/moderation/{made.pk}/").content.decode()
    for nobody in (ann, bo):
        with pytest.raises(NotAllowed):
            decide(report=made, hidden=False, by=nobody)
    duty.post(f"/moderation/{made.pk}/", {"act": "show"})
    assert browser_of(ann).get(address).status_code == 200
    assert f"/moderation/{made.pk}/" not in duty.get("/moderation/").content.decode()


def test_nobody_floods_whoever_is_on_duty(ann: User, bo: User, moderator: User):
    address, browser = f"/report/profile/{bo.profile.pk}/", browser_of(ann)
    for _ in range(2):
        assert browser.post(address, {"kind": "other", "words": "Look"}).status_code == 302
    assert (Report.objects.count(), Letter.objects.filter(person=moderator).count()) == (1, 1)
    answers = [browser.post(address, {"kind": "other", "words": str(n)}).status_code for n in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert browser.post(address, {"kind": ""}).status_code == 200, (
        "a form that was not filled in counts for nothing"
    )
    assert Letter.objects.filter(person=moderator).count() == 4


def test_a_moderator_neither_reads_nor_decides_what_is_said_of_themselves(
    ann: User, bo: User, moderator: User
):
    give(bo, Role.MODERATOR)
    ask = accepted(by=ann, of=bo, kind=Help.CALL)
    theirs = send_message(thread=ask.thread, by=bo, text="Markofamessage")
    for thing in (bo.profile, theirs):
        made = report(thing=thing, kind=ReportClass.OTHER, words="Look", by=ann)
        page = browser_of(bo).get(f"/moderation/{made.pk}/")
        assert page.status_code == 404
        assert str(made.pk) not in browser_of(bo).get("/moderation/").content.decode()
        assert str(made.pk) in browser_of(moderator).get("/moderation/").content.decode(), "the control"
        with pytest.raises(NotAllowed):
            decide(report=made, hidden=False, by=bo)
        decide(report=made, hidden=True, by=moderator)
    assert not Letter.objects.filter(person=bo, body__contains="/moderation/").exists()


def test_safeguarding_reaches_whoever_is_on_duty_first_and_says_nothing_of_it(
    ann: User, bo: User, moderator: User
):
    message = send_message(thread=accepted(by=ann, of=bo).thread, by=ann, text="Markofamessage")
    Letter.objects.all().delete()
    report(thing=message, kind=ReportClass.OTHER, words="", by=bo)
    report(thing=message, kind=ReportClass.SAFEGUARDING, words="Markofwords", by=bo)
    first, second = Letter.objects.filter(person=moderator)
    assert "Safeguarding" in second.subject
    assert "Markof" not in first.body + second.body
    assert [each.kind for each in Report.objects.waiting()] == ["safeguarding", "other"]
    assert set(Letter.objects.values_list("person", flat=True)) == {moderator.pk}, (
        "whoever is reported hears nothing"
    )
    RoleHeld.objects.update(until="2020-01-01")
    Letter.objects.all().delete()
    report(thing=message, kind=ReportClass.OTHER, words="Again", by=bo)
    assert not Letter.objects.exists(), "nobody is on duty, and there is no editor either"
    editor = an_editor()
    report(thing=message, kind=ReportClass.SAFEGUARDING, words="Markofotherwords", by=bo)
    letter = Letter.objects.get(person=editor)
    assert "nobody is on duty" in letter.subject
    assert "Markof" not in letter.body


def test_nobody_reports_what_they_cannot_read_nor_themselves(ann: User, bo: User, cy: User, moderator: User):
    message = send_message(thread=accepted(by=ann, of=bo).thread, by=ann, text="Hello")
    for person, thing in ((cy, message), (ann, message), (cy, message.thread.ask.request), (bo, bo.profile)):
        with pytest.raises(NotAllowed):
            report(thing=thing, kind=ReportClass.OTHER, words="", by=person)
    made = report(thing=message, kind=ReportClass.OTHER, words="", by=bo)
    decide(report=made, hidden=True, by=moderator)
    assert Report.objects.get().state == ReportState.UPHELD
