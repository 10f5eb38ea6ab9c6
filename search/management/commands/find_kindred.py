"""Finds entries of different organisations on the same idea, with the phrases and terms that say why."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.kindred.finding import find_kindred


class Command(BaseCommand):
    """`find_kindred`: idempotent; what editors dismissed stays dismissed."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, with progress."""
        began = time.monotonic()
        found = find_kindred(say=self._say)
        self.stdout.write(
            f"{found.entries} entries compared in {time.monotonic() - began:.1f} s: {found.same_idea} pairs on the same "
            f"idea, {found.differs} of the same form with a different result, {found.forgotten} no longer found"
        )

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total} entries")
        self.stdout.flush()
