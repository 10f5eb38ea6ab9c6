"""The engine that needs no server: tantivy in a folder, opened by every process of the site."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
