"""A file that an entry offers is there for whoever may read the entry, and for nobody by its number."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document

from practice_library.models import Entry
from tests.factories.entries import Written, case_study
from tests.factories.people import a_person, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def protocol() -> Document:
    return Document.objects.create(title="Protocol", file=ContentFile(b"%PDF-1.4 steps", name="protocol.pdf"))


@pytest.fixture
def offering(protocol: Document) -> Written:
    material = {
        "title": "The protocol",
        "kind": "protocol",
        "address": "",
        "document": protocol,
        "licence": "",
    }
    return case_study("Night court", materials=[("material", material)])


def test_an_entry_leads_to_its_file(client: Client, offering: Written, protocol: Document) -> None:
    page = client.get(offering.url).content.decode()
    assert f'href="{protocol.url}"' in page
    answer = client.get(protocol.url)
    assert answer.status_code == 200
    assert answer.getvalue() == b"%PDF-1.4 steps"
    assert client.get(f"/documents/{protocol.pk}/other.pdf").status_code == 404
    data = client.get(f"/api/v1/practice/{offering.page.uid}").json()
    assert protocol.url in str(data)


def test_a_file_of_nothing_published_is_there_for_those_who_edit_alone(
    client: Client, offering: Written, protocol: Document
) -> None:
    unused = Document.objects.create(title="Unused", file=ContentFile(b"%PDF-1.4", name="unused.pdf"))
    Entry.objects.filter(pk=offering.pk).update(hidden_at=timezone.now())
    for person, status in ((None, 404), (a_person(), 404), (an_editor(), 200)):
        if person is not None:
            client.force_login(person)
        assert [client.get(each.url).status_code for each in (protocol, unused)] == [status, status]


def test_editors_see_the_list_of_files(client: Client, protocol: Document) -> None:
    client.force_login(an_editor())
    assert "Protocol" in client.get("/cms/documents/").content.decode()
