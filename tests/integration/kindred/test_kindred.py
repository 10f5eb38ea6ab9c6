"""Kindred work is found from what entries say, is symmetric, and shows nothing that is out of sight."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.accounts.models import User
from website.audit.models import AuditEntry
from website.places.models import Organisation

from practice_library.models import Entry, EntrySource, KindredPair, Partner
from practice_library.permissions import NotAllowed
from practice_library.selectors.kindred import kindred_of
from practice_library.services.kindred import dismiss_pair
from practice_library.services.visibility import ReasonMissing
from search.kindred.finding import find_kindred
from search.kindred.likeness import Likeness
from search.kindred.pairing import Pairing
from search.kindred.reading import pair_of, read_library
from search.kindred.weighing import Weigher
from tests.factories.entries import Written, case_study, practice_model

pytestmark = pytest.mark.django_db


def about_gardens(title: str, lead: str, *, results: str = "") -> Written:
    """Work on allotments with fathers: words, a theme, a cohort and a condition that no other entry here has."""
    told = case_study(title, lead=lead, summary="Fathers dig an allotment beside the nursery every Saturday.")
    told.with_statement(f"The allotment brings fathers and toddlers to one table, said the head in {lead}.")
    told.about("Fathers").with_cohort("Fathers of toddlers").with_condition("Land to dig")
    return told.with_outcome("Wellbeing", direction=results) if results else told


def told_apart(entry: Written) -> None:
    """The entry rests on a source of its own."""
    EntrySource.objects.filter(entry=entry.pk).delete()
    entry.with_source(f"src-of-{entry.pk}")


def other_work() -> None:
    for number, word in enumerate(("chess", "violins", "skating", "pottery", "sailing", "archery")):
        told = case_study(
            f"{word.title()} in the hall", lead=f"elsewhere-{number}", summary=f"{word.title()} after tea."
        )
        told.with_statement(f"{word.title()} for grandmothers.").about(f"Learning {word}").with_cohort(
            f"{word} fans"
        )


def others_of(entry: Written) -> list[str]:
    return [row.other.title for row in kindred_of(entry.pk)]


@pytest.fixture
def gardens() -> tuple[Written, Written]:
    other_work()
    return about_gardens("Saturday spades", "northbridge"), about_gardens("Dads who plant", "kiteham")


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user(email="editor@example.org", password="a long pass phrase")
    rights = ("dismiss_kindredpair", "access_admin")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def test_two_places_find_each_other_with_phrases_and_terms(gardens):
    one, other = gardens
    find_kindred()
    assert others_of(one) == ["Dads who plant"]
    assert others_of(other) == ["Saturday spades"]
    here, there = kindred_of(one.pk)[0], kindred_of(other.pk)[0]
    assert (here.score, here.phrases, here.terms) == (there.score, there.phrases, there.terms)
    assert any("allotment" in phrase for phrase in here.phrases)
    assert {"Fathers", "Fathers of toddlers", "Land to dig"} <= {term["label"] for term in here.terms}


def test_names_alone_make_no_pair_and_the_same_text_under_other_names_does():
    other_work()
    names = [case_study("Golden kites", lead=lead) for lead in ("northbridge", "kiteham")]
    names[0].with_statement("Golden kites: lawyers meet magistrates.").about("Courts").with_cohort("Judges")
    names[1].with_statement("Golden kites: bakers sell bread.").about("Courts").with_cohort("Judges")
    find_kindred()
    assert others_of(names[0]) == []
    for entry in names:
        entry.with_statement("Magistrates mentor apprentice barristers at dawn.")
    told_apart(names[1])
    find_kindred()
    assert others_of(names[0]) == ["Golden kites"]


def test_one_piece_of_work_told_of_each_partner_is_no_pair():
    """Under one name, from one source or of one model, they know of each other; else they may not."""
    other_work()
    hub, same_hub = (
        case_study("Golden kites", lead=lead).about("Courts").with_cohort("Judges")
        for lead in ("northbridge", "kiteham")
    )
    hub.with_statement("Golden kites: lawyers meet magistrates.")
    same_hub.with_statement("Golden kites: bakers sell bread.")
    for entry in (hub, same_hub):
        entry.with_statement("Magistrates mentor apprentice barristers at dawn.")
    find_kindred()
    assert others_of(hub) == others_of(same_hub) == []
    told_apart(same_hub)
    find_kindred()
    assert others_of(hub) == ["Golden kites"]
    model = practice_model("Kite schools", summary="Another matter.")
    for entry in (hub, same_hub):
        entry.running(model)
    find_kindred()
    assert others_of(hub) == []


def test_the_same_organisation_as_lead_or_partner_is_left_out():
    other_work()
    one, same = (
        about_gardens("Saturday spades", "northbridge"),
        about_gardens("Dads who plant", "northbridge"),
    )
    find_kindred()
    assert others_of(one) == others_of(same) == []
    partner = about_gardens("Plots", "kiteham")
    find_kindred()
    assert set(others_of(partner)) == {"Dads who plant", "Saturday spades"}
    Partner.objects.create(
        case_study_id=partner.pk, organisation=Organisation.objects.get(slug="northbridge")
    )
    find_kindred()
    assert others_of(partner) == []


def test_linked_entries_are_left_out(gardens):
    one, other = gardens
    other.related_to(one)
    find_kindred()
    assert others_of(one) == []


def test_places_of_one_model_are_known_to_each_other_unless_their_results_differ(client):
    other_work()
    model = practice_model("Planting", summary="Another matter.")
    one = about_gardens("Saturday spades", "northbridge", results="favourable").running(model)
    other = about_gardens("Dads who plant", "kiteham", results="favourable").running(model)
    worse = about_gardens("Men in mud", "harbourside", results="adverse").running(model)
    find_kindred()
    assert others_of(one) == ["Men in mud"]
    assert set(others_of(worse)) == {one.page.title, other.page.title}
    row = kindred_of(one.pk)[0]
    assert (row.relation, row.outcome) == ("differs", "Wellbeing")
    assert (row.own.direction, row.other.direction) == ("favourable", "adverse")
    page = client.get(one.url).content.decode()
    assert "Same form, different result" in page
    assert "Wellbeing: better in Northbridge, worse in Harbourside" in page


def test_what_is_out_of_sight_is_shown_nowhere(client, gardens):
    one, other = gardens
    find_kindred()
    api = f"/api/v1/practice/{one.page.uid}/kindred"
    seen = [client.get(address).content.decode() for address in (one.url, "/kindred/", api)]
    assert all("Dads who plant" in page for page in seen)
    Entry.objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    seen = [client.get(address).content.decode() for address in (one.url, "/kindred/", api)]
    assert not any("Dads who plant" in page or "allotment brings" in page for page in seen[1:])
    assert "Dads who plant" not in seen[0]
    assert client.get(f"/api/v1/practice/{other.page.uid}/kindred").status_code == 404


def test_what_was_published_anew_is_not_shown_until_it_is_compared_again(gardens):
    one, other = gardens
    find_kindred()
    Entry.objects.filter(pk=other.pk).update(last_published_at=timezone.now())
    assert others_of(one) == []
    find_kindred()
    assert others_of(one) == ["Dads who plant"]


def test_the_job_is_idempotent_keeps_dismissals_and_forgets_what_no_longer_holds(gardens, editor):
    one, _ = gardens
    third = about_gardens("Spring beds", "harbourside")
    assert find_kindred().same_idea == 3
    kept = set(KindredPair.objects.values_list("pk", "score"))
    said: list[tuple[int, int]] = []
    assert find_kindred(say=lambda done, total: said.append((done, total))).same_idea == 3
    assert set(KindredPair.objects.values_list("pk", "score")) == kept
    assert said[-1][0] == said[-1][1] == Entry.objects.count()
    pair = KindredPair.objects.get(left=min(one.pk, third.pk), right=max(one.pk, third.pk))
    dismiss_pair(pair=pair, reason="Beds in a hospital.", by=editor)
    assert "Spring beds" not in others_of(one)
    find_kindred()
    assert "Spring beds" not in others_of(one)
    assert "Saturday spades" not in others_of(third)
    Entry.objects.filter(pk=third.pk).update(withdrawn_at=timezone.now())
    assert find_kindred().forgotten == 1
    assert KindredPair.objects.filter(pk=pair.pk).exists()


def test_a_dismissal_needs_the_right_and_a_reason_and_is_recorded(client, gardens, editor):
    find_kindred()
    pair = KindredPair.objects.get()
    stranger = User.objects.create_user(email="member@example.org", password="a long pass phrase")
    with pytest.raises(NotAllowed):
        dismiss_pair(pair=pair, reason="No.", by=stranger)
    with pytest.raises(ReasonMissing):
        dismiss_pair(pair=pair, reason=" ", by=editor)
    assert "/dismiss/" not in client.get("/kindred/").content.decode()
    client.force_login(editor)
    address = f"/cms/library/kindred/{pair.pk}/dismiss/"
    assert address in client.get("/kindred/").content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "One grows food, one grows grass."}).status_code == 302
    assert AuditEntry.objects.filter(action="kindred_pair.dismissed", who=editor.pk).count() == 1
    assert "No pair is known" in client.get("/kindred/").content.decode()
    restore = address.replace("dismiss", "restore")
    listed = client.get("/cms/library/kindred/dismissed/").content.decode()
    assert "One grows food, one grows grass." in listed
    assert restore in listed
    assert client.post(restore, {"reason": "They are."}).status_code == 302
    assert "Dads who plant" in client.get("/kindred/").content.decode()


def test_a_stranger_cannot_reach_the_form(client, gardens):
    find_kindred()
    pair = KindredPair.objects.get()
    assert client.post(f"/cms/library/kindred/{pair.pk}/dismiss/", {"reason": "x"}).status_code in (302, 403)
    pair.refresh_from_db()
    assert pair.state == "new"
    dismissed = "/cms/library/kindred/dismissed/"
    assert client.get(dismissed).status_code == 302
    member = User.objects.create_user(email="member@example.org", password="a long pass phrase")
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)
    assert client.get(dismissed).status_code == 404


def test_pages_and_api_take_the_same_queries_at_any_size(client, gardens):
    one, _ = gardens

    def queries() -> list[int]:
        costs = []
        for address in (one.url, "/kindred/", f"/api/v1/practice/{one.page.uid}/kindred"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs.append(len(asked))
        return costs

    find_kindred()
    few = queries()
    for number in range(8):
        about_gardens(f"Patch {number}", f"place-{number}")
    find_kindred()
    assert len(others_of(one)) >= 5
    assert queries() == few
    assert few[0] <= 12


def test_the_api_tells_why(client, gardens):
    one, other = gardens
    find_kindred()
    (row,) = client.get(f"/api/v1/practice/{one.page.uid}/kindred").json()
    assert (row["id"], row["title"], row["relation"]) == (str(other.page.uid), "Dads who plant", "same idea")
    assert row["authorities"] == ["kiteham"]
    assert {"phrase", "theme", "cohort", "condition"} <= {reason["kind"] for reason in row["reasons"]}
    assert {"kind": "theme", "value": "fathers", "text": "Fathers"} in row["reasons"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999999999"])
def test_a_page_that_is_none_is_not_found(client, page: Any):
    assert client.get("/kindred/", {"page": page}).status_code == 404


def test_the_command_tells_its_progress(gardens):
    told = io.StringIO()
    call_command("find_kindred", stdout=told)
    assert "8 of 8 entries" in told.getvalue()
    assert "1 pairs on the same idea" in told.getvalue()


def test_meaning_puts_first_what_words_put_last_and_a_name_is_still_no_idea():
    """Directions set by hand: what an encoder makes of text is measured on the judged pairs."""
    other_work()
    one, by_words = about_gardens("Saturday spades", "northbridge"), about_gardens("Dads dig", "harbourside")
    by_meaning = case_study("Green men", lead="kiteham", summary="Men grow beans on a plot with infants.")
    by_meaning.with_statement("It brings fathers out.").about("Fathers").with_cohort("Fathers of toddlers")
    namesake = case_study("Saturday spades", lead="elsewhere", summary="Lawyers meet judges.")
    namesake.about("Fathers").with_cohort("Fathers of toddlers")
    library = read_library()
    weigher = Weigher(library)

    def nearest(likeness: Likeness | None, dismissed: set[tuple[int, int]]) -> list[int]:
        pairing = Pairing(library, weigher, dismissed, likeness)
        return [kin.right if kin.left == one.pk else kin.left for kin in pairing.proposed_by(one.pk)]

    apart = {pk: [0.0, 1.0, float(number % 3)] for number, pk in enumerate(library.works)}
    near = {entry.pk: [5.0, 0.0, 0.0] for entry in (one, by_meaning, namesake)}
    alike = Likeness({**apart, **near})
    assert nearest(None, set())[0] == by_words.pk
    assert nearest(alike, set())[0] == by_meaning.pk
    assert namesake.pk not in nearest(alike, set())
    assert by_meaning.pk not in nearest(alike, {pair_of(one.pk, by_meaning.pk)})
