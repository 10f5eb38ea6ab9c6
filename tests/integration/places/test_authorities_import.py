"""What the official files of authorities bring in, and what they are not allowed to mix up."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from website.places.models import Alias, Organisation
from website.places.services.authorities import import_authorities, load_places

pytestmark = pytest.mark.django_db


def test_all_153_authorities_with_their_facts(places):
    today = Organisation.objects.authorities().current()
    assert today.count() == 153
    assert not today.filter(ons_code="") | today.filter(dfe_number="") | today.filter(region="")
    assert not today.filter(hex_q=None)
    assert today.values("region").distinct().count() == 9
    wigan = today.get(slug="wigan")
    assert (wigan.ons_code, wigan.dfe_number, wigan.kind, wigan.region, wigan.start, wigan.website) == (
        "E08000010", "359", "metropolitan-district", "north-west", datetime.date(1974, 4, 1), "wigan.gov.uk",
    )  # fmt: skip
    assert wigan.legal_name == "Wigan Metropolitan Borough Council"
    assert set(wigan.aliases.values_list("alias", flat=True)) == {"wigan council", "wigan district"}


def test_former_authorities_point_to_their_successors(places):
    former = Organisation.objects.former()
    successors = {each.slug: set(each.successors.values_list("slug", flat=True)) for each in former}
    assert successors == {
        "bournemouth": {"bournemouth-christchurch-and-poole"},
        "poole": {"bournemouth-christchurch-and-poole"},
        "buckinghamshire-county": {"buckinghamshire"},
        "cumbria": {"cumberland", "westmorland-and-furness"},
        "dorset-county": {"dorset"},
        "northamptonshire": {"north-northamptonshire", "west-northamptonshire"},
        "north-yorkshire-county-council": {"north-yorkshire"},
        "somerset-county-council": {"somerset"},
    }
    assert all(each.region and each.end for each in former)


def test_loading_twice_changes_nothing_and_gives_the_same_ids(places):
    uids = dict(Organisation.objects.values_list("slug", "uid"))
    again = load_places()
    assert (again.created, again.updated, again.unchanged) == ([], [], 161 + 153)
    assert dict(Organisation.objects.values_list("slug", "uid")) == uids
    Organisation.objects.all().delete()
    load_places()
    assert dict(Organisation.objects.values_list("slug", "uid")) == uids


def test_loading_costs_few_queries(db, django_assert_max_num_queries):
    """Forty for 161 authorities, and three for each of the two notes that each of the two indices gets of them."""
    with django_assert_max_num_queries(52):
        load_places()


def test_a_dry_run_writes_nothing():
    out = io.StringIO()
    call_command("import_authorities", stdout=out)
    assert "161 would be created, 0 would be updated, 0 unchanged, 0 refused." in out.getvalue()
    assert "Dry run: nothing was written." in out.getvalue()
    assert not Organisation.objects.exists()
    call_command("import_authorities", "--commit", stdout=out)
    assert Organisation.objects.count() == 161


def test_a_refused_row_keeps_everything_out_and_is_named_by_file_and_line(files, spoil):
    line = spoil("authorities.csv", "E08000010", "dfe_number", "35")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_authorities", files, "--commit", stdout=out)
    assert f'refused: authorities.csv:{line}: "35" is not a DfE number: three figures.' in out.getvalue()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("gss_code", "X08000010", '"X08000010" is not the ONS code of an upper-tier authority.'),
        ("gss_code", "E06000099", "E06000099 cannot be a metropolitan district: those codes start with E08."),
        ("kind", "duchy", '"duchy" is not a kind of authority.'),
        ("region", "The North", '"The North" is not one of the nine regions.'),
        ("name", "", "name is blank."),
        ("active_from", "1 April 1974", '"1 April 1974" is not a date such as 2019-04-01.'),
        ("lat", "-53.5", "latitude -53.5 lies outside England."),
        ("long", "west", 'longitude "west" is not a number.'),
        ("gss_code", "E08000009", "E08000009 is already that of Trafford in authorities.csv:73."),
        ("dfe_number", "358", "DfE number 358 is already that of Trafford in authorities.csv:73."),
    ],
)
def test_a_cell_that_cannot_be_is_refused(files, spoil, reasons, column, value, reason):
    line = spoil("authorities.csv", "E08000010", column, value)
    assert ("authorities.csv", line, reason) in reasons(import_authorities(paths=[files], commit=False))


def test_a_wrong_dfe_number_of_a_held_authority_is_refused(places, files, spoil, reasons):
    line = spoil("authorities.csv", "E08000010", "dfe_number", "399")
    assert reasons(import_authorities(paths=[files], commit=True)) == [
        ("authorities.csv", line, "E08000010 is Wigan, DfE number 359; the row gives 399."),
    ]
    assert Organisation.objects.get(slug="wigan").dfe_number == "359"


def test_look_alikes_cannot_trade_codes(places, files, spoil, reasons):
    """A file that swaps the codes of Cheshire East and Cheshire West and Chester is caught at both rows."""
    east = spoil("authorities.csv", "895", "gss_code", "E06000050")
    west = spoil("authorities.csv", "896", "gss_code", "E06000049")
    found = reasons(import_authorities(paths=[files], commit=True))
    assert (
        "authorities.csv", east, "E06000050 is Cheshire West and Chester, DfE number 896; the row gives 895."
    ) in found  # fmt: skip
    assert (
        "authorities.csv",
        west,
        "E06000049 is Cheshire East, DfE number 895; the row gives 896.",
    ) in found
    held = dict(
        Organisation.objects.filter(dfe_number__in=["895", "896"]).values_list("dfe_number", "ons_code")
    )
    assert held == {"895": "E06000049", "896": "E06000050"}


def test_a_missing_column_is_named(files, reasons):
    path = files / "authorities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("dfe_number", "lea_number", 1), encoding="utf-8")
    report = import_authorities(paths=[path], commit=True)
    [(file, line, reason)] = reasons(report)
    assert (file, line) == ("authorities.csv", 1)
    assert reason.startswith("Column missing: dfe_number. Found: gss_code, lea_number")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("gss_code,alias,source\n".encode("utf-16"), 1, "The file is in UTF-16; save it as CSV UTF-8."),
        (b"gss_code,alias,source\nE08000010,Wig\xe4n,x\n", 2, "Byte 0xe4 is not UTF-8"),
        (b"", 1, "The file is empty."),
        (b"gss_code,alias,source\nE08000010,Wigan\n", 2, "2 cells where the header has 3."),
        (b"gss_code,alias,alias,source\n", 1, "Column given twice: alias."),
        (b'gss_code,alias,source\nE08000010,"Wig"an,x\n', 2, "Not a well-formed CSV line"),
        (b"gss_code,alias,source\nE06000999,Nowhere,x\n", 2, "E06000999 is not the code of an authority"),
        (
            b"gss_code,alias,source\nE08000010,Bolton,x\n",
            2,
            '"Bolton" is already a name of Bolton (E08000001).',
        ),
        (
            b"gss_code,alias,source\nE08000010,Cumbria,x\n",
            2,
            '"Cumbria" is already a name of Cumbria (E10000006).',
        ),
        (b"gss_code,alias,source\nE08000010,...,x\n", 2, '"..." has no letter or figure.'),
        (b"colour,shape\nred,round\n", 1, "Column missing: gss_code, alias, source. Found: colour, shape."),
    ],
)
def test_what_cannot_be_read_is_named(places, tmp_path, reasons, content, line, reason):
    path = tmp_path / "authority_aliases.csv"
    path.write_bytes(content)
    [(file, at, why)] = reasons(import_authorities(paths=[path], commit=True))
    assert (file, at) == ("authority_aliases.csv", line)
    assert why.startswith(reason)


def test_a_byte_order_mark_is_skipped_and_mentioned(places, tmp_path):
    path = tmp_path / "new names.csv"
    path.write_bytes("gss_code,alias,source\nE08000010,Wigan and Leigh,a letter\n".encode("utf-8-sig"))
    report = import_authorities(paths=[path], commit=True)
    assert report.notes == ["new names.csv: starts with a byte order mark, which was skipped."]
    assert report.updated == ["Wigan (E08000010): also known as Wigan and Leigh"]
    assert Alias.objects.get(alias="Wigan and Leigh").organisation.slug == "wigan"


def test_a_file_or_folder_that_is_none_is_named(db, tmp_path, reasons):
    [(_, _, missing)] = reasons(import_authorities(paths=[tmp_path / "gone.csv"], commit=True))
    assert missing == "The file cannot be opened: No such file or directory."
    [(_, _, empty)] = reasons(import_authorities(paths=[tmp_path], commit=True))
    assert empty.startswith("No file of authorities in this folder.")
    (tmp_path / "other.csv").write_text("colour,shape\nred,round\n", encoding="utf-8")
    [(_, _, unknown)] = reasons(import_authorities(paths=[tmp_path / "other.csv"], commit=True))
    assert unknown == "Not a layout of authorities that is known. Columns: colour, shape."


def test_barnsley_and_sheffield_stay_findable_by_the_code_before_2025(places):
    for old, new, slug in (("E08000016", "E08000038", "barnsley"), ("E08000019", "E08000039", "sheffield")):
        assert [each.slug for each in Organisation.objects.by_code(old)] == [slug]
        assert [each.slug for each in Organisation.objects.by_code(new)] == [slug]
    assert [each.slug for each in Organisation.objects.by_code("E10000006")] == ["cumbria"]


def test_a_boundary_change_moves_the_code_and_keeps_the_place(places, files, spoil):
    """Next year's file gives Wigan a new code and names the earlier one: joined on the DfE number."""
    before = Organisation.objects.get(slug="wigan")
    spoil("authorities.csv", "359", "former_gss_codes", "E08000010")
    spoil("authorities.csv", "359", "gss_code", "E08000040")
    spoil("authority_hexes.csv", "E08000010", "gss_code", "E08000040")
    report = import_authorities(paths=[files], commit=True)
    assert report.refusals == []
    wigan = Organisation.objects.get(pk=before.pk)
    assert (wigan.slug, wigan.ons_code, wigan.uid) == ("wigan", "E08000040", before.uid)
    assert Organisation.objects.by_code("E08000010").get() == wigan
    assert import_authorities(paths=[files], commit=False).unchanged == 161


def test_an_older_file_cannot_take_a_code_back(places, files, spoil, reasons):
    line = spoil("authorities.csv", "E08000038", "gss_code", "E08000016")
    assert ("authorities.csv", line, "E08000016 is an earlier code of Barnsley, now E08000038.") in reasons(
        import_authorities(paths=[files], commit=True)
    )


def test_a_new_code_without_the_earlier_one_is_refused(places, files, spoil, reasons):
    spoil("authorities.csv", "359", "gss_code_in_dfe_2025", "")
    line = spoil("authorities.csv", "359", "gss_code", "E08000040")
    found = reasons(import_authorities(paths=[files / "authorities.csv"], commit=True))
    assert found == [
        (
            "authorities.csv", line,
            "DfE number 359 is Wigan (E08000010); the row gives E08000040 and does not name E08000010 as an "
            "earlier code.",
        )
    ]  # fmt: skip


def test_a_reorganisation_ends_one_authority_and_starts_another_with_its_number(
    places, files, spoil, add_row
):
    """Oxfordshire (931) becomes a unitary authority that keeps the DfE number."""
    spoil("authorities.csv", "931", "successor_of", "Oxfordshire (E10000025, DfE 931, to 2028-03-31)")
    spoil("authorities.csv", "931", "former_gss_codes", "E10000025")
    spoil("authorities.csv", "931", "official_name", "Oxfordshire Council")
    spoil("authorities.csv", "931", "kind", "unitary")
    spoil("authorities.csv", "931", "gss_code", "E06000067")
    alone = import_authorities(paths=[files / "authorities.csv"], commit=True)
    assert "Oxfordshire (E10000025) has not ended" in str(alone.refusals[0])
    for file in ("authority_aliases.csv", "authority_names_in_use.csv", "authority_hexes.csv"):
        (files / file).unlink()
    add_row(
        "authorities_former.csv", "E10000025", "931", "Oxfordshire", "Oxfordshire County Council", "County",
        "", "2028-03-31", "E06000067",
    )  # fmt: skip
    report = import_authorities(paths=[files], commit=True)
    assert report.refusals == []
    old = Organisation.objects.get(ons_code="E10000025")
    new = Organisation.objects.get(ons_code="E06000067")
    assert (old.slug, old.end, list(old.successors.all())) == (
        "oxfordshire",
        datetime.date(2028, 3, 31),
        [new],
    )
    assert (new.slug, new.dfe_number, new.end) == ("oxfordshire-council", "931", None)


def test_a_hex_cell_goes_to_one_authority_of_the_right_name(places, files, spoil, reasons):
    twice = spoil("authority_hexes.csv", "E06000002", "q", "12")
    spoil("authority_hexes.csv", "E06000002", "r", "14")
    wrong = spoil("authority_hexes.csv", "E06000007", "name", "Warwickshire")
    found = reasons(import_authorities(paths=[files / "authority_hexes.csv"], commit=True))
    assert found == [
        ("authority_hexes.csv", twice, "Cell 12, 14 is already that of Hartlepool."),
        ("authority_hexes.csv", wrong, 'E06000007 is Warrington; the row names "Warwickshire".'),
    ]


def test_two_authorities_may_trade_cells(places, files, spoil):
    first, second = (
        Organisation.objects.get(ons_code="E06000001"),
        Organisation.objects.get(ons_code="E06000002"),
    )
    for code, other in (("E06000001", second), ("E06000002", first)):
        spoil("authority_hexes.csv", code, "q", str(other.hex_q))
        spoil("authority_hexes.csv", code, "r", str(other.hex_r))
    report = import_authorities(paths=[files / "authority_hexes.csv"], commit=True)
    assert (report.refusals, len(report.updated)) == ([], 2)
    traded = Organisation.objects.get(ons_code="E06000001")
    assert (traded.hex_q, traded.hex_r) == (second.hex_q, second.hex_r)


def test_what_an_editor_added_survives_an_import(places):
    wigan = Organisation.objects.get(slug="wigan")
    Alias.objects.create(organisation=wigan, alias="The Deal for Wigan", source="an editor")
    load_places()
    assert wigan.aliases.filter(alias="The Deal for Wigan").exists()


def test_names_of_predecessors_stay_with_them(places):
    by_name = Organisation.objects.by_name()
    assert by_name["cumbria"].slug == "cumbria"
    assert by_name["bournemouth"].slug == "bournemouth"
    assert by_name["somerset"].slug == "somerset"
    assert by_name["st helens"].ons_code == "E08000013"
    assert "e08000016" not in Organisation.objects.authorities().former().by_name()
