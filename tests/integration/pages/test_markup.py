"""Every element is closed where it was opened, no id stands twice, and every table cell knows its column."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from practice_library.models import OutcomeRating
from tests.factories.entries import case_study, open_question, practice_model
from tests.factories.places import AuthorityFactory, OrganisationFactory, neighbours
from tests.integration.pages.test_preview import full

pytestmark = pytest.mark.django_db

ALONE = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect"}


class Outline(HTMLParser):
    """Follows elements and notes what does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if any(name == "style" or name.startswith("on") for name, _ in attrs):
            self.wrong.append(f"{tag} has a style or a script of its own")
        if (
            tag == "td"
            and not {"data-label", "colspan"} & dict(attrs).keys()
            and "pc-number" not in str(attrs)
        ):
            self.wrong.append("a cell without its column")
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ALONE:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


@pytest.fixture
def library():
    """Something to see on every kind of page."""
    model = full(practice_model("Lantern House"))
    place = full(
        case_study("Harbour pods", lead="northbridge").running(model).with_partner("Kite Trust", known=True)
    )
    place.set(
        status="stopped", stop_reason="The grant ended.", response="We agree.", response_on="2026-01-01",
        reach=[("reach", {"group": "Everyone", "eligible": 40, "started": 20})],
        materials=[("material", {"title": "Guide", "kind": "protocol"})],
        updates=[("update", {"date": "2026-02-01", "text": "Begun again."})],
    )  # fmt: skip
    place.with_condition("Money", role="barrier").with_statement(
        "A.", section="how_it_works", editors_reading=True
    )
    case_study("Pods in four places", lead="several-places").running(model)
    case_study("Short", lead="northbridge", extent="brief")
    question = open_question("Does it last?", about=(model,))
    here, there = AuthorityFactory(slug="northbridge"), AuthorityFactory(slug="kiteham", name="Kiteham")
    neighbours(here, there)
    OrganisationFactory(slug="empty-trust", name="Empty Trust")
    rating = OutcomeRating.objects.current().exclude(outcome=None).filter(entry=model.pk).first()
    return {
        "entries": [model.url, place.url, "/practice/northbridge/short/", f"/practice/ratings/{rating.uid}/"],
        "lists": ["/", "/practice/models/", "/practice/several-places/", "/authorities/", "/questions/"],
        "places": ["/authorities/northbridge/", "/authorities/kiteham/", "/organisations/kite-trust/", "/organisations/empty-trust/"],
        "terms": ["/conditions/trust/", "/conditions/money/", "/outcomes/entry-to-care/", f"/questions/{question.slug}/"],
        "about": ["/about/evidence-standard/", "/accessibility/", "/privacy/"],
    }  # fmt: skip


@pytest.mark.parametrize("group", ["entries", "lists", "places", "terms", "about"])
def test_pages_are_well_formed(read, library, group):
    for url in library[group]:
        outline = Outline()
        outline.feed(read(url))
        assert outline.wrong == [], url
        assert outline.open == [], url
        assert sorted(set(outline.ids)) == sorted(outline.ids), url
        assert outline.headings.count(1) == 1, url
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(below - above <= 1 for above, below in steps), (url, outline.headings)


def test_the_outline_sees_what_is_wrong():
    outline = Outline()
    outline.feed('<main><div style="x"><p></div></main>')
    assert len(outline.wrong) >= 2
