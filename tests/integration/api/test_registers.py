"""`/api/v1/registers/{model}`: the rows of the register's page in its groups, narrowed alike, nothing concealed counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from practice_library.models import Entry
from tests.factories.entries import Written, case_study, practice_model
from tests.factories.places import AuthorityFactory, neighbours

pytestmark = pytest.mark.django_db
URL = "registers/lantern-house"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def lantern() -> Iterator[Written]:
    with time_machine.travel("2026-03-10T12:00:00+00:00", tick=True):
        kiteham, southwick = (
            AuthorityFactory(slug=slug, name=slug.title(), region="london")
            for slug in ("kiteham", "southwick")
        )
        AuthorityFactory(slug="northbridge", name="Northbridge", region="north-west")
        neighbours(southwick, kiteham)
        model = practice_model("Lantern House")
        lead = case_study("In Northbridge", status="running", status_as_at="2025-06", start="2019").running(
            model
        )
        lead.with_partner("Southwick", known=True)
        case_study("In Kiteham", lead="kiteham").running(model).set(
            status="stopped", status_as_at="2025-01", end="2024", stop_reason="The grant ended."
        )
        case_study("In Oslo", lead="place-not-named", country="Norway", variant="Two teams.").running(model)
        yield model


def told(answer: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(row["standing"], row["place"] and row["place"]["slug"], row["role"]) for row in answer["rows"]]


def test_rows_stand_in_the_groups_of_the_page(read: Read, lantern: Written) -> None:
    answer = read(URL)
    assert told(answer) == [
        ("confirmed", "northbridge", "lead"),
        ("confirmed", "southwick", "delivered with the lead"),
        ("historical", None, "lead"),
        ("stopped", "kiteham", "lead"),
    ]
    assert answer["numbers"] == {"confirmed": 2, "planned": 0, "historical": 1, "stopped": 1}
    assert (answer["case_studies"], answer["case_studies_in_all"], answer["total"]) == (3, 3, 4)
    assert answer["counted_on"] == "2026-03-10"
    assert answer["model"]["id"] == str(lantern.page.uid)
    first, _, oslo, kiteham = answer["rows"]
    page = Entry.objects.get(title="In Northbridge")
    assert first["entry"] == {
        "id": str(page.uid),
        "title": page.title,
        "url": "/practice/northbridge/in-northbridge/",
    }
    assert (first["start"], first["end"], first["region"]) == ("2019", None, "north-west")
    assert first["status"] == {"state": "running", "label": "Running", "as_at": "2025-06"}
    assert (oslo["country"], oslo["variant"]) == ("Norway", "Two teams.")
    assert (kiteham["stop_reason"], kiteham["end"]) == ("The grant ended.", "2024")


def test_region_and_likeness_narrow_it_and_pages_cut_it(read: Read, lantern: Written) -> None:
    london = read(URL, region="london")
    assert [slug for _, slug, _ in told(london)] == ["southwick", "kiteham"]
    assert (london["case_studies"], london["case_studies_in_all"]) == (2, 3)
    assert [slug for _, slug, _ in told(read(URL, like="southwick"))] == ["southwick", "kiteham"]
    assert read(URL, region="", like="")["total"] == 4
    assert [slug for _, slug, _ in told(read(URL, size=2, page=2))] == [None, "kiteham"]


@pytest.mark.parametrize(
    ("asked", "param"),
    [({"region": "the-moon"}, "region"), ({"like": "southwik"}, "like"), ({"regoin": "london"}, "regoin"), ({"page": 0}, "page")],
)  # fmt: skip
def test_what_names_nothing_is_refused(
    client: Client, lantern: Written, asked: dict[str, Any], param: str
) -> None:
    answer = client.get(f"/api/v1/{URL}", asked)
    assert (answer.status_code, answer.json()["param"]) == (400, param)
    assert param != "like" or "“southwick”" in answer.json()["detail"]


def test_nothing_concealed_is_counted(client: Client, read: Read, lantern: Written) -> None:
    Entry.objects.filter(title="In Northbridge").update(hidden_at=timezone.now())
    Entry.objects.filter(title="In Kiteham").update(withdrawn_at=timezone.now())
    assert told(read(URL)) == [("historical", None, "lead")]
    assert read(URL)["case_studies_in_all"] == 1
    Entry.objects.filter(pk=lantern.pk).update(hidden_at=timezone.now())
    hidden, unknown = client.get(f"/api/v1/{URL}"), client.get("/api/v1/registers/nobody")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_the_page_leads_to_it(client: Client, lantern: Written) -> None:
    page = client.get(
        "/practice/registers/lantern-house/", {"region": "london", "like": "atlantis"}
    ).content.decode()
    assert 'href="/api/v1/registers/lantern-house?region=london"' in page
