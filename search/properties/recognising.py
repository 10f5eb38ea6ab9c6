"""Finds the properties that a question names, and what is left of it: the subject.

A wording inside a name (of an entry, a place, an organisation) or inside quotation marks asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from search.analysis import STOP_WORDS
from search.properties import phrases
from search.properties.phrases import Property

_TOKEN = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?k?\b|\w+(?:['’]\w+)*")
_QUOTED = re.compile(r'["“][^"“”]*["”]')
_AMOUNT = re.compile(r"£?\s?(\d{1,7}(?:\.\d+)?)(k?)\Z", re.ASCII)
_YEAR = re.compile(r"(?:19[5-9]\d|20\d\d)\Z", re.ASCII)
#: From here on a bare number "a child" can only be money.
LEAST_WITHOUT_SIGN = 100
#: What an amount "under" or "over" a limit takes in: every band that may hold such a cost.
BANDS = (
    ("under-500", 0, 500), ("500-1999", 500, 2000), ("2000-4999", 2000, 5000), ("5000-9999", 5000, 10000),
    ("10000-over", 10000, 10**9),
)  # fmt: skip
FILLERS = STOP_WORDS | {"models", "model", "examples", "anything", "something", "programmes", "tried"}
_RUNS = phrases.runs_of(phrases.PHRASES)
_SHIELDS = phrases.said_of(phrases.SHIELDS)
_LONGEST = phrases.longest_of([*_RUNS, *_SHIELDS])
_UNDER, _OVER = phrases.said_of(phrases.UNDER), phrases.said_of(phrases.OVER)
_FOR_ONE, _NOT_FOR_ONE = phrases.said_of(phrases.FOR_ONE), phrases.said_of(phrases.NOT_FOR_ONE)
_YEARS = {
    **dict.fromkeys(phrases.said_of(phrases.SINCE), "since"),
    **dict.fromkeys(phrases.said_of(phrases.RUNNING_SINCE), "running"),
    **dict.fromkeys(phrases.said_of(phrases.BEFORE), "before"),
    **dict.fromkeys(phrases.said_of(phrases.IN_YEAR), "in"),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """`subject` is the question without the words of the properties."""

    properties: tuple[Property, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


NOTHING = Recognised((), "")


def tokens_of(text: str) -> list[_Token]:
    """Words and amounts in lower case, each with where it stands."""
    return [
        _Token(re.sub(r"['’,\s]", "", each.group().casefold()), each.start(), each.end())
        for each in _TOKEN.finditer(text)
    ]


def key_of(name: str) -> str:
    """A name as it can be looked for in a question."""
    return " ".join(token.word for token in tokens_of(name))


def recognise(text: str, *, names: Collection[str] = (), titles: Iterable[str] = ()) -> Recognised:
    """`names` are keys of names known beforehand, `titles` those of what the question found."""
    tokens = tokens_of(text)
    if not tokens:
        return NOTHING
    taken = _quoted(text, tokens)
    spans, found = _all(tokens, taken)
    if not found:
        return NOTHING
    named = _named(tokens, [*names, *(key_of(title) for title in titles)])
    if any(named & set(range(*span)) for span in spans):
        spans, found = _all(tokens, taken | named)
    return Recognised(_one_of_each(found), _subject(text, tokens, spans)) if found else NOTHING


def _all(tokens: list[_Token], taken: set[int]) -> tuple[list[tuple[int, int]], dict[Property, None]]:
    """Every property named outside the words that are taken, and where."""
    spans: list[tuple[int, int]] = []
    found: dict[Property, None] = {}
    at = 0
    while at < len(tokens):
        size, meant = _at(tokens, at, taken)
        if meant:
            spans.append((at, at + size))
            found |= dict.fromkeys(meant)
        at += size
    return spans, found


def _quoted(text: str, tokens: list[_Token]) -> set[int]:
    inside = [each.span() for each in _QUOTED.finditer(text)]
    return {at for at, token in enumerate(tokens) if any(a <= token.start < b for a, b in inside)}


def _named(tokens: list[_Token], names: Iterable[str]) -> set[int]:
    """Places of words that belong to a name, or to the beginning of one that the whole question is."""
    words = [token.word for token in tokens]
    whole = f" {' '.join(words)} "
    taken: set[int] = set()
    for name in names:
        run = tuple(name.split())
        if len(run) < 2 or run in _RUNS:
            continue
        if f" {name} " in whole:
            for at in range(len(words) - len(run) + 1):
                if tuple(words[at : at + len(run)]) == run:
                    taken |= set(range(at, at + len(run)))
        elif len(words) > 2 and whole in f" {name} ":
            taken |= set(range(len(words)))
    return taken


def _at(tokens: list[_Token], at: int, taken: set[int]) -> tuple[int, tuple[Property, ...]]:
    """How many words from here belong together, and what they stand for."""
    if at in taken:
        return 1, ()
    free = next((place for place in range(at, len(tokens)) if place in taken), len(tokens))
    words = [token.word for token in tokens[at : min(free, at + 12)]]
    for measured in (_cost_at(words), _years_at(words)):
        if measured:
            return measured
    for size in range(min(_LONGEST, len(words)), 0, -1):
        run = tuple(words[:size])
        if run in _SHIELDS:
            return size, ()
        if run in _RUNS:
            return size, (_RUNS[run],)
    return 1, ()


def _said(words: list[str], table: Collection[tuple[str, ...]]) -> int:
    return max((len(run) for run in table if tuple(words[: len(run)]) == run), default=0)


def _amount(word: str) -> tuple[float, bool] | None:
    """An amount, and whether it says by itself that it is money."""
    match = _AMOUNT.match(word)
    if not match:
        return None
    return float(match[1]) * (1000 if match[2] else 1), word.startswith("£")


def _cost_at(words: list[str]) -> tuple[int, tuple[Property, ...]] | None:
    under, over = _said(words, _UNDER), _said(words, _OVER)
    at = under or over
    amount = _amount(words[at]) if at and at < len(words) else None
    if amount is None:
        return None
    rest = words[at + 1 :]
    unit = _said(rest, _FOR_ONE)
    is_money = amount[1] or (unit and (rest[0] == "pounds" or amount[0] >= LEAST_WITHOUT_SIGN))
    if _said(rest, _NOT_FOR_ONE) or not is_money:
        return None
    limit = amount[0]
    bands = [band for band in BANDS if (band[1] < limit if under else band[2] > limit)]
    if not bands or limit <= 0:
        return None
    return at + 1 + unit, (Property("cost", tuple(band[0] for band in bands), _cost_label(bands)),)


def _cost_label(bands: list[tuple[str, int, int]]) -> str:
    low, high = bands[0][1], bands[-1][2]
    if low == 0 and high == BANDS[-1][2]:
        return "cost reported"
    side = f"under £{high:,}" if low == 0 else f"£{low:,} and over"
    return f"{side} a child or family"


def _years_at(words: list[str]) -> tuple[int, tuple[Property, ...]] | None:
    bounds = len(words) > 3 and words[0] in ("from", "between") and words[2] in ("to", "and", "until")
    if bounds and _YEAR.match(words[1]) and _YEAR.match(words[3]) and words[1] <= words[3]:
        label = f"started from {words[1]} to {words[3]}"
        return 4, (Property("year", (f"{words[1]}-{words[3]}",), label),)
    at = _said(words, _YEARS)
    if not at or at >= len(words) or not _YEAR.match(words[at]):
        return None
    year, how = words[at], _YEARS[tuple(words[:at])]
    if how == "before":
        return at + 1, (Property("year", (f"to-{int(year) - 1}",), f"started before {year}"),)
    if how == "in":
        return at + 1, (Property("year", (year,), f"started in {year}"),)
    since = Property("year", (f"from-{year}",), f"started in {year} or later")
    return at + 1, (since, phrases.RUNNING) if how == "running" else (since,)


def _one_of_each(found: Iterable[Property]) -> tuple[Property, ...]:
    """One property a filter: the first that was named."""
    return tuple({each.param: each for each in reversed(list(found))}.values())[::-1]


def _subject(text: str, tokens: list[_Token], spans: list[tuple[int, int]]) -> str:
    """What is left, without the small words that only led to what was taken out."""
    pieces = []
    edges = [0, *(edge for span in spans for edge in span), len(tokens)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        while start < end and tokens[start].word in FILLERS and (start or end < len(tokens)):
            start += 1
        while end > start and tokens[end - 1].word in STOP_WORDS:
            end -= 1
        if end > start:
            quote = '"' if text[max(tokens[start].start - 1, 0)] == '"' else ""
            closing = '"' if text[tokens[end - 1].end : tokens[end - 1].end + 1] == '"' else ""
            pieces.append(f"{quote}{text[tokens[start].start : tokens[end - 1].end]}{closing}")
    return " ".join(pieces)
