"""Taking entries out of sight, and who may work in the CMS."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from website.accounts.models import Role
from website.audit.models import AuditEntry

from practice_library import permissions
from practice_library.models import Cohort, Entry, Source, Study
from practice_library.services.visibility import ReasonMissing, hide_entry, restore_entry, withdraw_entry
from tests.factories.entries import practice_model
from tests.factories.making import a_case_study, with_cohort
from tests.factories.people import give

from .conftest import member_of


@pytest.fixture
def entry(library):
    return a_case_study("Family centres")


def test_an_entry_with_a_public_history_is_withdrawn_not_deleted(client, library):
    kept = practice_model("Lantern house").with_claim("Wellbeing")
    Entry.objects.filter(pk=kept.pk).update(first_published_at=timezone.now())
    unrated = practice_model("Quiet house")
    client.force_login(member_of("Editors"))
    explorer = reverse("wagtailadmin_explore", args=[kept.page.get_parent().pk])
    single = reverse("wagtailadmin_pages:delete", args=[kept.pk])
    several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    marked = f"{several}?id={kept.pk}&id={unrated.pk}&next={explorer}"
    for answer in (
        client.get(single, follow=True),
        client.post(single, follow=True),
        client.post(marked, follow=True),
    ):
        assert answer.status_code == 200
        assert "“Lantern house” cannot be deleted" in answer.content.decode()
    assert Entry.objects.filter(pk__in=(kept.pk, unrated.pk)).count() == 2
    client.post(reverse("wagtailadmin_pages:delete", args=[unrated.pk]))
    assert not Entry.objects.filter(pk=unrated.pk).exists()


@pytest.mark.parametrize("act", [hide_entry, withdraw_entry])
def test_what_is_taken_out_of_sight_is_gone_at_once_and_told(entry, told, act):
    editor = member_of("Editors")
    told()
    act(entry=entry, reason="It names a family.", by=editor)
    assert entry not in Entry.objects.published()
    assert told() == [str(entry.uid)]
    audit = AuditEntry.objects.about(Entry.objects.get(pk=entry.pk)).first() or AuditEntry.objects.get()
    assert audit.who == editor.pk
    assert audit.detail == {"reason": "It names a family."}
    restore_entry(entry=entry, reason="Checked: it does not.", by=editor)
    assert Entry.objects.published().filter(pk=entry.pk).exists()
    assert told() == [str(entry.uid)]


def test_a_reason_is_needed(entry):
    with pytest.raises(ReasonMissing):
        hide_entry(entry=entry, reason="  ", by=member_of("Editors"))
    assert Entry.objects.published().filter(pk=entry.pk).exists()


def test_publishing_a_draft_does_not_bring_a_hidden_entry_back(entry, edit, editor):
    edit(entry).fill(summary="A draft from before.").post()
    hide_entry(entry=entry, reason="Reported.", by=editor)
    edit(entry).publish()
    assert Entry.objects.get(pk=entry.pk).hidden_at is not None
    assert not Entry.objects.published().filter(pk=entry.pk).exists()


def test_moderators_hide_and_restore_but_neither_withdraw_nor_edit(entry, client):
    moderator = member_of("Moderators")
    client.force_login(moderator)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[entry.pk])).status_code == 302
    with pytest.raises(permissions.NotAllowed):
        withdraw_entry(entry=entry, reason="No.", by=moderator)
    client.post(reverse("library_hide", args=[entry.pk]), {"reason": "Reported by a reader."})
    entry.refresh_from_db()
    assert entry.hidden_at is not None
    client.post(reverse("library_restore", args=[entry.pk]), {"reason": "Nothing in it."})
    entry.refresh_from_db()
    assert entry.hidden_at is None
    withdraw_entry(entry=entry, reason="Out of date.", by=member_of("Editors", email="e@example.org"))
    with pytest.raises(permissions.NotAllowed):
        restore_entry(entry=entry, reason="No.", by=moderator)


def test_the_history_of_a_page_says_why(entry, client):
    editor = member_of("Editors")
    client.force_login(editor)
    client.post(reverse("library_hide", args=[entry.pk]), {"reason": "A parent rang."})
    assert (
        "A parent rang."
        in client.get(reverse("wagtailadmin_pages:history", args=[entry.pk])).content.decode()
    )
    html = client.get(reverse("wagtailadmin_pages:edit", args=[entry.pk])).content.decode()
    assert reverse("library_restore", args=[entry.pk]) in html
    assert reverse("library_hide", args=[entry.pk]) not in html


CMS_PAGES = ("wagtailadmin_home", "library_new_case_study")


@pytest.mark.parametrize("name", CMS_PAGES)
def test_visitors_are_led_to_sign_in(library, client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", CMS_PAGES)
def test_members_without_a_role_get_nothing_of_the_cms(library, client, name):
    client.force_login(member_of())
    response = client.get(reverse(name))
    assert response.status_code in (302, 403, 404)


@pytest.mark.parametrize("model", [Cohort, Source, Study])
def test_editors_keep_the_library_and_moderators_do_not(entry, client, model):
    with_cohort(entry, "Adolescents")
    add = reverse(model.snippet_viewset.get_url_name("add"))
    client.force_login(member_of("Moderators", email="m@example.org"))
    assert client.get(add).status_code in (302, 404)
    client.force_login(member_of("Editors"))
    assert client.get(add).status_code == 200


def test_who_may_is_said_in_sentences(entry):
    editor, moderator = member_of("Editors"), member_of("Moderators", email="m@example.org")
    member = member_of(email="nobody@example.org")
    assert [permissions.can_hide(user, entry) for user in (editor, moderator, member, AnonymousUser())] == [
        True,
        True,
        False,
        False,
    ]
    assert [
        permissions.can_withdraw(user, entry) for user in (editor, moderator, member, AnonymousUser())
    ] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/cms/choose-page/",
        "/cms/choose-page/search/",
        "/cms/tag-autocomplete/",
        "/cms/snippets/choose/practice_library/source/",
        "/cms/snippets/choose/practice_library/study/results/",
        "/cms/documents/chooser/",
        "/cms/api/main/images/",
        "/cms/pages/{entry}/move/{to}/confirm/",
    ],
)
def test_lists_of_what_is_not_published_are_not_for_reviewers(entry, client, address):
    """Wagtail opens them to everybody with a role in the CMS; reviewers read what is published."""
    address = address.format(entry=entry.pk, to=entry.get_parent().pk)
    client.force_login(member_of("Editors"))
    assert client.get(address).status_code == 200, "the control"
    reviewer = member_of(email="reviewer@example.org")
    give(reviewer, Role.EVIDENCE_REVIEWER)
    client.force_login(reviewer)
    assert client.get("/cms/ratings/").status_code == 200
    assert client.get(address).status_code == 404
