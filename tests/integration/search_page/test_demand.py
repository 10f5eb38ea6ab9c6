"""What nobody could find is counted by week; who looked for it, and anybody they looked for, is never written down."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import OperationalError

from search import demand
from search.demand import record_demand
from search.demand_guard import sayable
from search.models import Demand
from search.vocabulary import current_vocabulary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ABOUT_PEOPLE = [
    # names, as people type them
    "Jade Smith", "jade smith", "JADE SMITH", "Will Green", "will green", "WILL GREEN", "mark stone", "grace", "Grace Hall",
    "Mohammed", "muhammad", "Aisha", "aisha khan", "Zuzanna", "kowalczyk", "Kowalczyk family", "o'brien", "O’Neill", "Young King",
    "Mary-Jane", "oluwaseun", "priya patel", "Kent Smith", "lee", "Jordan", "henry", "Liam", "Siân", "Łukasz", "阿里",
    # names among other words
    "Support for Jade", "support for Kowalczyk", "family of Amelia", "care leaver called Liam", "Ellie and Tom", "Brown family",
    "the brown family", "Charlie's placement", "edge of care for Alfie in Wigan", "mothers like jade", "Hope Green court",
    "baby P", "Baby Peter", "child AB", "Victoria Climbie", "daniel pelka", "Star Hobson", "Arthur Labinjo-Hughes",
    # titles and first person
    "Mrs Green", "mr patel", "Dr Khan", "my son hit me", "i am in care", "our daughter is missing",
    # numbers, addresses
    "j.smith@example.org", "jade at example dot org 07700900123", "07700 900123", "0121 496 0000", "+44 20 7946 0958",
    "943 476 5919", "9434765919", "AB123456C", "12/03/2011", "12.03.2011", "12-03-11", "12 March 2011", "2011-03-12", "born 2011",
    "march 12", "WN1 1AB", "wn1 1ab", "SW1A 2AA", "14 Acacia Avenue", "flat 3 station road", "case 20231145", "#12345", "ABC123",
    "https://example.org/jade", "@jadesmith", "12 10 04",
    # too much to be a question about practice
    "mothers " * 9, "mothers who " + "very " * 20,
]  # fmt: skip
ABOUT_PRACTICE = [
    "vaping", "knife crime", "teenage vaping", "Toothbrushing clubs", "deepfake images", "under 5s swimming",
    "11 to 16 boxing clubs", "covid 2020", "horse therapy for young carers", "EDGE OF CARE", "Harbour Pods in Wigan",
    "black families", "fathers & football", "Kensington and Chelsea yoga", "will it last", "may half term",
]  # fmt: skip


def test_what_may_be_about_a_person_is_never_kept(ask):
    assert [text for text in ABOUT_PEOPLE if sayable(text, current_vocabulary()) is not None] == []
    assert [text for text in ABOUT_PEOPLE if record_demand(text, "", vocabulary=current_vocabulary())] == []
    for text in ABOUT_PEOPLE:
        ask(q=text, cohort="no-such-term")
    assert not Demand.objects.exists()


def test_what_is_about_practice_is_kept():
    assert [text for text in ABOUT_PRACTICE if sayable(text, current_vocabulary()) is None] == []


def test_an_empty_search_is_counted_by_week_with_its_filters(ask):
    with time_machine.travel("2026-11-24"):
        ask(q="Teenage  vaping", cohort="mothers", sort="newest")
        ask(q="teenage vaping", cohort="mothers")
    with time_machine.travel("2026-12-01"):
        ask(q="teenage vaping")
    kept = list(Demand.objects.order_by("week").values_list("week", "query", "filters", "times"))
    assert kept == [
        (dt.date(2026, 11, 23), "teenage vaping", "cohort=mothers", 2),
        (dt.date(2026, 11, 30), "teenage vaping", "", 1),
    ]


def test_demand_has_no_room_for_a_person():
    assert {field.name for field in Demand._meta.get_fields()} == {"id", "week", "query", "filters", "times"}


@pytest.mark.parametrize(
    "params",
    [
        {"q": "pods"},
        {"cohort": "no-such-term"},
        {"q": "vaping", "page": 2},
        {"q": "vaping", "sort": "random"},
    ],
)
def test_only_an_empty_first_page_with_words_counts(ask, params):
    ask(**params)
    assert not Demand.objects.exists()


def test_a_page_is_shown_even_if_nothing_can_be_written(ask, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Demand.objects, "filter", locked)
    assert ask(q="vaping").status == 200


def test_the_log_cannot_be_filled_from_outside(ask, monkeypatch):
    monkeypatch.setattr(demand, "MOST_A_WEEK", 1)
    ask(q="vaping")
    ask(q="knife crime")
    ask(q="vaping")
    assert list(Demand.objects.values_list("query", "times")) == [("vaping", 2)]
