"""Knows a passage again that was removed and is kept nowhere: by a keyed hash of its words and their number."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from .words import Find, Span, windows, words_of


@dataclass(frozen=True, slots=True)
class Guard:
    """What keeps a passage from coming back, and what stands in its place."""

    print: str
    words: int
    stub: str


def print_of(words: Sequence[str]) -> str:
    """Without the site's secret key nobody can try sentences against it. A new key knows no old print."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"passage", digest_size=32).digest()
    return hashlib.blake2b("\x1f".join(words).encode(), key=key, digest_size=20).hexdigest()


def finder(guards: Iterable[Guard]) -> Find:
    """Finds every guarded passage; reads a text once for each length that passages have."""
    by_length: dict[int, dict[str, str]] = defaultdict(dict)
    for guard in guards:
        by_length[guard.words][guard.print] = guard.stub

    def find(text: str) -> list[Span]:
        if not by_length or len(text) < min(by_length):
            return []
        words = words_of(text)
        found = []
        for length, stubs in by_length.items():
            for start, end in windows(words, length, lambda said, stubs=stubs: print_of(said) in stubs):  # type: ignore[misc]
                stub = stubs[print_of([word.text for word in words[start:end]])]
                found.append(Span(words[start].start, words[end - 1].end, stub))
        return found

    return find
