"""The tantivy schema and how an entry is written into it.

tantivy has no nested documents. Each outcome or condition row therefore writes its values, joined, into one field
for each combination of the three dimensions; a filter over several dimensions looks into the field of just those,
so two different rows can never match together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from itertools import combinations
from typing import Any

import tantivy

from search.analysis import LONGEST_WORD, STEMMING, name_key, normalise, vocabulary_of
from search.documents.schema import (
    TEXT_WEIGHTS,
    PracticeDocument,
    card_of,
    checked,
    facet_values,
    fingerprint,
    group_of,
    joined_texts,
    key_of,
    rows_of,
    sort_numbers,
    texts,
)
from search.engines.embedded.kind import LIVE, Kind
from search.facets import PLAIN_FACETS, ROW_GROUPS, RowGroup

STEMMED = "practice_stems"
SPACED = "practice_words"
BETWEEN_VALUES = "|"
BETWEEN_PARTS = "\x1e"


def combinations_of(group: RowGroup) -> list[tuple[str, ...]]:
    """Every choice of dimensions of a row, in row order."""
    return [chosen for size in (1, 2, 3) for chosen in combinations(group.dimensions, size)]


def row_field(dimensions: Sequence[str]) -> str:
    return "row_" + "_".join(dimensions)


def build_schema() -> tantivy.Schema:
    """A text uid, because deleting by an unsigned field silently does nothing."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("live", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=STEMMED, index_option="position")
    builder.add_text_field("core", tokenizer_name=STEMMED, index_option="freq")
    builder.add_text_field("key", tokenizer_name=STEMMED, index_option="freq")
    builder.add_text_field("name", tokenizer_name=STEMMED, index_option="position")
    builder.add_text_field("name_key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name_words", tokenizer_name=SPACED, index_option="freq")
    builder.add_text_field("name_first", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name=SPACED, index_option="basic")
    for param in PLAIN_FACETS:
        builder.add_text_field(param, tokenizer_name="raw", index_option="basic", fast=True)
    for group in ROW_GROUPS:
        for dimensions in combinations_of(group):
            builder.add_text_field(
                row_field(dimensions), tokenizer_name="raw", index_option="basic", fast=True
            )
    for number in ("version", "group", "is_model", "newest", "tested"):
        builder.add_integer_field(number, stored=number == "version", indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("parts", stored=True)
    return builder.build()


SCHEMA = build_schema()


def register_analysers(index: tantivy.Index) -> None:
    """tantivy keeps analysers in the process, not in the index: without this every open would fail to tokenise."""
    index.register_tokenizer(STEMMED, STEMMING)
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(SPACED, spaced.filter(tantivy.Filter.remove_long(LONGEST_WORD)).build())


def group_number(uid: str) -> int:
    """tantivy gives back numbers fast, texts slowly: 62 bits of the uid of what an entry folds under."""
    return int.from_bytes(blake2b(uid.encode(), digest_size=8).digest()) >> 2


def written(document: PracticeDocument) -> tantivy.Document:
    """The entry as tantivy keeps it; built with from_dict, since a wrongly typed number kills the writer."""
    parts = {part: [normalise(piece) for piece in pieces] for part, pieces in texts(document).items()}
    weighted = [
        (part, piece) for part, pieces in parts.items() for piece in pieces for _ in range(TEXT_WEIGHTS[part])
    ]
    names = parts["title"] + parts["aliases"]
    values: dict[str, Any] = {
        "uid": document["uid"],
        "version": document["version"],
        "live": LIVE,
        "text": [piece for _, piece in weighted],
        "core": [piece for part, piece in weighted if part != "studies"],
        "key": key_of(parts),
        "name": names,
        "name_key": list(dict.fromkeys(name_key(name) for name in names)),
        "name_words": names,
        "name_first": list(dict.fromkeys(word for name in names for word in name.split()[:1])),
        "words": " ".join(vocabulary_of(piece for pieces in parts.values() for piece in pieces)),
        "group": group_number(group_of(document)),
        "is_model": int(document["type"] == "model"),
        **sort_numbers(document),
        **{param: facet_values(document, param) for param in PLAIN_FACETS},
        **row_values(document),
        "card": json.dumps(card_of(document), ensure_ascii=False).encode(),
        "parts": packed(joined_texts(document)),
    }
    return tantivy.Document.from_dict({name: value for name, value in values.items() if value != []}, SCHEMA)


def row_values(document: PracticeDocument) -> dict[str, list[str]]:
    """For each combination of dimensions, the joined values of each row, once."""
    found: dict[str, list[str]] = {}
    for group in ROW_GROUPS:
        rows = rows_of(document, group.name)
        for dimensions in combinations_of(group):
            places = [group.dimensions.index(dimension) for dimension in dimensions]
            joined = (BETWEEN_VALUES.join(row[place] for place in places) for row in rows)
            found[row_field(dimensions)] = list(dict.fromkeys(joined))
    return found


def packed(parts: dict[str, str]) -> bytes:
    return BETWEEN_PARTS.join(parts[part].replace(BETWEEN_PARTS, " ") for part in TEXT_WEIGHTS).encode()


def unpacked(stored: bytes) -> dict[str, str]:
    return dict(zip(TEXT_WEIGHTS, stored.decode().split(BETWEEN_PARTS), strict=True))


PRACTICE = Kind(SCHEMA, fingerprint, lambda document: written(checked(document)))
