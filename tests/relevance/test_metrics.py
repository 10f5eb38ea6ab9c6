"""Worked out by hand, so that the table in docs/relevance.md can be believed."""

import math

import pytest

from tests.relevance import metrics


def test_an_ideal_order_is_one_and_ties_do_not_matter():
    grades = {"a": 3, "b": 3, "c": 1}
    assert metrics.ndcg(["a", "b", "c"], grades) == pytest.approx(1)
    assert metrics.ndcg(["b", "a", "c"], grades) == pytest.approx(1)


def test_fewer_than_ten_and_unjudged_results():
    ideal = 7 + 1 / math.log2(3)
    assert metrics.ndcg(["unjudged", "a"], {"a": 3, "b": 1}) == pytest.approx((7 / math.log2(3)) / ideal)
    assert metrics.ndcg([], {"a": 3}) == 0
    assert metrics.judged_share(["unjudged", "a"], {"a": 3}) == 0.5


def test_a_result_after_the_tenth_counts_for_nothing():
    assert metrics.ndcg([*(f"x{n}" for n in range(10)), "a"], {"a": 3}) == 0


def test_recall_is_of_grade_three_alone():
    assert metrics.best_recall(["a", "c"], {"a": 3, "b": 3, "c": 2}) == 0.5
    assert metrics.best_recall(["c"], {"c": 2}) is None
    many = {f"k{n}": 3 for n in range(20)}
    assert metrics.best_recall([f"k{n}" for n in range(10)], many) == 1


def test_nothing_to_find_is_left_out():
    assert metrics.ndcg(["a"], {"a": 0}) is None
    assert metrics.mean([None, 0.5, 1.0]) == 0.75


def test_a_group_stands_at_its_first_member_with_its_best_grade():
    groups = {"m": "m", "m-in-leeds": "m", "other": "other"}
    assert metrics.by_group(["m-in-leeds", "other", "m"], groups) == ["m", "other"]
    assert metrics.group_grades({"m": 2, "m-in-leeds": 3, "other": 0}, groups) == {"m": 3, "other": 0}


def test_intervals_are_the_same_each_time_and_hold_the_mean():
    values = [0.0, 0.2, 0.4, 1.0, None]
    low, high = metrics.interval(values)
    assert (low, high) == metrics.interval(values)
    assert low < metrics.mean(values) < high
    assert metrics.interval([0.5, 0.5]) == (0.5, 0.5)


def test_differences_are_paired():
    assert metrics.differences([1.0, None, 0.5], [0.5, 1.0, 0.5]) == [0.5, 0.0]
