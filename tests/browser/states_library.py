"""The states of the library's own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from wagtail.documents.models import Document

from practice_library.models import Entry, OutcomeRating
from tests.browser.library import UNBROKEN
from tests.browser.states import (
    ALIKE,
    BARE,
    EDITOR,
    FILE,
    NO_INPUT,
    ONE_LENGTH,
    REDIRECT,
    TEXT,
    XML,
    Screen,
    State,
    screen,
)

MANY_WORDS = "teenagers+at+risk+" * 30
MANY_FILTERS = "".join(
    f"&{name}={value}"
    for name, values in {
        "type": ("model", "case_study"),
        "cohort": ("children-on-the-edge-of-care", "mothers"),
        "outcome": ("entry-to-care", "wellbeing"),
        "direction": ("favourable", "no-effect", "mixed", "adverse", "inconclusive", "not-known"),
        "evidence": ("not-tested", "reported", "monitored", "before-and-after", "compared"),
        "status": ("running", "stopped", "not-known"),
        "region": ("north-west", "london"),
    }.items()
    for value in values
)


def _protocol() -> Mapping[str, object]:
    """A file that an entry offers."""
    found = Document.objects.get(title="Protocol")
    return {"pk": found.pk, "filename": found.filename}


def _rating(*, slug: str, old: bool = False) -> Mapping[str, UUID]:
    ratings = OutcomeRating.objects.filter(entry__slug=slug).exclude(outcome=None).order_by("position", "pk")
    found = ratings.exclude(superseded_at=None) if old else ratings.filter(superseded_at=None)
    return {"uid": found.values_list("uid", flat=True)[0]}


def _ids(*slugs: str, **more: str) -> Callable[[], str]:
    """A query that names entries by their ids, which are known once the library stands."""

    def query() -> str:
        uids = dict(Entry.objects.filter(slug__in=slugs).values_list("slug", "uid"))
        return "?" + urlencode({"ids": ",".join(str(uids[slug]) for slug in slugs), **more})

    return query


def _nothing_found(url_name: str, **at: str) -> State:
    return State("error: nobody knows it", at, status=404)


SCREENS: tuple[Screen, ...] = (
    screen(
        "home",
        State("normal"),
        State("normal, as an editor", reader=EDITOR),
        State("empty", library=BARE),
        error=NO_INPUT,
        long="It leads to a fixed number of ways in; the longest terms of the stocked library are among them.",
    ),
    screen(
        "practice_search",
        State("normal"),
        State("normal, asked for words", query="?q=harbour+pods"),
        State("normal, as a table", query="?q=harbour+pods&view=table"),
        State(
            "normal, narrowed",
            query="?cohort=children-on-the-edge-of-care&outcome=entry-to-care&direction=mixed",
        ),
        State("normal, each place by itself", query="?q=pods&words=mine"),
        State("normal, with entries chosen to compare", query=_ids("harbour-pods", "night-court", q="court")),
        State("empty: no word is known", query="?q=zebra"),
        State(
            "empty: filters exclude each other", query="?q=court&cohort=mothers&status=stopped&region=london"
        ),
        State("empty: nothing in the library", library=BARE),
        State("empty: no such term", query="?q=court&cohort=no-such-term"),
        State("error: no such value", query="?q=court&direction=sideways&page=0", status=400),
        State("error: far too many words", query=f"?q={MANY_WORDS}", status=400),
        State("error: no such page", query="?page=minus-one", status=400),
        State("error: beyond the last page", query="?q=harbour&page=9"),
        State("error: the engine is down", query="?q=harbour", engine_down=True),
        State("long: unbroken words in results", query="?q=very+long+name&cohort="),
        State("long: last page of many", query="?page=2&sort=newest"),
        State("long: many words and filters", query=f"?q={MANY_WORDS[:300]}{MANY_FILTERS}"),
        State("long as a table", query="?view=table&type=case_study&group=none"),
    ),
    screen(
        "model_list",
        State("normal"),
        State("normal, of one kind", query="?kind=programme"),
        State("empty", library=BARE),
        State("error: no such kind", query="?kind=spell"),
        long="The stocked library lists its longest names here.",
    ),
    screen(
        "model",
        State("normal", {"slug": "harbour-pods"}),
        State("normal, as an editor", {"slug": "harbour-pods"}, reader=EDITOR),
        State("empty", {"slug": "lantern-house"}),
        _nothing_found("model", slug="no-such-model"),
        State("long", {"slug": "long-model"}),
    ),
    screen(
        "register",
        State("normal", {"slug": "harbour-pods"}),
        State("normal, of areas like one", {"slug": "harbour-pods"}, query="?like=wigan&region=north-west"),
        State("empty", {"slug": "lantern-house"}),
        State(
            "error: no such region or area", {"slug": "harbour-pods"}, query="?region=the-moon&like=atlantis"
        ),
        _nothing_found("register", slug="no-such-model"),
        State("long", {"slug": "long-model"}),
    ),
    screen(
        "case_study",
        State("normal", {"lead": "wigan", "slug": "night-court"}),
        State("empty", {"lead": "place-not-named", "slug": "tried-once"}),
        _nothing_found("case_study", lead="wigan", slug="no-such-place"),
        State("error: hidden", {"lead": "wigan", "slug": "nobody-may-read-this"}, status=404),
        State("long", {"lead": "leeds", "slug": "long-case-study"}),
    ),
    screen(
        "place_section",
        State("normal, without a lead", {"lead": "several-places"}),
        State("normal, of an authority", {"lead": "wigan"}, status=301, answers=REDIRECT),
        State("error: no such place", {"lead": "atlantis"}, status=404),
        State("empty", {"lead": "several-places"}, library=BARE),
        long="It lists names and summaries as the page of an authority does, which is looked at long.",
    ),
    screen(
        "compare",
        State("normal", query=_ids("harbour-pods", "night-court")),
        State("normal, by an outcome", query=_ids("harbour-pods", "night-court", outcome="entry-to-care")),
        State("normal, one alone", query=_ids("harbour-pods")),
        State("empty: nothing is chosen"),
        State("empty: nothing is known of either", query=_ids("lantern-house", "tried-once")),
        State("error: one is hidden", query=_ids("harbour-pods", "nobody-may-read-this"), status=404),
        State("error: no id", query="?ids=harbour-pods", status=400),
        State(
            "error: five",
            query=_ids("harbour-pods", "night-court", "lantern-house", "tried-once", "long-model"),
            status=400,
        ),
        State("error: no such outcome", query=_ids("harbour-pods", "night-court", outcome="magic")),
        State("long: four", query=_ids("long-model", "long-case-study", "harbour-pods", "tried-once")),
        State("long: two by an outcome", query=_ids("long-model", "long-case-study", outcome="wellbeing")),
    ),
    screen(
        "gap_map",
        State("normal"),
        State("normal, compared in England", query="?country=england&evidence=compared&forecasts=without"),
        State("normal, the studies of a number", query="?cohort=mothers&outcome=entry-to-care"),
        State("empty: no study says so", query="?cohort=mothers&direction=not-known"),
        State("empty: nothing in the library", library=BARE),
        State("error: no such terms", query="?cohort=nobody&outcome=nothing&direction=sideways", status=400),
        State("long", query=f"?outcome=outcome-{UNBROKEN.lower()}"),
    ),
    screen(
        "gap_map_csv",
        State("normal", answers=TEXT),
        State("empty", answers=TEXT, library=BARE),
        State("error: no such direction", query="?direction=sideways", status=400, answers=TEXT),
        long="It is read by programs.",
    ),
    screen(
        "kindred",
        State("normal, of one kind", query="?relation=differs"),
        State("empty", library=BARE),
        State("error: no such page", query="?page=0", status=404),
        long="It has twenty pairs a page; names of any length are looked at on the pages of entries.",
    ),
    screen(
        "rating",
        State("normal", lambda: _rating(slug="night-court")),
        State("normal, superseded", lambda: _rating(slug="night-court", old=True)),
        _nothing_found("rating", uid="00000000-0000-4000-8000-000000000000"),
        State("long", lambda: _rating(slug="long-case-study")),
        empty="A rating exists only where there is a finding.",
    ),
    screen(
        "rating_log",
        State("normal"),
        State("empty", library=BARE),
        State("error: no such day", query="?day=someday", status=404),
        State("long: the lines of one reason", query="?because=first"),
    ),
    screen(
        "rating_feed_rss",
        State("normal", answers=XML),
        State("empty", library=BARE, answers=XML),
        error=NO_INPUT,
        long="It ends after thirty days and reasons.",
    ),
    screen(
        "rating_feed_atom",
        State("normal", answers=XML),
        State("empty", library=BARE, answers=XML),
        error=NO_INPUT,
        long="It ends after thirty days and reasons.",
    ),
    screen(
        "authority_list",
        State("normal"),
        State("normal, of a region", query="?region=london"),
        State("empty: no such name", query="?q=atlantis"),
        State("empty: no authority is known", library=BARE),
        State("error: no such region", query="?region=the-moon"),
        long="All authorities of England stand on the normal page.",
    ),
    screen(
        "authority",
        State("normal", {"slug": "wigan"}),
        State("empty", {"slug": "rutland"}),
        State("empty: former", {"slug": "cumbria"}),
        _nothing_found("authority", slug="atlantis"),
        State("long", {"slug": "leeds"}),
    ),
    screen(
        "organisation",
        State("normal", {"slug": "river-trust"}),
        State("empty", {"slug": "quiet-charity"}),
        _nothing_found("organisation", slug="atlantis"),
        State("long", {"slug": "great-union-of-charities"}),
    ),
    screen(
        "condition",
        State("normal", {"slug": "time-for-direct-work"}),
        State("empty", {"slug": "nobodys-condition"}),
        _nothing_found("condition", slug="magic"),
        State("long", {"slug": f"condition-{UNBROKEN.lower()}"}),
    ),
    screen(
        "outcome",
        State("normal", {"slug": "entry-to-care"}),
        State("empty", {"slug": "nobodys-outcome"}),
        _nothing_found("outcome", slug="magic"),
        State("long", {"slug": f"outcome-{UNBROKEN.lower()}"}),
    ),
    screen(
        "question_list",
        State("normal"),
        State("empty", library=BARE),
        error=NO_INPUT,
        long="The longest question of the stocked library stands on the normal page.",
    ),
    screen(
        "question",
        State("normal", {"slug": "do-courts-at-night-help"}),
        State("empty", {"slug": "what-happened-next"}),
        _nothing_found("question", slug="why"),
        State("long", {"slug": "long-question"}),
    ),
    screen("evidence_standard", State("normal"), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen("accessibility", State("normal"), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen("privacy", State("normal"), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen(
        "sitemap",
        State("normal", answers=XML),
        State("empty", answers=XML, library=BARE),
        error=NO_INPUT,
        long="It is read by programs; its length is tried by the real library.",
    ),
    screen(
        "sitemap_section",
        State("normal", {"section": "entries"}, answers=XML),
        State("empty", {"section": "entries"}, answers=XML, library=BARE),
        State("error: no such list", {"section": "people"}, status=404),
        long="It is read by programs; a list ends where the protocol says, and the next one goes on.",
    ),
    screen(
        "wagtaildocs_serve",
        State("normal", _protocol, answers=FILE),
        State("error: another name", lambda: {**_protocol(), "filename": "other.pdf"}, status=404),
        empty="A file is offered or it is not there.",
        long="It is a file.",
    ),
    screen("robots", State("normal", answers=TEXT), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen(
        "wagtail_serve",
        State("error: no such page", ("no-such-page/",), status=404),
        normal="Every page of the tree has an address of its own above it.",
        empty="Every page of the tree has an address of its own above it.",
        long="Every page of the tree has an address of its own above it.",
    ),
    screen(
        "component_gallery",
        State("normal"),
        empty=ALIKE,
        error=NO_INPUT,
        long="It shows long values beside short ones.",
    ),
)
