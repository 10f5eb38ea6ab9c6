"""An editor at work: forms are read as the CMS shows them, filled in and posted back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html
from website.outbox.models import Change
from website.places.services.authorities import load_places

from practice_library.models import Cohort, Outcome, Source, Stage, SystemCondition, Theme, WorkforceGroup
from practice_library.services.tree import ensure_tree, section_for
from tests.factories.making import a_source

#: Streams are drawn by the browser; here they are empty.
STREAMS = ("reach", "materials", "updates")
FORMS = ("page-edit-form", "w-editor-form")


class Form:
    """One form of the CMS as an editor fills it in."""

    def __init__(self, client: Client, url: str) -> None:
        self.client, self.url = client, url
        response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        self.html = response.content.decode()
        self.data: QueryDict = self._read()

    def _read(self) -> QueryDict:
        for form_id in FORMS:
            if f'id="{form_id}"' in self.html:
                data = querydict_from_html(self.html, form_id=form_id).copy()
                for stream in STREAMS:
                    data.setdefault(f"{stream}-count", "0")
                for chosen_none in self._empty_lists(form_id):
                    data.setlist(chosen_none, [])
                for box in BeautifulSoup(self.html, "html.parser").select(
                    f"#{form_id} [type=checkbox][checked]"
                ):
                    if not box.get("value"):
                        data[box["name"]] = "on"
                for name, values in data.lists():  # a browser drops the line break that opens a text box
                    data.setlist(name, [value.removeprefix("\n") for value in values])
                return data
        return querydict_from_html(self.html).copy()

    def _empty_lists(self, form_id: str) -> list[str]:
        """Lists for several choices in which nothing is marked; Wagtail's helper would send the first choice."""
        lists = BeautifulSoup(self.html, "html.parser").select(f"#{form_id} select[multiple]")
        return [each["name"] for each in lists if not each.select("option[selected]")]

    def fill(self, **values: Any) -> Form:
        """Fill in fields; a list fills in several values. Double underscores stand for the dashes of rows."""
        for name, value in values.items():
            values_of = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
            self.data.setlist(name.replace("__", "-"), values_of)
        return self

    def add(self, rows: str, **values: Any) -> Form:
        """Add a row below the others."""
        number = int(self.data[f"{rows}-TOTAL_FORMS"])
        self.data[f"{rows}-TOTAL_FORMS"] = str(number + 1)
        for name in ("id", "DELETE"):
            self.data[f"{rows}-{number}-{name}"] = ""
        self.data[f"{rows}-{number}-ORDER"] = str(number + 1)
        for name, value in values.items():
            self.data[f"{rows}-{number}-{name}"] = str(getattr(value, "pk", value))
        return self

    def remove(self, rows: str, number: int) -> Form:
        """Strike a row out."""
        self.data[f"{rows}-{number}-DELETE"] = "1"
        return self

    def post(self, action: str = "", **extra: Any) -> Any:
        """Save a draft, or press another button."""
        data = self.data.copy()
        if action:
            data[action] = "1"
        return self.client.post(
            self.url, data.urlencode(), content_type="application/x-www-form-urlencoded", **extra
        )

    def publish(self) -> Any:
        return self.post("action-publish")


def errors_of(response: Any) -> str:
    """The page as text, where a form came back with errors."""
    assert response.status_code == 200, (
        f"it was saved: {response.status_code} {response.headers.get('Location')}"
    )
    return response.content.decode()


@pytest.fixture
def library(db: None) -> None:
    """Places, the tree, a source and a few terms of each vocabulary."""
    load_places()
    ensure_tree()
    a_source()
    for model, names in {
        Cohort: ["Adolescents", "Unaccompanied children"],
        SystemCondition: ["Co-location", "Leadership", "Data sharing"],
        Outcome: ["Entry to care", "School attendance"],
        Theme: ["Early help", "Edge of care"],
        Stage: ["Universal", "Targeted"],
        WorkforceGroup: ["Social workers"],
    }.items():
        for position, name in enumerate(names):
            model.objects.create(name=name, slug=name.lower().replace(" ", "-"), position=position)


def member_of(*groups: str, email: str = "editor@example.org") -> Any:
    user = get_user_model().objects.create_user(email, "a long pass phrase 12", name="Eva Editor")
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups), "migrations make the groups"
    return user


@pytest.fixture
def editor(library: None, client: Client) -> Any:
    user = member_of("Editors")
    client.force_login(user)
    return user


@pytest.fixture
def form(editor: Any, client: Client) -> Callable[[str], Form]:
    return lambda url: Form(client, url)


@pytest.fixture
def new_case_study(form: Callable[[str], Form]) -> Callable[..., Form]:
    """The form of a new case study in a place, with the least that publishing asks for."""

    def _open(lead: str = "wigan", *, title: str = "Family centres") -> Form:
        section = section_for(lead=lead)
        opened = form(
            reverse("wagtailadmin_pages:add", args=["practice_library", "casestudypage", section.pk])
        )
        opened.fill(
            title=title, slug=title.lower().replace(" ", "-"), summary="What one place did, for families."
        )
        return opened.add("entry_sources", source=Source.objects.get(key="src-report"))

    return _open


@pytest.fixture
def edit(form: Callable[[str], Form]) -> Callable[[Any], Form]:
    """The editing form of a page or snippet."""

    def _open(thing: Any) -> Form:
        if hasattr(thing, "url_path"):
            return form(reverse("wagtailadmin_pages:edit", args=[thing.pk]))
        return form(reverse(type(thing).snippet_viewset.get_url_name("edit"), args=[thing.pk]))

    return _open


@pytest.fixture
def told() -> Callable[[], list[str]]:
    """The public ids told since the last question, each as often as it was told."""

    def _told() -> list[str]:
        uids = [str(change.object_uid) for change in Change.objects.filter(topic="entry")]
        Change.objects.all().delete()
        return sorted(uids)

    return _told
