"""Changes in any order, more than once, during a rebuild: the highest version wins and nothing is lost."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents.schema import BadDocument, PracticeDocument
from search.engine import Change, PracticeQuery, SearchEngine
from tests.search.conftest import NewEngine
from tests.search.corpus import document

CANARY = "xylophonic"


def at(uid: str, version: int, title: str = "Canary xylophonic entry") -> Change:
    return Change(uid, version, document(uid, title, version=version))


def test_an_older_version_never_overwrites_a_newer_one(engine: SearchEngine) -> None:
    engine.apply([at("a", 5, "Newer wording")])
    applied = engine.apply([at("a", 4, "Older wording")])
    assert (applied.written, applied.stale) == (0, 1)
    assert engine.search(PracticeQuery("newer")).total == 1
    assert list(engine.snapshot()) == [("a", 5)]


def test_applying_the_same_changes_again_changes_nothing(engine: SearchEngine) -> None:
    changes = [at("a", 1), at("b", 2), Change("c", 3)]
    engine.apply(changes)
    before = sorted(engine.snapshot())
    applied = engine.apply(changes)
    assert (applied.written, applied.removed, applied.stale) == (0, 0, 3)
    assert sorted(engine.snapshot()) == before == [("a", 1), ("b", 2)]


def test_a_tombstone_is_remembered(engine: SearchEngine) -> None:
    engine.apply([at("a", 1)])
    assert engine.search(PracticeQuery(CANARY)).total == 1
    assert engine.apply([Change("a", 3)]).removed == 1
    engine.apply([at("a", 2)])
    assert engine.search(PracticeQuery(CANARY)).total == 0
    assert engine.count() == 0
    engine.apply([at("a", 4)])
    assert engine.search(PracticeQuery(CANARY)).total == 1


def test_a_tombstone_outlives_a_rebuild(engine: SearchEngine) -> None:
    engine.apply([at("a", 1), Change("a", 3)])
    engine.rebuild([])
    engine.apply([at("a", 2)])
    assert engine.count() == 0


def test_what_is_removed_shows_nowhere(engine: SearchEngine) -> None:
    engine.apply([at("a", 1, f"Canary {CANARY} alpha"), at("b", 1, f"Other {CANARY}s")])
    engine.apply([Change("a", 2), Change("b", 2)])
    check_unseen(engine)


def test_what_the_database_hides_shows_nowhere_though_the_index_holds_it(engine: SearchEngine) -> None:
    seen = document("seen", "A canary that may be seen", facets={"cohort": ["open"]})
    hidden = document("hidden", f"A canary {CANARY} alpha", facets={"cohort": ["secret"]})
    engine.rebuild([seen, hidden])
    assert engine.search(PracticeQuery(CANARY)).total == 1
    check_unseen(engine, exclude=("hidden",))
    result = engine.search(PracticeQuery("canary", exclude=("hidden",)))
    assert [hit.uid for hit in result.hits] == ["seen"]
    assert [value.value for value in result.facets["cohort"]] == ["open"]
    assert [s.value for s in engine.suggest("canary", exclude=("hidden",))] == ["seen"]
    assert "hidden" not in [hit.uid for hit in engine.related("seen", exclude=("hidden",))]


def check_unseen(engine: SearchEngine, exclude: tuple[str, ...] = ()) -> None:
    for text in (CANARY, f'"{CANARY} alpha"', "xylophonik", "xyloph"):
        result = engine.search(PracticeQuery(text, exclude=exclude))
        assert (result.total, result.did_you_mean) == (0, None), text
        assert not any(value.count for values in result.facets.values() for value in values)
    assert engine.suggest("xyl", exclude=exclude) == []
    assert engine.did_you_mean("xylophonik", exclude=exclude) is None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.booleans()),
        min_size=1,
        max_size=14,
        unique=True,
    ),
    cuts=st.lists(st.integers(0, 14), max_size=3),
)
def test_any_order_of_changes_ends_in_the_highest_versions(
    new_engine: NewEngine, steps: list[tuple[str, int, bool]], cuts: list[int]
) -> None:
    """A uid and version names one state; it may come twice, early or late."""
    states = {(uid, version): alive for uid, version, alive in steps}
    changes = [at(uid, v) if states[uid, v] else Change(uid, v) for uid, v, _ in steps]
    engine = new_engine()
    start = 0
    for cut in [*sorted(cuts), len(changes)]:
        engine.apply(changes[start:cut])
        start = max(start, min(cut, len(changes)))
    engine.apply(reversed(changes))
    last = {uid: max(v for u, v in states if u == uid) for uid, _ in states}
    expected = sorted((uid, version) for uid, version in last.items() if states[uid, version])
    assert sorted(engine.snapshot()) == expected
    assert engine.count() == len(expected)


def test_a_rebuild_beside_writers_loses_nothing(engine: SearchEngine) -> None:
    """Writers go on while the new index is filled, and readers always see a whole library."""
    outbox: list[Change] = []
    engine.apply([at(f"old-{n}", n + 1) for n in range(40)])
    started, finished = threading.Event(), threading.Event()
    seen_totals: list[int] = []

    def write() -> None:
        started.wait(10)
        for n in range(8):
            change = Change("old-3", 1000) if n == 4 else at(f"new-{n}", 100 + n)
            outbox.append(change)
            engine.apply([change])

    def read() -> None:
        while not finished.is_set():
            seen_totals.append(engine.count())

    def documents() -> list[PracticeDocument]:
        started.set()
        return [document(f"old-{n}", "Canary xylophonic entry", version=n + 1) for n in range(40)]

    threads = [threading.Thread(target=write), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    engine.rebuild((d for d in documents()), replay=lambda: list(outbox))
    threads[0].join()
    finished.set()
    threads[1].join()
    engine.apply(outbox)
    expected = {(f"old-{n}", n + 1) for n in range(40) if n != 3}
    expected |= {(f"new-{n}", 100 + n) for n in range(8) if n != 4}
    assert set(engine.snapshot()) == expected
    assert engine.search(PracticeQuery(CANARY)).total == len(expected)
    assert min(seen_totals) >= 39


def test_changes_made_while_building_are_replayed_without_a_later_drain(engine: SearchEngine) -> None:
    outbox: list[Change] = []

    def documents() -> list[PracticeDocument]:
        outbox.append(at("late", 9))
        engine.apply(outbox)
        return [document("early", version=1)]

    rebuilt = engine.rebuild((d for d in documents()), replay=lambda: list(outbox))
    assert set(engine.snapshot()) == {("early", 1), ("late", 9)}
    assert (rebuilt.documents, rebuilt.replayed) == (1, 1)


def test_a_failed_rebuild_leaves_the_old_index_in_place(engine: SearchEngine) -> None:
    engine.apply([at("a", 1)])
    with pytest.raises(BadDocument):
        engine.rebuild([document("b"), document("c", facets={"cohort": ["not a slug"]})])
    assert list(engine.snapshot()) == [("a", 1)]
    engine.rebuild([document("d")])
    assert list(engine.snapshot()) == [("d", 1)]


def test_fingerprints_come_back_for_the_check(engine: SearchEngine) -> None:
    engine.apply(
        [Change("a", 1, document("a", card={"fingerprint": "f1"})), at("b", 1), at("c", 1), Change("c", 2)]
    )
    assert sorted(engine.fingerprints()) == [("a", "f1"), ("b", "")]


def test_an_engine_opened_later_sees_what_was_written_before(engine: SearchEngine) -> None:
    engine.apply([at("a", 1)])
    assert engine.health().ok
    assert engine.health().documents == 1
