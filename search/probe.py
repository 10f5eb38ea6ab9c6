"""How the search engine is, for `/readyz`."""

from __future__ import annotations

from search.current import current_engine


def engine_problem() -> str | None:
    """What is wrong in a few words, without the engine's address; None when it answers."""
    health = current_engine().health()
    return None if health.ok else f"{health.engine} does not answer: search uses the database"
