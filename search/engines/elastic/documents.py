"""The index as Elasticsearch keeps it, and how an entry is written into it.

Texts arrive as stems parted by spaces: its own second Porter stemmer is older than tantivy's (`organization` becomes
`organ`), and two stemmers can never give equal totals. Rows are nested documents.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from elasticsearch.dsl import (
    Binary,
    Boolean,
    Document,
    InnerDoc,
    Keyword,
    Long,
    MetaField,
    Nested,
    Object,
    Text,
    analyzer,
    token_filter,
)

from search.analysis import LONGEST_WORD, name_key, normalise, stemmed, vocabulary_of
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
from search.engines.elastic.kind import Kind
from search.facets import PLAIN_FACETS, ROW_GROUPS

LONGEST_KEYWORD = 1_000

spaced = analyzer(
    "practice_words",
    tokenizer="whitespace",
    filter=[token_filter("not_endless", "length", max=LONGEST_WORD)],
)


class OutcomeRow(InnerDoc):
    outcome = Keyword()
    evidence = Keyword()
    direction = Keyword()


class ConditionRow(InnerDoc):
    condition = Keyword()
    role = Keyword()
    presence = Keyword()


class PracticeIndex(Document):
    """One entry. Texts are searched and not kept; `parts` and `card` are kept and not searched."""

    uid = Keyword()
    live = Boolean()
    version = Long()
    text = Text(analyzer=spaced)
    core = Text(analyzer=spaced, index_options="freqs")
    key = Text(analyzer=spaced, index_options="freqs", term_vector="yes")
    name = Text(analyzer=spaced)
    name_key = Keyword(ignore_above=LONGEST_KEYWORD)
    name_words = Text(analyzer=spaced, index_options="freqs")
    name_first = Keyword(ignore_above=LONGEST_KEYWORD)
    words = Keyword(doc_values=False, ignore_above=LONGEST_KEYWORD)
    folds_under = Keyword()
    newest = Long()
    tested = Long()
    outcome_rows = Nested(OutcomeRow)
    condition_rows = Nested(ConditionRow)
    card = Object(enabled=False)
    card_value = Binary(doc_values=True)
    parts = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(
            excludes=[
                "text",
                "core",
                "key",
                "name",
                "name_key",
                "name_words",
                "name_first",
                "words",
                "card_value",
            ]
        )


for _param in PLAIN_FACETS:
    PracticeIndex._doc_type.mapping.field(_param, Keyword())


def written(document: PracticeDocument) -> dict[str, Any]:
    parts = {part: [normalise(piece) for piece in pieces] for part, pieces in texts(document).items()}
    weighted = [
        (part, piece) for part, pieces in parts.items() for piece in pieces for _ in range(TEXT_WEIGHTS[part])
    ]
    names = parts["title"] + parts["aliases"]
    values: dict[str, Any] = {
        "uid": document["uid"],
        "version": document["version"],
        "live": True,
        "text": [stemmed(piece) for _, piece in weighted],
        "core": [stemmed(piece) for part, piece in weighted if part != "studies"],
        "key": [stemmed(piece) for piece in key_of(parts)],
        "name": [stemmed(name) for name in names],
        "name_key": list(dict.fromkeys(name_key(name) for name in names)),
        "name_words": names,
        "name_first": list(dict.fromkeys(word for name in names for word in name.split()[:1])),
        "words": vocabulary_of(piece for pieces in parts.values() for piece in pieces),
        "folds_under": group_of(document),
        **sort_numbers(document),
        **{param: facet_values(document, param) for param in PLAIN_FACETS},
        "card": card_of(document),
        "card_value": packed_card(card_of(document)),
        "parts": joined_texts(document),
    }
    for group in ROW_GROUPS:
        rows = rows_of(document, group.name)
        values[group.name] = [dict(zip(group.dimensions, row, strict=True)) for row in rows]
    return values


def packed_card(card: dict[str, Any]) -> str:
    """The card as a doc value: a folded list shows hundreds, and reading each from its whole source took 50 ms."""
    return b64encode(json.dumps(card, ensure_ascii=False).encode()).decode()


def unpacked_card(value: str) -> dict[str, Any]:
    return dict(json.loads(b64decode(value)))


PRACTICE = Kind(PracticeIndex._doc_type.mapping, fingerprint, lambda document: written(checked(document)))
