"""What people looked for and the library does not have, counted by week and without any person in it."""

from __future__ import annotations

from search.service import Found


def note_demand(found: Found, *, like: str = "") -> None:
    """placeholder replaced next"""
