"""The official layouts of authorities: those of today, former ones, other names and the hex map."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from website.places.choices import OrganisationKind, Region
from website.places.importers.facts import AliasFact, AuthorityFacts, AuthorityFiles, HexFact
from website.places.importers.rows import Refusal, Row, Table, read_table

KINDS = {
    "county": OrganisationKind.COUNTY,
    "unitary": OrganisationKind.UNITARY,
    "unitary authority": OrganisationKind.UNITARY,
    "metropolitan": OrganisationKind.METROPOLITAN_DISTRICT,
    "metropolitan district": OrganisationKind.METROPOLITAN_DISTRICT,
    "london_borough": OrganisationKind.LONDON_BOROUGH,
    "london borough": OrganisationKind.LONDON_BOROUGH,
}
CODE_OF_KIND = {
    OrganisationKind.UNITARY: "E06",
    OrganisationKind.METROPOLITAN_DISTRICT: "E08",
    OrganisationKind.LONDON_BOROUGH: "E09",
    OrganisationKind.COUNTY: "E10",
}
REGIONS = {label.casefold(): value for value, label in Region.choices}
ONS_CODE = re.compile(r"E(06|08|09|10)\d{6}")
DFE_NUMBER = re.compile(r"\d{3}")
ENGLAND = ((49.8, 55.9), (-6.5, 1.9))  # latitude and longitude, with the Isles of Scilly

CURRENT = (
    "gss_code dfe_number name short_name official_name kind region former_gss_codes active_from successor_of"
)
FORMER = "gss-code dfe_number nice-name official-name local-authority-type-name start-date end-date replaced_by_gss"
ALIASES = "gss_code alias source"
HEXES = "gss_code name q r"


class Unreadable(ValueError):
    """A cell that cannot be what its column says."""


def read_authority_files(paths: Iterable[Path]) -> AuthorityFiles:
    """Read the known files of a folder, or the files named, each by its name or else by its columns."""
    files = AuthorityFiles()
    for path in paths:
        if path.is_dir():
            found = [path / name for name in LAYOUTS if (path / name).exists()]
            if not found:
                reason = f"No file of authorities in this folder. Known: {', '.join(LAYOUTS)}."
                files.refusals.append(Refusal(path.name, 0, reason))
        else:
            found = [path]
        for each in found:
            _read_one(each, files)
    return files


def _read_one(path: Path, files: AuthorityFiles) -> None:
    table = read_table(path)
    layout = LAYOUTS.get(path.name) or _layout_by_columns(table)
    if layout is None:
        if table.columns:
            reason = f"Not a layout of authorities that is known. Columns: {', '.join(table.columns)}."
            table.refusals.append(Refusal(table.file, 1, reason))
    else:
        columns, take = layout
        table.require(columns.split())
        for row in table:
            try:
                take(row, files)
            except Unreadable as error:
                table.refusals.append(row.refused(str(error)))
    files.refusals += table.refusals
    files.notes += table.notes


def _layout_by_columns(table: Table) -> Layout | None:
    fitting = [layout for layout in LAYOUTS.values() if set(layout[0].split()) <= set(table.columns)]
    return max(fitting, key=lambda layout: len(layout[0].split()), default=None)


def _take_current(row: Row, files: AuthorityFiles) -> None:
    kind = _kind(row["kind"])
    code = _code(row["gss_code"], kind)
    predecessors = tuple(ONS_CODE_IN_TEXT.findall(row["successor_of"]))
    earlier = {*_codes(row["former_gss_codes"]), row["gss_code_in_dfe_2025"]} - {"", code, *predecessors}
    files.current.append(
        AuthorityFacts(
            row=row,
            ons_code=code,
            dfe_number=_dfe_number(row["dfe_number"]),
            name=_text(row, "name"),
            short_name=row["short_name"] or _text(row, "name"),
            official_name=_squeezed(row["official_name"]),
            kind=kind,
            region=_region(row["region"]),
            start=_day(row["active_from"]),
            website=row["web_domain"],
            latitude=_degrees(row["lat"], ENGLAND[0], "latitude"),
            longitude=_degrees(row["long"], ENGLAND[1], "longitude"),
            former_codes=tuple(sorted(earlier)),
            predecessor_codes=predecessors,
        )
    )


def _take_former(row: Row, files: AuthorityFiles) -> None:
    kind = _kind(row["local-authority-type-name"])
    end = _day(row["end-date"])
    successors = tuple(_codes(row["replaced_by_gss"]))
    if end is None:
        raise Unreadable("A former authority needs the date on which it ended.")
    if not successors:
        raise Unreadable("A former authority needs the code of who replaced it.")
    files.former.append(
        AuthorityFacts(
            row=row,
            ons_code=_code(row["gss-code"]),
            dfe_number=_dfe_number(row["dfe_number"]),
            name=_text(row, "nice-name"),
            short_name=_text(row, "nice-name"),
            official_name=_squeezed(row["official-name"]),
            kind=kind,
            region="",
            start=_day(row["start-date"]),
            end=end,
            successor_codes=successors,
        )
    )


def _take_alias(row: Row, files: AuthorityFiles) -> None:
    files.aliases.append(
        AliasFact(row, _code(row["gss_code"]), _squeezed(_text(row, "alias")), row["source"])
    )


def _take_hex(row: Row, files: AuthorityFiles) -> None:
    q, r = (_whole_number(row, column) for column in ("q", "r"))
    files.hexes.append(HexFact(row, _code(row["gss_code"]), _text(row, "name"), q, r))


Layout = tuple[str, Callable[[Row, AuthorityFiles], None]]
LAYOUTS: dict[str, Layout] = {
    "authorities.csv": (CURRENT, _take_current),
    "authorities_former.csv": (FORMER, _take_former),
    "authority_aliases.csv": (ALIASES, _take_alias),
    "authority_names_in_use.csv": (ALIASES, _take_alias),
    "authority_hexes.csv": (HEXES, _take_hex),
}
ONS_CODE_IN_TEXT = re.compile(r"\b(E\d{8})\b")


def _text(row: Row, column: str) -> str:
    if not row[column]:
        raise Unreadable(f"{column} is blank.")
    return row[column]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _kind(text: str) -> OrganisationKind:
    kind = KINDS.get(text.casefold())
    if kind is None:
        raise Unreadable(f'"{text}" is not a kind of authority.')
    return kind


def _code(text: str, kind: OrganisationKind | None = None) -> str:
    if not ONS_CODE.fullmatch(text):
        raise Unreadable(f'"{text}" is not the ONS code of an upper-tier authority.')
    if kind is not None and not text.startswith(CODE_OF_KIND[kind]):
        raise Unreadable(
            f"{text} cannot be a {kind.label.lower()}: those codes start with {CODE_OF_KIND[kind]}."
        )
    return text


def _codes(text: str) -> list[str]:
    return [_code(code.strip()) for code in text.split("|") if code.strip()]


def _dfe_number(text: str) -> str:
    if not DFE_NUMBER.fullmatch(text):
        raise Unreadable(f'"{text}" is not a DfE number: three figures.')
    return text


def _region(text: str) -> str:
    region = REGIONS.get(text.casefold())
    if region is None:
        raise Unreadable(f'"{text}" is not one of the nine regions.')
    return region


def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(f'"{text}" is not a date such as 2019-04-01.') from error


def _degrees(text: str, limits: tuple[float, float], what: str) -> float | None:
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError as error:
        raise Unreadable(f'{what} "{text}" is not a number.') from error
    if not limits[0] <= degrees <= limits[1]:
        raise Unreadable(f"{what} {text} lies outside England.")
    return degrees


def _whole_number(row: Row, column: str) -> int:
    try:
        return int(row[column])
    except ValueError as error:
        raise Unreadable(f'{column} "{row[column]}" is not a whole number.') from error
