"""What looks like case details, and what does not."""

from __future__ import annotations

import pytest

from network.case_details import mark_of, notice


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("NHS number 943 476 5919 is", "an NHS number"),
        ("she was born on 3 May 2014", "a date of birth"),
        ("DOB: 03/05/2014", "a date of birth"),
        ("Jamie Smith (12.03.2015) moved", "a name with a date"),
        ("they live at SK9 1AB now", "a postcode"),
        ("the family at 14 Acacia Road", "a street address"),
        ("ring 0161 496 0000", "a telephone number"),
        ("ring +44 7700 900123", "a telephone number"),
        ("write to sam@home.example", "an e-mail address"),
        ("a boy aged 7 who goes to Hill Primary", "a child's age and school"),
        ("child Jamie is afraid", "a name with an age"),
        ("Jamie, aged 9, said", "a name with an age"),
    ],
)
def test_what_points_at_one_child_is_noticed(text: str, what: str):
    assert what in [each.what for each in notice(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We ran the pilot in Wigan from May 2019 with 12 families.",
        "Children aged 5 to 11 were offered it; 40 of 90 started.",
        "Who has led family group conferences before proceedings?",
        "See section 47 and Working Together 2023, page 12.",
        "Our budget was 1234567890 pounds",
        "A call on Tuesday at 10:30 would suit.",
        "The child protection plan and the Children Act 1989.",
        "",
    ],
)
def test_ordinary_work_is_not(text: str):
    assert notice(text) == []


def test_a_mark_is_of_exactly_what_was_noticed():
    one, two = notice("SK9 1AB"), notice("SK9 1AB and SK9 2AB")
    assert mark_of(one) != mark_of(two)
    assert mark_of(one) == mark_of(notice("It is SK9 1AB."))
