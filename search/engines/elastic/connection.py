"""One client, two aliases, and one kind of failure: EngineDown.

Searches give up after less than a second, because a reader waits and the database can answer; writes are patient.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engine import EngineDown
from search.engines.elastic.kind import Kind

SEARCH_PATIENCE = 0.8
WRITE_PATIENCE = 60.0


class Connection:
    """`read` and `write` are aliases of the index in use; indices are named by prefix and generation.

    With several addresses a node that does not answer is left aside for a while, and its request goes to the next.
    """

    def __init__(self, url: str, prefix: str, kind: Kind, patience: float = SEARCH_PATIENCE) -> None:
        self.prefix = prefix
        self.kind = kind
        self.read = f"{prefix}-read"
        self.write = f"{prefix}-write"
        nodes = [address.strip() for address in url.split(",")]
        self._client = Elasticsearch(
            nodes, max_retries=len(nodes) - 1, retry_on_timeout=len(nodes) > 1, http_compress=False
        )
        self.quick = self._client.options(request_timeout=patience)
        self.patient = self._client.options(request_timeout=WRITE_PATIENCE)
        self._schema_seen = False

    def search(self, body: Mapping[str, Any], index: str = "") -> dict[str, Any]:
        """The raw answer of the index in use, or of the one named: wrapping it in objects would cost more than asking."""
        with answering():
            self._check_schema()
            found = self.quick.search(index=index or self.read, allow_partial_search_results=False, **body)
            return dict(found.body)

    def count(self, query: Mapping[str, Any]) -> int:
        with answering():
            self._check_schema()
            return int(self.quick.count(index=self.read, query=dict(query))["count"])

    def current_indices(self) -> list[str]:
        """What the read alias points to: one index, or none before the first build."""
        with answering():
            try:
                return sorted(self.quick.indices.get_alias(name=self.read).body)
            except NotFoundError:
                return []

    def _check_schema(self) -> None:
        if self._schema_seen:
            return
        for described in self.quick.indices.get_mapping(index=self.read).body.values():
            if described["mappings"].get("_meta", {}).get("schema") != self.kind.fingerprint():
                raise EngineDown("The search index was built by another version: run search_index --rebuild.")
        self._schema_seen = True

    def close(self) -> None:
        self._client.close()


@contextmanager
def answering() -> Iterator[None]:
    """Everything that means no answer now becomes EngineDown; a malformed request stays the error it is."""
    try:
        yield
    except TransportError as error:
        raise EngineDown(f"Elasticsearch does not answer: {error.message}") from error
    except ApiError as error:
        if error.meta.status in (404, 408, 429) or error.meta.status >= 500:
            raise EngineDown(f"Elasticsearch cannot answer: {error.message}") from error
        raise
