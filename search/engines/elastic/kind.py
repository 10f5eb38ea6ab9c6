"""What one index of Elasticsearch holds: its settings and mappings, and how a document is written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: None on one node, one as soon as there are two.
REPLICAS = "0-1"


@dataclass(frozen=True, slots=True)
class Kind:
    """`mapping` has `uid`, `live`, `version` and `card`. `written` refuses a document that would make the index lie.

    `fingerprint` changes with the shape of index or document.
    """

    mapping: Any
    fingerprint: Callable[[], str]
    written: Callable[[Any], dict[str, Any]]

    def body(self, replicas: str = REPLICAS) -> dict[str, Any]:
        """Settings and mappings of a new index. `replicas` is a number, or a range that follows the number of nodes."""
        copies = {"auto_expand_replicas" if "-" in replicas else "number_of_replicas": replicas}
        return {
            "mappings": {**self.mapping.to_dict(), "_meta": {"schema": self.fingerprint()}},
            "settings": {"analysis": self.mapping._collect_analysis(), **copies},
        }


def tombstone(uid: str, version: int) -> dict[str, Any]:
    """Elasticsearch itself forgets deletions after a minute, and with them their version."""
    return {"uid": uid, "version": version, "live": False}
