"""Which name belongs to which authority: no name may point to two of today's authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from website.places.choices import AliasKind
from website.places.importers.facts import AliasFact
from website.places.spelling import normalise

if TYPE_CHECKING:
    from website.places.importers.authority_plan import AuthorityPlan, Target


class NameOwners:
    """Names by the code of their owner, today's authorities and former ones apart (Somerset was, and is)."""

    def __init__(self, plan: AuthorityPlan) -> None:
        self._plan = plan
        self._today: dict[str, str] = {}
        self._former: dict[str, str] = {}
        self._all: dict[str, set[str]] = {}
        self._own: dict[str, set[str]] = {}
        for code, target in plan.targets.items():
            organisation = target.organisation
            own = {organisation.name, organisation.short_name, organisation.official_name} - {""}
            self._own[code] = {normalise(name) for name in own}
            self._all[code] = set(self._own[code])
            owners = self._former if organisation.end else self._today
            for name in self._own[code]:
                self._claim_own(owners, name, code)
        code_of_pk = {each.organisation.pk: code for code, each in plan.targets.items() if not each.is_new}
        for alias in plan.held.aliases:
            code = code_of_pk[alias.organisation_id]
            self._all[code].add(alias.normalised)
            if alias.kind == AliasKind.NAME and not plan.targets[code].organisation.end:
                self._today.setdefault(alias.normalised, code)

    def is_name_of(self, name: str, target: Target) -> bool:
        return normalise(name) in self._all[target.organisation.ons_code]

    def take_aliases(self) -> None:
        for fact in self._plan.files.aliases:
            self._take(fact)

    def _claim_own(self, owners: dict[str, str], name: str, code: str) -> None:
        other = owners.setdefault(name, code)
        if other != code:
            row = next((each.row for each in self._plan.files.current if each.ons_code == code), None)
            if row:
                holder = self._plan.targets[other].organisation
                self._plan.refuse(row, f'"{name}" is already a name of {holder} ({other}).')

    def _take(self, fact: AliasFact) -> None:
        plan, name = self._plan, normalise(fact.alias)
        target = plan.find(fact.ons_code)
        if target is None:
            plan.refuse(fact.row, f"{fact.ons_code} is not the code of an authority that is held.")
            return
        if not name:
            plan.refuse(fact.row, f'"{fact.alias}" has no letter or figure.')
            return
        code = target.organisation.ons_code
        if name in self._all[code]:
            return
        former = self._plan.targets.get(self._former.get(name, ""))
        other = plan.targets.get(self._today.get(name, ""))
        if former and target in former.successors:
            plan.notes.append(
                f'"{fact.alias}" stays the name of the former authority that {target.organisation} followed.'
            )
        elif other or former:
            holder = (other or former).organisation  # type: ignore[union-attr]
            plan.refuse(fact.row, f'"{fact.alias}" is already a name of {holder} ({holder.ons_code}).')
        else:
            self._all[code].add(name)
            self._today[name] = code
            target.add_alias(fact.alias, fact.source or fact.row.file)
