"""Citations as files: every special character where it does no harm, and none of what nobody may read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practice_library.citations import as_bibtex, as_ris
from practice_library.models import Entry
from tests.factories.making import a_case_study, a_model
from tests.integration.search.test_visibility import CANARY, WAYS

pytestmark = pytest.mark.django_db
PUBLISHED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOSTILE = 'Tom & Jerry_50% #1 {open $5 ~ ^ \\end "q"\nER  - \r\nTY  - BOOK\u2028x'


def test_ris_of_an_entry(client: Client) -> None:
    model = a_model("Lantern house", summary="A hub for teenagers.")
    Entry.objects.filter(pk=model.pk).update(last_published_at=PUBLISHED)
    with time_machine.travel(dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC)):
        answer = client.get("/practice/models/lantern-house/cite.ris")
    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="lantern-house.ris"'
    assert answer.content.decode().split("\r\n") == [
        "TY  - ELEC",
        "TI  - Lantern house",
        "AU  - Practice Commons editors",
        "PY  - 2026",
        "DA  - 2026/03/01",
        "PB  - Practice Commons",
        "AB  - A hub for teenagers.",
        "LA  - en-GB",
        "UR  - http://testserver/practice/models/lantern-house/",
        "Y2  - 2026/04/02",
        f"ID  - {model.uid}",
        "ER  - ",
        "",
    ]


def test_bibtex_of_an_entry_that_its_organisation_wrote(client: Client) -> None:
    place = a_case_study("Night court", lead="wigan", origin="own")
    Entry.objects.filter(pk=place.pk).update(last_published_at=PUBLISHED)
    answer = client.get("/practice/wigan/night-court/cite.bib")
    text = answer.content.decode()
    assert answer["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert text.startswith(f"@misc{{practice-commons-{place.uid},\n")
    for line in (
        "  title = {{Night court}},",
        "  author = {{Wigan}},",
        "  year = {2026},",
        "  date = {2026-03-01},",
        "  url = {http://testserver/practice/wigan/night-court/},",
    ):
        assert line in text.split("\n")
    assert "Version of 1 March 2026." in text


def test_no_value_ends_its_line_or_its_braces() -> None:
    entry = Entry(title=HOSTILE, summary=HOSTILE, licence="cc-by-4.0", origin="compiled")
    facts: dict[str, Any] = {
        "url": "https://x.example/a/",
        "changed_on": None,
        "read_on": dt.date(2026, 4, 2),
    }
    lines = as_ris(entry, **facts).split("\r\n")
    assert [line[:6] for line in lines] == [
        *(f"{tag}  - " for tag in ("TY", "TI", "AU", "PB", "AB", "LA", "UR", "Y2", "ID", "ER")), "",
    ]  # fmt: skip
    assert "\n" not in "".join(lines)
    text = as_bibtex(entry, **facts)
    assert text.count("{") == text.count("}")
    depth = 0
    for position, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth > 0 or position >= text.rindex("}") or position < text.index("{")
    (title,) = re.findall(r"^  title = \{\{(.*)\}\},$", text, flags=re.MULTILINE)
    assert (
        r"Tom \& Jerry\_50\% \#1 {\textbraceleft}open \$5 {\textasciitilde} {\textasciicircum} {\textbackslash}end"
        in title
    )
    assert not re.search(r"(?<!\\)[&%#_$]", title)


def test_without_a_licence_a_citation_holds_no_summary(client: Client) -> None:
    a_model("Closed house", licence="", summary="Secret of the house.")
    for ending in ("ris", "bib"):
        text = client.get(f"/practice/models/closed-house/cite.{ending}").content.decode()
        assert "Closed house" in text
        assert "Secret" not in text


def test_the_page_of_an_entry_leads_to_both(client: Client) -> None:
    a_case_study("Night court", lead="wigan")
    page = client.get("/practice/wigan/night-court/").content.decode()
    for ending in ("ris", "bib"):
        assert f'href="/practice/wigan/night-court/cite.{ending}"' in page


@pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
def test_what_nobody_may_read_is_cited_by_nobody(client: Client, conceal: Any) -> None:
    hidden = a_case_study(f"{CANARY} pods", slug="pods", lead="camden")
    paths = [f"/practice/camden/pods/{file}" for file in ("", "cite.ris", "cite.bib")]
    tags = [client.get(path)["ETag"] for path in paths]
    conceal(hidden)
    for path, tag in zip(paths, tags, strict=True):
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 404
        assert CANARY not in answer.content.decode()
    assert client.get("/practice/leeds/pods/cite.ris").status_code == 404


def test_a_citation_costs_one_query(client: Client) -> None:
    a_case_study("Night court", lead="wigan")
    client.get("/practice/wigan/night-court/cite.ris")
    with CaptureQueriesContext(connection) as caught:
        client.get("/practice/wigan/night-court/cite.ris")
    assert len(caught) == 1
