"""Tells whether the index says what the database says, and mends it with --repair."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checks import Drift, find_drift, repair
from search.engine import EngineDown


class Command(BaseCommand):
    """`search_check [--repair]`: exit code 1 where something differs and is not repaired."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to mend."""
        parser.add_argument("--repair", action="store_true", help="bring missing, ghost and stale to 0")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check; repair; check again."""
        try:
            drift = find_drift()
            self._print(drift)
            if drift and options["repair"]:
                repair(drift)
                drift = find_drift()
                self.stdout.write("after the repair:")
                self._print(drift)
        except EngineDown as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        if drift:
            raise CommandError(
                "The index differs from the database." if not options["repair"] else "Not all was mended."
            )

    def _print(self, drift: Drift) -> None:
        self.stdout.write(
            f"{drift.checked} entries checked: {len(drift.missing)} missing, {len(drift.ghost)} ghost, "
            f"{len(drift.stale)} stale"
        )
