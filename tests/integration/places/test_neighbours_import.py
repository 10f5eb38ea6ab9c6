"""The official file of statistical neighbours."""

import io

import pytest
from django.core.management import CommandError, call_command
from website.places.importers.neighbours import read_neighbour_file
from website.places.models import Organisation, StatisticalNeighbour
from website.places.services.authorities import import_authorities
from website.places.services.neighbours import import_neighbours

FILE = "statistical_neighbours.csv"
HARTLEPOOL = "E06000001"


@pytest.fixture
def check(files, reasons):
    return lambda: reasons(import_neighbours(file=read_neighbour_file(files), commit=True))


def test_ten_neighbours_each_in_order_of_closeness(places):
    assert StatisticalNeighbour.objects.count() == 1530
    hartlepool = Organisation.objects.get(ons_code=HARTLEPOOL)
    assert [each.slug for each in Organisation.objects.neighbours_of(hartlepool)][:4] == [
        "redcar-and-cleveland", "sunderland", "south-tyneside", "blackpool",
    ]  # fmt: skip
    assert Organisation.objects.neighbours_of(hartlepool).count() == 10


def test_dry_run_then_commit_then_nothing_left_to_do(db):
    import_authorities(commit=True)
    out = io.StringIO()
    call_command("import_neighbours", stdout=out)
    assert "153 would be created, 0 would be updated, 0 unchanged, 0 refused." in out.getvalue()
    assert not StatisticalNeighbour.objects.exists()
    call_command("import_neighbours", "--commit", stdout=out)
    call_command("import_neighbours", "--commit", stdout=out)
    assert out.getvalue().splitlines()[-1] == "0 created, 0 updated, 153 unchanged, 0 refused."


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("rank", "3", "Rank 3 of Hartlepool is already taken by South Tyneside."),
        ("rank", "11", 'rank "11" is not a number from 1 to 10.'),
        ("model", "new", 'model "new" is not a year.'),
        ("closeness", "twin", 'closeness "twin" is not one of: extremely close,'),
        ("gss_code", "E06000999", "E06000999 is not the code of an authority that is held."),
        ("neighbour_gss_code", "", "A blank code is not the code of an authority that is held."),
        ("neighbour_gss_code", "E10000006", "E10000006 is Cumbria, a former authority."),
        ("neighbour_dfe_number", "999", "E06000009 is Blackpool, DfE number 890; the row gives 999."),
        ("neighbour_name", "Blackburn", 'E06000009 is Blackpool; the row names "Blackburn".'),
        ("dfe_number", "806", "E06000001 is Hartlepool, DfE number 805; the row gives 806."),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(places, spoil, check, column, value, reason):
    line = spoil(FILE, HARTLEPOOL, column, value, nth=3)
    [(file, at, why), *_] = check()
    assert (file, at) == (FILE, line)
    assert why.startswith(reason)


def test_nobody_is_a_neighbour_of_itself_or_twice(places, spoil, check):
    for column, value in (("gss_code", HARTLEPOOL), ("dfe_number", "805"), ("name", "Hartlepool")):
        line = spoil(FILE, HARTLEPOOL, f"neighbour_{column}", value, nth=3)
    assert check() == [(FILE, line, "Hartlepool cannot be its own neighbour.")]
    for column, value in (("gss_code", "E08000024"), ("dfe_number", "394"), ("name", "Sunderland")):
        spoil(FILE, HARTLEPOOL, f"neighbour_{column}", value, nth=3)
    assert check() == [(FILE, line, "Sunderland is already neighbour 2 of Hartlepool.")]


def test_nine_neighbours_are_not_ten(places, files, check):
    path = files / FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:5] + lines[6:]), encoding="utf-8")
    assert check() == [(FILE, 2, "Hartlepool has 9 neighbours, not 10.")]


def test_warrington_is_not_warwickshire(places, spoil, check):
    """The right code with the look-alike's name is refused, whichever of the two was meant."""
    line = spoil(FILE, "E06000007", "name", "Warwickshire")
    assert check() == [(FILE, line, 'E06000007 is Warrington; the row names "Warwickshire".')]


def test_the_code_before_2025_finds_barnsley_by_its_dfe_number(places, files):
    path = files / FILE
    text = path.read_text(encoding="utf-8")
    assert "E08000038" in text
    path.write_text(
        text.replace("E08000038", "E08000016").replace("E08000039", "E08000019"), encoding="utf-8"
    )
    report = import_neighbours(file=read_neighbour_file(path), commit=True)
    assert (report.refusals, report.unchanged) == ([], 153)


def test_a_missing_column_is_named(places, files, check):
    path = files / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("closeness", "distance", 1), encoding="utf-8")
    [(file, line, reason)] = check()
    assert (file, line) == (FILE, 1)
    assert reason.startswith("Column missing: closeness.")


def test_a_refused_file_leaves_what_was_there(places, files, spoil):
    spoil(FILE, HARTLEPOOL, "closeness", "close", nth=0)
    spoil(FILE, "E06000002", "rank", "12", nth=0)
    with pytest.raises(CommandError):
        call_command("import_neighbours", files, "--commit", stdout=io.StringIO())
    first = StatisticalNeighbour.objects.get(organisation__ons_code=HARTLEPOOL, rank=1)
    assert first.closeness == "very close"


def test_a_changed_order_replaces_the_ten(places, spoil, files):
    spoil(FILE, HARTLEPOOL, "rank", "20", nth=0)
    spoil(FILE, HARTLEPOOL, "rank", "1", nth=1)
    spoil(FILE, HARTLEPOOL, "rank", "2", nth=0)
    report = import_neighbours(file=read_neighbour_file(files), commit=True)
    assert (report.refusals, report.unchanged, len(report.updated)) == ([], 152, 1)
    hartlepool = Organisation.objects.get(ons_code=HARTLEPOOL)
    assert [each.slug for each in Organisation.objects.neighbours_of(hartlepool)][:2] == [
        "sunderland", "redcar-and-cleveland",
    ]  # fmt: skip


def test_the_newest_model_counts_and_the_older_one_stays(places, files):
    path = files / FILE
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    chosen = [row.replace("2025,", "2026,", 1) for row in rows if row.startswith(f"2025,{HARTLEPOOL}")]
    turned = [
        ",".join([*row.split(",")[:4], str(11 - int(row.split(",")[4])), *row.split(",")[5:]])
        for row in chosen
    ]
    path.write_text("\n".join([header, *turned]) + "\n", encoding="utf-8")
    report = import_neighbours(file=read_neighbour_file(path), commit=True)
    assert report.created == ["ten neighbours of Hartlepool by the model of 2026"]
    assert [note.split(",")[0] for note in report.notes] == [
        "The model of 2026 says nothing about: Barking and Dagenham"
    ]
    hartlepool = Organisation.objects.get(ons_code=HARTLEPOOL)
    assert Organisation.objects.neighbours_of(hartlepool).last().slug == "redcar-and-cleveland"
    assert hartlepool.neighbours.filter(model_year=2025).count() == 10
    assert hartlepool.neighbours.newest_model().count() == 10
    assert Organisation.objects.areas_like("hartlepool").count() == 11
