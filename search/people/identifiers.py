"""Addresses and numbers that point at one person: nobody is looked up by them."""

from __future__ import annotations

import re

NOBODY = "Nobody is found by an e-mail address, a telephone number or a registration number. Ask for what somebody can do."
_ADDRESS = re.compile(r"@|\b(?:https?|mailto|tel):|\bwww\.|\w\.(?:gov|nhs|ac|org|co)\.uk\b", re.IGNORECASE)
#: Digits with the marks between that people write in telephone and registration numbers.
_NUMBER = re.compile(r"\+?\d(?:[ ()./-]{0,2}\d){4,}")
#: SW123456 (Social Work England), PYL12345 (HCPC), 12A3456E (nurses).
_CODE = re.compile(r"\b(?:[A-Za-z]{1,4}[ -]?\d{4,}|\d{2}[A-Za-z]\d{4}[A-Za-z])\b")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ /-]+(?:(?:19|20)\d\d|\d\d))?")


def identifies(text: str) -> bool:
    """Whether the text holds what belongs to one person; years do not."""
    if _ADDRESS.search(text):
        return True
    numbers = (found.group().strip() for found in _NUMBER.finditer(text))
    return any(not _YEARS.fullmatch(number) for number in numbers) or bool(_CODE.search(text))
