"""The states of requests, calls and messages: Mel asks Cora and others, and is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from network.models import Ask, HelpRequest, Profile, Report
from practice_library.models import CaseStudyPage, OpenQuestion
from tests.browser.people import LONG_NAME
from tests.browser.states import (
    ADMINISTRATOR,
    ALIKE,
    BARE,
    COORDINATOR,
    EDITOR,
    MEMBER,
    MODERATOR,
    NO_INPUT,
    ONE_LENGTH,
    REDIRECT,
    TEXT,
    Screen,
    State,
    screen,
)

CASE = "Jamie Smith 12/03/2015"
TWO_PEOPLE = "It is about two people and one thing."


def _request(beginning: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: {
        "uid": HelpRequest.objects.filter(problem__startswith=beginning).order_by("written_at")[0].pk
    }


def _asked_of(name: str) -> Callable[[], Mapping[str, Any]]:
    """Mel's ask of somebody."""
    return lambda: {"uid": _ask(name, "Mel").pk}


def _asked_by(name: str) -> Callable[[], Mapping[str, Any]]:
    """Somebody's ask of Mel."""
    return lambda: {"uid": _ask("Mel", name).pk}


def _ask(of: str, by: str) -> Ask:
    return Ask.objects.get(
        person__name__startswith=of,
        request__asker__name__startswith=by,
        person__email__endswith=_OURS[of == "Mel"],
    )


#: The demonstration logins have names like these, but work in no exchange.
_OURS = {True: "example.org", False: "people.example"}


def _thread(name: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: {"uid": _ask(name, "Mel").thread.pk}


def _written_to_mel(name: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: {"uid": _ask("Mel", name).request_id}


def _for(name: str) -> Callable[[], str]:
    return lambda: f"?person={Profile.objects.get(name__startswith=name).pk}"


SCREENS: tuple[Screen, ...] = (
    screen(
        "exchange",
        State("normal", reader=MEMBER),
        State("empty", reader=ADMINISTRATOR),
        State("error: not for who works nowhere", reader=EDITOR, status=404),
        long="The stocked library lists its longest request here.",
    ),
    screen(
        "exchange_new",
        State("normal", reader=MEMBER),
        State("normal, for one person", query=_for("Cora"), reader=MEMBER),
        State("error: nothing said", reader=MEMBER, sends={"problem": ""}),
        State("error: case details", reader=MEMBER, sends={"problem": CASE}),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen(
        "exchange_edit",
        State("normal", _request("A draft"), reader=MEMBER),
        State("error: nothing said", _request("A draft"), reader=MEMBER, sends={"problem": ""}),
        State("error: somebody else's", _request("A draft"), reader=ADMINISTRATOR, status=404),
        empty="It shows what was written.",
        long=ONE_LENGTH,
    ),
    screen(
        "exchange_request",
        State("normal", _request("Who has moved"), reader=MEMBER),
        State("normal, a draft", _request("A draft"), reader=MEMBER),
        State("normal, closed", _request("How do you hold"), reader=MEMBER),
        State("normal, asked and not answered", _written_to_mel("Colleague 5"), reader=MEMBER),
        State("normal, asked and accepted", _written_to_mel("Colleague 6"), reader=MEMBER),
        State("empty: nobody asked", _request("Nobody asked"), reader=MEMBER),
        State("error: somebody else's", _request("Who has moved"), reader=ADMINISTRATOR, status=404),
        State("long", lambda: {"uid": _ask(LONG_NAME, "Mel").request_id}, reader=MEMBER),
    ),
    screen(
        "exchange_ask",
        State("normal", _request("Nobody asked"), query=_for("Cora"), reader=MEMBER),
        State("error: nobody named", _request("Nobody asked"), reader=MEMBER, status=404),
        State("long", _request("Nobody asked"), query=_for(LONG_NAME), reader=MEMBER),
        empty=TWO_PEOPLE,
    ),
    screen(
        "exchange_answer",
        State("error: only a button leads here", _asked_by("Colleague 5"), reader=MEMBER, status=404),
        normal="A button sends the answer and leads back to the request.",
        empty=TWO_PEOPLE,
        long=ONE_LENGTH,
    ),
    screen(
        "exchange_times",
        State("normal", _asked_of("Cora"), reader=MEMBER),
        State("empty: none proposed", _asked_by("Colleague 6"), reader=MEMBER),
        State(
            "error: a day that has passed",
            _asked_of("Cora"),
            reader=MEMBER,
            sends={"day": "2020-01-01", "begins": "10:00"},
        ),
        State("error: of a question", _asked_of(LONG_NAME), reader=MEMBER, status=404),
        long="Six times at most.",
    ),
    screen(
        "exchange_calendar",
        State("normal", _asked_of("Cora"), reader=MEMBER, answers=TEXT),
        State("error: nothing agreed", _asked_by("Colleague 6"), reader=MEMBER, status=404),
        empty="Without an agreed time there is no file.",
        long=ONE_LENGTH,
    ),
    screen(
        "exchange_debrief",
        State("normal", _asked_by("Colleague 6"), reader=MEMBER),
        State("error: case details", _asked_by("Colleague 6"), reader=MEMBER, sends={"what_helped": CASE}),
        State("error: somebody else's", _asked_of("Cora"), reader=ADMINISTRATOR, status=404),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen(
        "exchange_staff",
        State("normal", reader=ADMINISTRATOR),
        State("error: without staff", reader=MEMBER, status=404),
        empty="One sentence stands for the rows.",
        long="Four short cells a row.",
    ),
    screen(
        "messages",
        State("normal", reader=MEMBER),
        State("empty", reader=ADMINISTRATOR),
        State("error: not signed in", status=302, answers=REDIRECT),
        long="The stocked library lists its longest name here.",
    ),
    screen(
        "thread",
        State("normal", _thread("Cora"), reader=MEMBER),
        State("normal, ended", _thread("Colleague 4"), reader=MEMBER),
        State("empty", lambda: {"uid": _ask("Mel", "Colleague 6").thread.pk}, reader=MEMBER),
        State("error: case details", _thread("Cora"), reader=MEMBER, sends={"text": CASE}),
        State("error: not a participant", _thread("Cora"), reader=ADMINISTRATOR, status=404),
        State("long", _thread(LONG_NAME), reader=MEMBER),
    ),
)


def _message() -> Mapping[str, Any]:
    thread = _ask("Cora", "Mel").thread
    return {"about": "message", "uid": thread.messages.exclude(by=thread.ask.request.asker)[0].pk}


def _report(kind: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: {"uid": Report.objects.get(kind=kind).pk}


def _entry() -> Mapping[str, Any]:
    return {"uid": CaseStudyPage.objects.get(slug="night-court").uid}


def _question() -> Mapping[str, Any]:
    return {"uid": OpenQuestion.objects.get(slug="what-happened-next").uid}


def _passage() -> Mapping[str, Any]:
    return {"uid": Report.objects.get(entry__isnull=False).pk}


REPORTS: tuple[Screen, ...] = (
    screen(
        "report",
        State("normal", _message, reader=MEMBER),
        State("error: nothing chosen", _message, reader=MEMBER, sends={"words": ""}),
        State("error: not theirs to read", _message, reader=ADMINISTRATOR, status=404),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen(
        "report_entry",
        State("normal", _entry),
        State("error: words that are not there", _entry, sends={"quoted": "Not a word of this stands there"}),
        State("error: an entry that is not there", {"uid": UUID(int=1)}, status=404),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen(
        "report_question",
        State("normal", _question),
        State("error: nothing chosen", _question, sends={"words": ""}),
        State("error: a question that is not there", {"uid": UUID(int=1)}, status=404),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen(
        "report_page",
        State("normal", query="?page=/authorities/"),
        State("error: no page of this site", query="?page=//elsewhere.example/", status=404),
        empty="A form stands empty at first.",
        long=ONE_LENGTH,
    ),
    screen("report_made", State("normal"), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen(
        "coordinate",
        State("normal", reader=COORDINATOR),
        State("error: not for members", reader=MEMBER, status=404),
        empty="Small numbers are not told, so nothing looks as few do.",
        long="Two rows a region.",
    ),
    screen(
        "moderation",
        State("normal", reader=MODERATOR),
        State("normal, for an editor", reader=EDITOR),
        State("empty", reader=MODERATOR, library=BARE),
        State("error: not for members", reader=MEMBER, status=404),
        long="One short line a report.",
    ),
    screen(
        "moderation_report",
        State("normal", _report("other"), reader=MODERATOR),
        State("normal, a passage of an entry", _passage, reader=MODERATOR),
        State("error: not for members", _report("other"), reader=MEMBER, status=404),
        State("long: a whole profile", _report("safeguarding"), reader=MODERATOR),
        empty="A report is about something.",
    ),
)
SCREENS = (*SCREENS, *REPORTS)
