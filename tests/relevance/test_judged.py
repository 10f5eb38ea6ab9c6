"""The judged files are what the README says."""

from collections import Counter

import pytest

from tests.relevance.judged import HALVES, groups, questions

BOTH = {half: questions(half) for half in HALVES}
ALL = [question for half in BOTH.values() for question in half]


def test_at_least_sixty_questions_in_disjoint_and_equal_halves():
    assert len(ALL) >= 60
    assert len({question.id for question in ALL}) == len(ALL)
    assert len({question.words.lower() for question in ALL}) == len(ALL)
    assert abs(len(BOTH["tune"]) - len(BOTH["held"])) <= 1


@pytest.mark.parametrize("trait", ["persona", "kind"])
def test_halves_are_alike(trait):
    tune, held = (Counter(getattr(question, trait) for question in BOTH[half]) for half in HALVES)
    assert all(abs(tune[value] - held[value]) <= 2 for value in tune | held)


def test_every_grade_is_of_an_entry_that_exists():
    known = groups().keys()
    wrong = {key for question in ALL for key in question.grades if key not in known}
    assert not wrong
    assert {grade for question in ALL for grade in question.grades.values()} == {0, 1, 2, 3}


def test_every_question_was_pooled_and_says_what_is_needed():
    assert all(len(question.grades) >= 10 and question.need for question in ALL)
    without = [question.kind for question in ALL if 3 not in question.grades.values()]
    assert set(without) <= {"nothing", "property"}
