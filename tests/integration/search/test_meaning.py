"""Search by meaning over a handful of entries, on both engines: what it finds, what it never shows, and who does the work."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from website.outbox.recording import record_change

from practice_library.models import TOPIC, Cohort, CohortRow, Entry
from search import probe, tasks
from search.addresses import SearchAddress
from search.current import current_engine
from search.engine import PracticeQuery
from search.exporting import exported
from search.feeds import followed
from search.indexing import drain, rebuild
from search.meaning import filling, weights
from search.meaning.encoder import Encoder
from search.meaning.filling import fill, find_gaps
from search.meaning.shelf import current_shelf
from search.service import find
from search.tasks import compare_work, drain_outbox, fill_shelf
from search.vocabulary import forget
from tests.factories.making import a_case_study, a_model, with_cohort, with_statement

pytestmark = pytest.mark.django_db

#: Holds no word of the entry that answers it.
PARAPHRASE = "helping gran raise her grandchildren"
KINSHIP = "Kinship care teams"


@pytest.fixture
def shelf_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Nothing kept from another test."""
    settings.SEARCH_MEANING_DIR = tmp_path / "meaning"


@pytest.fixture
def library(site_engine: str, shelf_of_its_own: None) -> dict[str, Entry]:
    """Five entries, indexed and with vectors."""
    found = {
        KINSHIP: a_model(
            KINSHIP, summary="Grandparents who bring up a child of the family are paid and visited."
        ),
        "Lantern house": a_model(
            "Lantern house", summary="A residential home with a therapist for teenagers."
        ),
        "Front door hub": a_model(
            "Front door hub", summary="One team screens every contact from police and schools."
        ),
        "Caseload cap": a_model("Caseload cap", summary="Each social worker holds sixteen children at most."),
        "Aunt to aunt": a_model(
            "Aunt to aunt", summary="Aunts and grandmothers get a worker of their own and an allowance."
        ),
    }
    with_statement(found["Lantern house"], "Young people helped to choose the furniture.")
    rebuild()
    fill()
    return found


def titles(text: str, **options: Any) -> list[str]:
    ranking = options.pop("ranking", "meaning")
    query = PracticeQuery(text=text, **options)
    return [hit.fields["title"] for hit in find(query, ranking=ranking).result.hits]


def test_a_paraphrase_finds_what_no_word_finds(library: dict[str, Entry]) -> None:
    assert KINSHIP not in titles(PARAPHRASE, ranking="words")
    assert set(titles(PARAPHRASE)[:2]) == {KINSHIP, "Aunt to aunt"}


def test_what_is_added_says_why_and_counts_everywhere(library: dict[str, Entry]) -> None:
    found = find(PracticeQuery(text=PARAPHRASE))
    hit = next(hit for hit in found.result.hits if hit.fields["title"] == KINSHIP)
    assert [why.field for why in hit.why] == ["meaning"]
    total = found.result.total
    assert total == len(found.result.hits) == current_engine().count(found.query)
    counts = {each.value: each.count for each in found.result.facets["type"]}
    assert sum(counts.values()) == total
    for kind, count in counts.items():
        narrowed = find(PracticeQuery(text=PARAPHRASE, filters={"type": (kind,)}))
        assert narrowed.result.total == count
        assert {hit.fields["type"] for hit in narrowed.result.hits} == {kind}
        assert {each.value: each.count for each in narrowed.result.facets["type"]} == counts
    grouped = find(PracticeQuery(text=PARAPHRASE, group=True))
    assert grouped.result.total == total


def test_the_order_is_the_same_on_every_page_and_in_an_export(library: dict[str, Entry]) -> None:
    whole = titles(PARAPHRASE)
    pages = [titles(PARAPHRASE, size=1, page=number) for number in range(1, len(whole) + 1)]
    assert [title for page in pages for title in page] == whole
    assert [entry["title"] for entry in exported(PracticeQuery(text=PARAPHRASE))] == whole


def test_a_feed_follows_words_alone(library: dict[str, Entry]) -> None:
    def told(text: str) -> set[str]:
        return {entry.title for entry in followed(SearchAddress(PracticeQuery(text=text))).entries}

    assert KINSHIP not in told(PARAPHRASE)
    assert told("grandparents child") == {KINSHIP}


def test_sorting_by_date_finds_the_same_and_keeps_its_order(library: dict[str, Entry]) -> None:
    by_date = titles(PARAPHRASE, sort="newest")
    assert set(by_date) == set(titles(PARAPHRASE))
    assert by_date == sorted(by_date, key=by_date.index)


def test_a_name_comes_first_whatever_else_is_near(library: dict[str, Entry]) -> None:
    a_model("Grandchildren", summary="A computer system for invoices.").record_change()
    drain()
    fill()
    assert titles("Grandchildren")[0] == "Grandchildren"
    assert titles(KINSHIP)[0] == KINSHIP


def test_a_quoted_phrase_is_never_answered_by_what_is_only_near(library: dict[str, Entry]) -> None:
    assert titles('"child of the family"') == [KINSHIP]
    assert titles('"raise her grandchildren" gran') == []


def test_an_acronym_that_is_known_is_asked_for_by_what_it_means(library: dict[str, Entry]) -> None:
    with_cohort(library["Lantern house"], "Special guardianship")
    Cohort.objects.filter(name="Special guardianship").update(synonyms=["SGO"])
    forget()
    library["Lantern house"].record_change()
    drain()
    fill()
    assert titles("SGO")[0] == "Lantern house"


@pytest.mark.parametrize("text", ["qzxv", "qzxv wbrk", "QZXV"])
def test_a_short_text_that_nobody_knows_finds_nothing(library: dict[str, Entry], text: str) -> None:
    assert titles(text) == []
    assert find(PracticeQuery(text=text)).query.nearness is None


def test_one_unknown_word_beside_a_known_one_does_not_silence_meaning(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text="qzxv grandmothers")).query.nearness is not None
    assert titles("qzxv grandmothers")[0] == "Aunt to aunt"


def test_only_my_words_is_only_my_words(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text=PARAPHRASE, words_mine=True)).query.nearness is None
    assert titles(PARAPHRASE, words_mine=True) == titles(PARAPHRASE, words_mine=True, ranking="words")


def test_a_place_puts_its_own_entries_first(library: dict[str, Entry]) -> None:
    for place in ("Wigan", "Camden"):
        a_case_study(f"Garden club in {place}", lead=place.lower(), summary="Planting seeds.").record_change()
    drain()
    fill()
    found = titles("help for grandparents in Wigan")
    assert found[:2] == ["Garden club in Wigan", KINSHIP]
    assert "Garden club in Camden" not in found[:3]


# --- nothing that may not be seen -----------------------------------------------------------------------------------


def hide(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(hidden_at=timezone.now())


def unpublish(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(live=False)


@pytest.mark.parametrize("conceal", [hide, unpublish], ids=["hide", "unpublish"])
def test_what_is_concealed_counts_no_more_from_that_moment(
    library: dict[str, Entry], conceal: Callable[[Entry], None]
) -> None:
    """The shelf still holds its vectors here: neither it nor the order of others may show them."""
    conceal(library[KINSHIP])
    while_kept = find(PracticeQuery(text=PARAPHRASE))
    assert KINSHIP not in titles(PARAPHRASE)
    uid = str(library[KINSHIP].uid)
    assert while_kept.query.nearness is not None
    assert uid not in (*while_kept.query.nearness.order, *while_kept.query.nearness.added)
    record_change(topic=TOPIC, uid=library[KINSHIP].uid)
    drain()
    with current_shelf().writing() as shelf:
        assert shelf.hash_of(uid) == ""
    gone = find(PracticeQuery(text=PARAPHRASE))
    assert gone.result.total == while_kept.result.total
    assert gone.query.nearness == while_kept.query.nearness


def test_a_concealed_model_lends_its_places_no_score(library: dict[str, Entry]) -> None:
    place = a_case_study("Harbour start", summary="It began.", models=(library[KINSHIP],))
    place.record_change()
    drain()
    fill()

    def order_now() -> tuple[str, ...]:
        nearness = find(PracticeQuery(text=PARAPHRASE)).query.nearness
        assert nearness is not None
        return nearness.order

    uid, other = str(place.uid), str(library["Front door hub"].uid)
    assert order_now().index(uid) < order_now().index(other)
    hide(library[KINSHIP])
    assert str(library[KINSHIP].uid) not in order_now()


def test_a_redacted_text_leaves_no_vectors(library: dict[str, Entry]) -> None:
    uid = str(library[KINSHIP].uid)
    Entry.objects.filter(pk=library[KINSHIP].pk).update(summary="Removed.")
    library[KINSHIP].record_change()
    drain()
    with current_shelf().writing() as shelf:
        assert shelf.hash_of(uid) == ""
        assert shelf.waiting(9) == [uid]
    assert uid not in current_shelf().tokens([uid])


def test_an_entry_unpublished_while_it_is_encoded_does_not_come_back(
    library: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = str(library[KINSHIP].uid)
    encode = Encoder.entry

    def meanwhile(change: Callable[[], object]) -> None:
        with current_shelf().writing() as shelf:
            shelf.await_(uid)

        def slowly(self: Encoder, texts: list[str]) -> Any:
            change()
            return encode(self, texts)

        monkeypatch.setattr(Encoder, "entry", slowly)
        fill()

    meanwhile(lambda: None)
    assert uid in current_shelf().tokens([uid])  # the control: without a change it is kept
    meanwhile(lambda: unpublish(library[KINSHIP]))
    assert uid not in current_shelf().tokens([uid])
    assert current_shelf().count().waiting == 0


def test_an_entry_rewritten_while_it_is_encoded_waits_for_its_new_text(
    library: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = str(library[KINSHIP].uid)
    encode = Encoder.entry
    rewritten: list[bool] = []

    def slowly(self: Encoder, texts: list[str]) -> Any:
        if not rewritten:
            rewritten.append(True)
            Entry.objects.filter(uid=uid).update(summary="Another text.")
        return encode(self, texts)

    monkeypatch.setattr(Encoder, "entry", slowly)
    with current_shelf().writing() as shelf:
        shelf.await_(uid)
    filling._fill_some([uid])
    assert uid not in current_shelf().tokens([uid])
    assert fill() == 0
    assert not find_gaps()


# --- who does the work ----------------------------------------------------------------------------------------------

REQUESTS = (
    "/practice/?q=helping+gran+raise+her+grandchildren",
    "/practice/?q=helping+gran+raise+her+grandchildren&type=model&group=none",
    "/practice/?q=qzxv",
    "/practice/feed.rss?q=gran",
    "/api/v1/practice/search?q=helping+gran+raise+her+grandchildren",
    "/api/v1/practice/suggest?q=kin",
    "/api/v1/export/practice.csv?q=helping+gran+raise+her+grandchildren",
)


@pytest.fixture
def entries_encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text of an entry that is encoded from here on."""
    seen: list[str] = []
    encode = Encoder.entry

    def noted(self: Encoder, texts: list[str]) -> Any:
        seen.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(Encoder, "entry", noted)
    return seen


def test_no_entry_is_encoded_in_a_request(
    library: dict[str, Entry],
    entries_encoded: list[str],
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(
        execute=True
    ):  # publishing indexes here at once, and encodes nothing
        a_model("Comet therapy").record_change()
    assert titles("comet therapy")[0] == "Comet therapy"
    for address in REQUESTS:
        answer = client.get(address)
        assert answer.status_code == 200, address
        b"".join(answer) if answer.streaming else answer.content
    assert entries_encoded == []
    fill()
    assert any("Comet therapy" in text for text in entries_encoded)  # the control: a worker does


def test_the_worker_encodes_after_it_has_indexed(
    settings: Any, library: dict[str, Entry], django_capture_on_commit_callbacks: Any
) -> None:
    settings.SEARCH_INDEXING = "worker"
    with django_capture_on_commit_callbacks(execute=True):
        a_model("Comet therapy").record_change()
    assert [task.task_path for task in DBTaskResult.objects.all()] == [drain_outbox.module_path]
    drain_outbox.func()
    drain_outbox.func()
    asked = DBTaskResult.objects.filter(task_path=fill_shelf.module_path)
    assert [task.priority < 0 for task in asked] == [True]
    assert find_gaps().missing
    fill_shelf.func()
    assert not find_gaps()


def test_work_is_compared_by_meaning_once_a_library_has_its_vectors(
    library: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = DBTaskResult.objects.filter(task_path=compare_work.module_path)
    a_model("Comet therapy").record_change()
    drain()
    fill_shelf.func()
    assert not asked.exists()
    monkeypatch.setattr(tasks, "WORTH_COMPARING", 1)
    a_model("Aurora mentoring").record_change()
    drain()
    fill_shelf.func()
    assert asked.count() == 1
    compare_work.func()


def test_a_vocabulary_term_gets_vectors_too(library: dict[str, Entry]) -> None:
    cohort = with_cohort(library["Lantern house"], "Children in care")
    library["Lantern house"].record_change()
    drain()
    fill()
    with current_shelf().writing() as shelf:
        assert shelf.hash_of(f"cohort:{cohort.slug}")
    CohortRow.objects.filter(tag=cohort).delete()
    cohort.delete()
    forget()
    filling.await_terms()
    with current_shelf().writing() as shelf:
        assert not shelf.hash_of(f"cohort:{cohort.slug}")


# --- what is missing is told and mended -----------------------------------------------------------------------------


def test_the_check_tells_how_many_lack_vectors_and_the_command_makes_them(
    library: dict[str, Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    with current_shelf().writing() as shelf:
        shelf.drop(str(library[KINSHIP].uid))
        shelf.await_("00000000-0000-0000-0000-000000000000")
    call_command("search_check")
    assert (
        "meaning: 5 entries and terms checked, 1 without vectors, 0 that are no more"
        in capsys.readouterr().out
    )
    call_command("search_check", repair=True)
    call_command("search_meaning")
    call_command("search_check")
    assert (
        "meaning: 5 entries and terms checked, 0 without vectors" in capsys.readouterr().out.splitlines()[-1]
    )
    assert probe.meaning_problem() is None


def test_a_shelf_that_is_mostly_empty_is_not_used(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text=PARAPHRASE)).query.nearness is not None
    with current_shelf().writing() as shelf:
        shelf.await_(str(library[KINSHIP].uid))
    assert find(PracticeQuery(text=PARAPHRASE)).query.nearness is None
    assert "4 of 5 texts have vectors" in (probe.meaning_problem() or "")


def test_a_spoilt_shelf_stops_neither_search_nor_indexing(library: dict[str, Entry]) -> None:
    current_shelf().path.write_bytes(b"no database at all" * 500)
    with pytest.raises(sqlite3.DatabaseError):
        current_shelf().count()
    assert titles(PARAPHRASE) == titles(PARAPHRASE, ranking="words")
    a_model("Comet therapy").record_change()
    assert drain().documents == 1
    assert titles("comet") == ["Comet therapy"]


# --- without the optional extra -------------------------------------------------------------------------------------


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python does not find the packages, as where nobody installed them."""
    found = importlib.util.find_spec
    monkeypatch.setattr(weights, "find_spec", lambda name: None if name in weights.NEEDED else found(name))
    weights.installed.cache_clear()
    yield
    weights.installed.cache_clear()


def test_without_the_extra_everything_else_works_and_says_so(
    library: dict[str, Entry], not_installed: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert titles(PARAPHRASE) == titles(PARAPHRASE, ranking="words")
    a_model("Comet therapy").record_change()
    assert drain().documents == 1
    for address in REQUESTS:
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert b"by words alone" in client.get("/practice/?q=comet").content
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["checks"]["search by meaning"]["problem"] == "not installed: search goes by words"
    call_command("search_check")
    assert "meaning: not installed, search goes by words" in capsys.readouterr().out
    with pytest.raises(CommandError, match="not installed"):
        call_command("search_meaning")


def test_with_the_extra_the_page_says_that_meaning_counts(library: dict[str, Entry], client: Client) -> None:
    page = client.get("/practice/", {"q": PARAPHRASE}).content.decode()
    assert "by words and meaning" in page
    assert "Matched <mark>what you asked</mark> in other words" in page
