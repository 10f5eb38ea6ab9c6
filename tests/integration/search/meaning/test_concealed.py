"""What search by meaning never shows, nor keeps; on both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from website.outbox.recording import record_change

from practice_library.models import TOPIC, Entry
from search.engine import PracticeQuery
from search.indexing import drain
from search.meaning import filling
from search.meaning.encoder import Encoder
from search.meaning.filling import fill, find_gaps
from search.meaning.shelf import current_shelf
from search.service import find
from tests.factories.making import a_case_study
from tests.integration.search.meaning.conftest import KINSHIP, PARAPHRASE, titles

pytestmark = pytest.mark.django_db


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
