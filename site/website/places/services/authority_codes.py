"""Authorities by any ONS code that they have or had, for files that give little more."""

from __future__ import annotations

from website.places.choices import AliasKind
from website.places.models import Alias, Organisation


class AuthorityCodes:
    """Asked once an import. A former authority keeps its own figures: nothing is moved to its successors."""

    def __init__(self) -> None:
        authorities = {each.pk: each for each in Organisation.objects.authorities()}
        self._by_code = {
            alias.alias: authorities[alias.organisation_id]
            for alias in Alias.objects.filter(kind=AliasKind.FORMER_CODE, organisation__in=authorities)
        }
        self._by_code |= {each.ons_code: each for each in authorities.values()}

    def find(self, code: str, dfe_number: str = "") -> Organisation | str:
        """The authority, or why there is none."""
        authority = self._by_code.get(code)
        if authority is None:
            return f"{code or 'A blank code'} is not the code of an authority that is held."
        if dfe_number and authority.dfe_number != dfe_number:
            return f"{code} is {authority}, DfE number {authority.dfe_number}; the row gives {dfe_number}."
        return authority
