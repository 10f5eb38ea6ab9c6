"""The judged pairs are only worth measuring against while they are well formed: keys live, nothing is told twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "practice_library" / "content"
JUDGED = Path(__file__).with_name("kindred_pairs.yaml")
FUNDS = {"innovation-programme"}
"""Models that are a fund: entries of one fund need not share an idea, nor know each other."""


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    return yaml.load(JUDGED.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def entries() -> dict[str, dict[str, Any]]:
    found = {}
    for folder in ("case-studies", "models"):
        for path in (LIBRARY / folder).rglob("*.yaml"):
            entry = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            found[entry["key"]] = entry
    return found


def of(judged: dict[str, Any], relation: str) -> list[dict[str, Any]]:
    return [pair for pair in judged["pairs"] if pair["relation"] == relation]


def test_every_key_is_an_entry_of_the_library(judged: dict[str, Any], entries: dict[str, Any]) -> None:
    keys = {key for pair in judged["pairs"] for key in (pair["left"], pair["right"])}
    keys |= {anchor["anchor"] for anchor in judged["anchors"]}
    keys |= {key for anchor in judged["anchors"] for need in anchor["partners"] for key in need["any_of"]}
    assert keys - set(entries) == set()


def test_no_pair_is_judged_twice(judged: dict[str, Any]) -> None:
    told = Counter(frozenset((pair["left"], pair["right"])) for pair in judged["pairs"])
    assert all(len(pair) == 2 for pair in told)
    assert {pair for pair, times in told.items() if times > 1} == set()


def test_true_pairs_are_of_different_organisations_and_models(
    judged: dict[str, Any], entries: dict[str, Any]
) -> None:
    for pair in of(judged, "same-idea"):
        left, right = entries[pair["left"]], entries[pair["right"]]
        assert left["lead"] != right["lead"], pair
        assert not (set(left.get("models", ())) & set(right.get("models", ()))) - FUNDS, pair
        for one, other in ((left, right), (right, left)):
            assert one["lead"] not in {
                name.lower().replace(" ", "-") for name in other.get("partners", ())
            }, pair


def test_pairs_that_differ_are_of_different_organisations(
    judged: dict[str, Any], entries: dict[str, Any]
) -> None:
    for pair in of(judged, "differs"):
        left, right = entries[pair["left"]], entries[pair["right"]]
        assert left["lead"] != right["lead"], pair
        assert pair["shares_model"] == bool(set(left.get("models", ())) & set(right.get("models", ()))), pair


def test_there_are_enough_of_each_kind_in_each_half(judged: dict[str, Any]) -> None:
    assert len(of(judged, "same-idea")) >= 50
    assert len(of(judged, "differs")) >= 12
    assert len(of(judged, "trap")) >= 40
    for relation in ("same-idea", "differs", "trap"):
        halves = Counter(pair["half"] for pair in of(judged, relation))
        assert set(halves) == {"tune", "held"}
        assert abs(halves["tune"] - halves["held"]) <= 0.2 * halves.total()
    assert {pair["trap"] for pair in of(judged, "trap")} == {
        "same-partnership",
        "same-organisation",
        "linked-siblings",
        "name-only",
        "topic-only",
    }


def test_a_theme_of_true_pairs_lies_in_one_half(judged: dict[str, Any]) -> None:
    halves: dict[str, set[str]] = {}
    for pair in of(judged, "same-idea"):
        assert pair["grade"] in (1, 2)
        halves.setdefault(pair["theme"], set()).add(pair["half"])
    assert {theme for theme, found in halves.items() if len(found) > 1} == set()


def test_every_judgement_says_why(judged: dict[str, Any]) -> None:
    assert [pair for pair in judged["pairs"] if len(pair["why"].split()) < 5] == []


def test_anchors_list_partners_of_other_organisations(
    judged: dict[str, Any], entries: dict[str, Any]
) -> None:
    anchors = judged["anchors"]
    assert len(anchors) >= 25
    assert len({anchor["anchor"] for anchor in anchors}) == len(anchors)
    assert {anchor["half"] for anchor in anchors} == {"tune", "held"}
    traps = {frozenset((pair["left"], pair["right"])) for pair in of(judged, "trap")}
    for anchor in anchors:
        assert anchor["partners"], anchor
        for need in anchor["partners"]:
            for key in need["any_of"]:
                assert entries[key]["lead"] != entries[anchor["anchor"]]["lead"], (anchor["anchor"], key)
                assert frozenset((anchor["anchor"], key)) not in traps
