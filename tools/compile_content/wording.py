"""Small rules about words: slugs, whole sentences, plain words for the readers."""

from __future__ import annotations

import re
import unicodedata

_SEEDS = (
    (r"\bwithin the seeds\b", "within the sources"),
    (r"\bIn the seeds\b", "In the sources"),
    (r"\btwo of the seeds\b", "two of the sources"),
    (r"\bseeds\b", "sources"),
    (r"\breach the seed\b", "reach the source"),
    (r"\bseed\b", "source"),
    (r"\bSeed\b", "Source"),
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%’'\"”])([.!?])\s+(?=[A-Z£“\"0-9])")


def slugify(text: str) -> str:
    """Lower-case letters, figures and hyphens; apostrophes and full stops vanish."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    plain = re.sub(r"['’.]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def short_slug(text: str, limit: int = 70) -> str:
    """A slug of whole words within a length that still reads well in an address."""
    words, slug = slugify(text).split("-"), ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > limit:
            break
        slug = longer
    return slug


def for_readers(text: str) -> str:
    """The seed records call their documents seeds; readers know them as sources."""
    for pattern, plain in _SEEDS:
        text = re.sub(pattern, plain, text)
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    """Split into sentences at full stops that end one."""
    parts, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        parts.append(text[start : match.end(1)].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*parts, rest] if rest else parts


def whole_sentences(text: str, limit: int) -> str:
    """As many whole sentences as fit, at least one."""
    kept: list[str] = []
    for sentence in sentences(text):
        if kept and len(" ".join([*kept, sentence])) > limit:
            break
        kept.append(sentence)
    return " ".join(kept)


def joined(names: list[str]) -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
