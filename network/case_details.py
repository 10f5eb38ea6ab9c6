"""Notices what looks like details of a child or a family before it is sent. A hint to the writer, never a filter.

Names alone are not looked for: people write about colleagues and places all day. What is looked for is what makes a
text point at one person: numbers, dates, addresses, an age beside a school.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\s+\d{{4}}"
    rf"|(?:19|20)\d\d-\d\d-\d\d)"
)
AGE = r"(?:aged?\s+\d{1,2}|\d{1,2}[\s-]*(?:year|yr|month)s?[\s-]*old|\d{1,2}\s?(?:yo|y/o))"
CHILD = r"(?:child|boy|girl|baby|son|daughter|brother|sister|twins?|pupil|toddler|teenager)"
SCHOOL = r"(?:school|academy|nursery|primary|college|infants|juniors)"
#: Words with a capital that begin a sentence about many.
MANY = (
    r"(?!(?:Children|Boys|Girls|Babies|Pupils|Families|Parents|Those|Young|Protection|Everybody|All|The)\b)"
)
NAME = MANY + r"[A-Z][a-z]{1,20}(?:\s+[A-Z][a-z'-]{1,25})?"
STREET = r"(?:street|st|road|rd|avenue|ave|close|lane|drive|crescent|terrace|gardens|grove|court|way|place)"

#: What was noticed, in words, and the pattern for it. A pattern that needs capitals says so by its flags.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a date of birth",
        re.compile(rf"\b(?:born(?:\s+on)?|d\.?\s?o\.?\s?b\.?|date of birth)\W{{0,3}}{DATE}", re.I),
    ),
    ("a name with a date", re.compile(rf"\b{NAME}\W{{1,4}}(?i:{DATE})")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.I)),
    ("a street address", re.compile(rf"\b\d{{1,4}}[a-z]?,?\s+(?:[A-Z][a-z'-]+\s+){{1,3}}(?i:{STREET})\b")),
    ("a telephone number", re.compile(r"(?<!\d)(?:\+44\s?\(?0?\)?\s?|\(?0)(?:\d[\s()-]{0,2}){8,10}\d(?!\d)")),
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "a child's age and school",
        re.compile(rf"\b{AGE}[^.!?\n]{{0,60}}\b{SCHOOL}\b|\b{SCHOOL}\b[^.!?\n]{{0,60}}\b{AGE}", re.I),
    ),
    (
        "a name with an age",
        re.compile(rf"\b(?i:{CHILD})\s+(?:called\s+|named\s+)?{NAME}|\b{NAME}[,\s(]{{1,3}}(?i:{AGE})\b"),
    ),
)
TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Noticed:
    """One passage, and what it looks like."""

    what: str
    passage: str


def notice(text: str) -> list[Noticed]:
    """What in a text looks like case details, each passage once, in the order of PATTERNS."""
    found = [
        Noticed("an NHS number", match.group())
        for match in TEN_DIGITS.finditer(text)
        if _is_nhs(match.group())
    ]
    for what, pattern in PATTERNS:
        for match in pattern.finditer(text):
            passage = " ".join(match.group().split())
            if not any(passage in each.passage or each.passage in passage for each in found):
                found.append(Noticed(what, passage))
    return found


def mark_of(noticed: Iterable[Noticed]) -> str:
    """A mark of exactly these passages: a yes to them is no yes to others."""
    said = "\n".join(sorted(each.passage for each in noticed))
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _is_nhs(digits: str) -> bool:
    """Ten digits whose last checks the others (modulus 11)."""
    numbers = [int(each) for each in digits if each.isdigit()]
    check = 11 - sum(n * weight for n, weight in zip(numbers[:9], range(10, 1, -1), strict=True)) % 11
    return numbers[9] == (0 if check == 11 else check)
