"""Which places a text names."""

import time

import pytest
from website.places import names
from website.places.models import Alias, Organisation
from website.places.names import Name, PlaceNames, find_places

pytestmark = pytest.mark.usefixtures("places")


def named(text):
    return [slug for _, _, slug in find_places(text)]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Cheshire East and Cheshire West and Chester", ["cheshire-east", "cheshire-west-and-chester"]),
        ("cheshire west & chester", ["cheshire-west-and-chester"]),
        ("Cheshire", []),
        ("Warrington, Warwickshire and Warwick", ["warrington", "warwickshire"]),
        ("family group conferences in wigan", ["wigan"]),
        ("WIGAN", ["wigan"]),
        ("Wigan's own approach", ["wigan"]),
        ("Wigan\u2019s own approach", ["wigan"]),
        ("St. Helens, St Helens and st helen's", ["st-helens", "st-helens", "st-helens"]),
        ("stoke on trent / Stoke-on-Trent", ["stoke-on-trent", "stoke-on-trent"]),
        ("Hammersmith & Fulham", ["hammersmith-and-fulham"]),
        ("Kingston upon Hull, City of", ["kingston-upon-hull"]),
        ("Derby, Derbyshire", ["derby", "derbyshire"]),
        ("York, North Yorkshire, New York", ["york", "north-yorkshire"]),
        ("from the North, Somerset leads", ["somerset"]),
        ("Bournemouth, Christchurch and Poole", ["bournemouth-christchurch-and-poole"]),
        ("Bournemouth", ["bournemouth"]),
        ("Cumbria", ["cumbria"]),
        ("Greater Manchester", []),
        ("Greater Manchester and Manchester", ["manchester"]),
        ("Newcastle-under-Lyme or Newcastle", ["newcastle-upon-tyne"]),
        ("University of Kent, Leeds Beckett University", []),
        ("Leeds and Bradford universities", ["leeds", "bradford"]),
        ("Professor Sutton of Sutton", ["sutton"]),
        ("Dr Jane Bolton", []),
        ("Leedsy, Wigans, Kentish", []),
        ("Hertfordshire, Herts", ["hertfordshire", "hertfordshire"]),
        ("", []),
        ("?! ,, && --", []),
    ],
)
def test_a_text_names_these_places(text, slugs):
    assert named(text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("reading with foster carers", []),
        ("Reading with foster carers in Reading", ["reading", "reading"]),
        ("reading borough council", ["reading"]),
        ("reading council", ["reading"]),
        ("bury the past", []),
        ("Bury", ["bury"]),
        ("Bury St Edmunds", []),
        ("READING AND WRITING", []),
        ("Reading Recovery", []),
        ("city of hull", []),
        ("Hull", ["kingston-upon-hull"]),
    ],
)
def test_a_name_that_is_an_ordinary_word_needs_its_capital(text, slugs):
    assert named(text) == slugs


def test_the_positions_are_those_of_the_text():
    text = "In St. Helens, and in Cheshire West & Chester\u2019s hubs"
    assert [text[start:end] for start, end, _ in find_places(text)] == [
        "St. Helens",
        "Cheshire West & Chester",
    ]


def test_every_name_of_today_finds_its_own_authority():
    for authority in Organisation.objects.authorities().current():
        for name in (authority.name, authority.short_name, authority.official_name):
            assert named(name) == [authority.slug], name


def test_every_other_name_finds_its_authority_and_no_other():
    ordinary, _ = names.name_rules()
    lower = {word.casefold() for word in ordinary}
    for alias in Alias.objects.exclude(kind="former-code").select_related("organisation"):
        if alias.alias in lower:
            continue
        assert named(alias.alias) == [alias.organisation.slug], alias.alias


def test_every_ordinary_word_is_a_name():
    ordinary, _ = names.name_rules()
    by_name = Organisation.objects.by_name()
    assert {word for word in ordinary if word.casefold() not in by_name} == set()


def test_a_name_added_in_the_cms_counts_at_once():
    assert named("the Pier Approach") == []
    alias = Alias.objects.create(
        organisation=Organisation.objects.get(slug="wigan"), alias="Pier Approach", source="an editor"
    )
    assert named("the Pier Approach") == ["wigan"]
    alias.delete()
    assert named("the Pier Approach") == []


def test_names_are_read_once(django_assert_num_queries):
    names.forget()
    with django_assert_num_queries(1):
        find_places("Wigan")
    with django_assert_num_queries(0):
        find_places("Leeds")


def test_other_processes_see_a_change_after_a_while(monkeypatch):
    assert named("Pierton") == []
    wigan = Organisation.objects.get(slug="wigan")
    Alias.objects.bulk_create(
        [Alias(organisation=wigan, alias="Pierton", normalised="pierton", source="elsewhere")]
    )
    assert named("Pierton") == []
    later = time.monotonic() + names.STALE_AFTER + 1
    monkeypatch.setattr(names.time, "monotonic", lambda: later)
    assert named("Pierton") == ["wigan"]


def test_no_places_yet_is_not_remembered():
    Organisation.objects.all().delete()
    assert named("Wigan") == []
    Organisation.objects.bulk_create(
        [
            Organisation(
                slug="wigan", name="Wigan", short_name="Wigan", kind="metropolitan-district",
                ons_code="E08000010", dfe_number="359", region="north-west",
            )
        ]
    )  # fmt: skip
    assert named("Wigan") == ["wigan"]


def test_the_longest_name_wins_and_the_lower_rank_keeps_a_shared_name():
    recogniser = PlaceNames(
        [Name("Somerset", "was", 1), Name("Somerset", "is", 0), Name("North Somerset", "north", 0)]
    )
    assert [found.slug for found in recogniser.find("Somerset, North Somerset")] == ["is", "north"]


def test_the_work_grows_with_the_text_and_not_with_its_square(monkeypatch):
    """Counted in looks from one word to the next, over text made of names that almost match."""
    looks = 0
    joined = names._joined

    def counted(*args):
        nonlocal looks
        looks += 1
        return joined(*args)

    monkeypatch.setattr(names, "_joined", counted)
    almost = "City of London Borough of North East Cheshire West and "
    find_places(almost * 100)
    hundred, looks = looks, 0
    find_places(almost * 500)
    assert 0 < looks <= hundred * 5.1
