"""Compare what the files say with what is held, and refuse what would mix up two authorities."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from website.places.choices import AliasKind
from website.places.importers.authority_names import NameOwners
from website.places.importers.facts import AuthorityFacts, AuthorityFiles
from website.places.importers.rows import Row
from website.places.models import Alias, Organisation
from website.places.spelling import normalise

UID_OF_SLUG = uuid.uuid5(uuid.NAMESPACE_DNS, "organisations.practice-commons")


def uid_of(slug: str) -> uuid.UUID:
    """The public id that follows from a slug, the same on every machine."""
    return uuid.uuid5(UID_OF_SLUG, slug)


@dataclass
class Held:
    """The authorities in the database, their other names and who followed whom."""

    authorities: list[Organisation]
    aliases: list[Alias]
    slugs: set[str]
    successions: set[tuple[int, int]]

    @classmethod
    def read(cls) -> Held:
        authorities = list(Organisation.objects.authorities())
        return cls(
            authorities=authorities,
            aliases=list(Alias.objects.filter(organisation__in=authorities)),
            slugs=set(Organisation.objects.values_list("slug", flat=True)),
            successions=set(
                Organisation.successors.through.objects.values_list("from_organisation", "to_organisation")
            ),
        )


@dataclass
class Target:
    """One authority as it will be, and which of its columns change."""

    organisation: Organisation
    changes: dict[str, str] = field(default_factory=dict)
    new_aliases: list[Alias] = field(default_factory=list)
    successors: list[Target] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.organisation.pk is None

    def take(self, values: dict[str, Any]) -> None:
        """Set what the file gives; a blank cell is "not reported" and erases nothing."""
        for column, value in values.items():
            before = getattr(self.organisation, column)
            if value in (None, "") or value == before:
                continue
            setattr(self.organisation, column, value)
            if not self.is_new:
                self.changes[column] = f"{column} {before or 'blank'} -> {value}"

    def add_alias(self, alias: str, source: str, kind: AliasKind = AliasKind.NAME) -> None:
        self.new_aliases.append(
            Alias(
                organisation=self.organisation,
                alias=alias,
                normalised=normalise(alias),
                kind=kind,
                source=source,
            )
        )


class AuthorityPlan:
    """Build the targets from the files, one kind of fact after the other; `refuse` collects the rest."""

    def __init__(self, files: AuthorityFiles, held: Held) -> None:
        self.files = files
        self.held = held
        self.refusals = list(files.refusals)
        self.notes = list(files.notes)
        self.targets: dict[str, Target] = {each.ons_code: Target(each) for each in held.authorities}
        self.code_now: dict[str, str] = {}
        code_of_pk = {each.pk: each.ons_code for each in held.authorities}
        for alias in held.aliases:
            if alias.kind == AliasKind.FORMER_CODE:
                self.code_now[alias.alias] = code_of_pk[alias.organisation_id]
        self._slugs = set(held.slugs)
        self._refuse_rows_given_twice()
        self._end_former_authorities()
        self._take_current()
        self._take_former()
        self.names = NameOwners(self)
        self.names.take_aliases()
        self._take_hexes()

    def refuse(self, row: Row, reason: str) -> None:
        self.refusals.append(row.refused(reason))

    def find(self, code: str) -> Target | None:
        """Whoever has this code now or had it before."""
        return self.targets.get(code) or self.targets.get(self.code_now.get(code, ""))

    def _refuse_rows_given_twice(self) -> None:
        seen: dict[str, AuthorityFacts] = {}
        for facts in [*self.files.current, *self.files.former]:
            keys = [facts.ons_code] if facts.end else [facts.ons_code, f"DfE number {facts.dfe_number}"]
            again = next((key for key in keys if key in seen), None)
            if again:
                first = seen[again]
                where = f"{first.row.file}:{first.row.line}"
                self.refuse(facts.row, f"{again} is already that of {first.short_name} in {where}.")
            for key in keys:
                seen.setdefault(key, facts)

    def _end_former_authorities(self) -> None:
        """Ends come first: they free the DfE number that a successor may take over."""
        for facts in self.files.former:
            held = self.targets.get(facts.ons_code)
            if held:
                held.take(facts.values())

    def _take_current(self) -> None:
        by_number = {
            target.organisation.dfe_number: target
            for target in self.targets.values()
            if target.organisation.end is None
        }
        for facts in self.files.current:
            target = by_number.get(facts.dfe_number)
            reason = self._mismatch(facts, target)
            if reason:
                self.refuse(facts.row, reason)
                continue
            if target is None:
                target = self._new(facts)
            elif target.organisation.ons_code != facts.ons_code:
                self.targets.pop(target.organisation.ons_code)
            target.take(facts.values())
            by_number[facts.dfe_number] = self.targets[facts.ons_code] = target
            for code in facts.former_codes:
                if code not in self.code_now:
                    target.add_alias(code, facts.row.file, AliasKind.FORMER_CODE)
                self.code_now[code] = facts.ons_code

    def _mismatch(self, facts: AuthorityFacts, by_number: Target | None) -> str:
        """Why a row cannot be the authority that its DfE number or its code points to."""
        by_code = self.targets.get(facts.ons_code)
        if facts.ons_code in self.code_now:
            now = self.code_now[facts.ons_code]
            return f"{facts.ons_code} is an earlier code of {self.targets[now].organisation}, now {now}."
        if by_code and by_code is not by_number:
            holder = by_code.organisation
            if holder.end:
                return f"{facts.ons_code} is the code of the former authority {holder}."
            return f"{facts.ons_code} is {holder}, DfE number {holder.dfe_number}; the row gives {facts.dfe_number}."
        if by_number and by_number is not by_code:
            holder = by_number.organisation
            if holder.ons_code in facts.predecessor_codes:
                return f"{holder} ({holder.ons_code}) has not ended: give its row in authorities_former.csv as well."
            if holder.ons_code not in facts.former_codes:
                return (
                    f"DfE number {facts.dfe_number} is {holder} ({holder.ons_code}); the row gives "
                    f"{facts.ons_code} and does not name {holder.ons_code} as an earlier code."
                )
        return ""

    def _take_former(self) -> None:
        for facts in self.files.former:
            successors = [self.targets.get(code) for code in facts.successor_codes]
            missing = [
                code for code, target in zip(facts.successor_codes, successors, strict=True) if target is None
            ]
            if missing:
                self.refuse(facts.row, f"It was replaced by {', '.join(missing)}, which is not held.")
                continue
            target = self.targets.get(facts.ons_code)
            if target is None:
                target = self.targets[facts.ons_code] = self._new(facts)
                target.take(facts.values())
            target.successors = [successor for successor in successors if successor]
            if not target.organisation.region:
                target.take({"region": target.successors[0].organisation.region})

    def _new(self, facts: AuthorityFacts) -> Target:
        plain = re.sub(r", (City|County) of$", "", facts.name)  # "Bristol, City of" is Bristol in addresses
        candidates = [slugify(name) for name in (plain, facts.short_name, facts.official_name)]
        slug = next((each for each in candidates if each and each not in self._slugs), "")
        if not slug:
            self.refuse(facts.row, f"The address {candidates[0]} is taken by another organisation.")
        self._slugs.add(slug)
        return Target(Organisation(slug=slug, uid=uid_of(slug)))

    def _take_hexes(self) -> None:
        cell_of: dict[tuple[int, int], str] = {}
        seen: set[str] = set()
        for fact in self.files.hexes:
            target = self.find(fact.ons_code)
            if target is None:
                self.refuse(fact.row, f"{fact.ons_code} is not the code of an authority that is held.")
                continue
            organisation = target.organisation
            if not self.names.is_name_of(fact.name, target):
                self.refuse(fact.row, f'{fact.ons_code} is {organisation}; the row names "{fact.name}".')
            elif organisation.ons_code in seen:
                self.refuse(fact.row, f"{organisation} already has a cell in this file.")
            elif (fact.q, fact.r) in cell_of:
                self.refuse(
                    fact.row, f"Cell {fact.q}, {fact.r} is already that of {cell_of[fact.q, fact.r]}."
                )
            else:
                target.take({"hex_q": fact.q, "hex_r": fact.r})
            seen.add(organisation.ons_code)
            cell_of.setdefault((fact.q, fact.r), str(organisation))
