"""Tells whether the index says what the database says, and mends it with --repair."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checks import Drift, find_drift, repair
from search.engine import EngineDown
from search.indexed import EVERYTHING, Indexed
from search.indexing import rebuild
from search.meaning.filling import find_gaps, mark
from search.meaning.weights import installed


class Command(BaseCommand):
    """`search_check [--repair]`: exit code 1 where something differs and is not repaired."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to mend."""
        parser.add_argument("--repair", action="store_true", help="bring missing, ghost and stale to 0")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check; repair; check again."""
        try:
            drifts = [self._check(what, mend=options["repair"]) for what in EVERYTHING]
        except EngineDown as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        self._tell_of_meaning(mend=options["repair"])
        if any(drifts):
            raise CommandError(
                "The index differs from the database." if not options["repair"] else "Not all was mended."
            )

    def _check(self, what: Indexed, *, mend: bool) -> Drift:
        drift = self._drift(what, mend=mend)
        self._print(drift, what)
        if drift and mend:
            repair(drift, what)
            drift = find_drift(what)
            self.stdout.write("after the repair:")
            self._print(drift, what)
        return drift

    def _drift(self, what: Indexed, *, mend: bool) -> Drift:
        """An index that is not there yet is built; one that cannot be reached cannot be built either. Raises: EngineDown."""
        try:
            return find_drift(what)
        except EngineDown:
            if not mend:
                raise
            rebuild(what)
            return find_drift(what)

    def _tell_of_meaning(self, *, mend: bool) -> None:
        """Never red: search by meaning is optional, and what waits is on its way."""
        if not installed():
            self.stdout.write("meaning: not installed, search goes by words")
            return
        gaps = find_gaps()
        self.stdout.write(
            f"meaning: {gaps.checked} entries and terms checked, {len(gaps.missing)} without vectors, "
            f"{len(gaps.ghost)} that are no more"
        )
        if mend and gaps:
            mark(gaps)
            self.stdout.write("  marked: the worker or search_meaning encodes them")

    def _print(self, drift: Drift, what: Indexed) -> None:
        self.stdout.write(
            f"{drift.checked} {what.name} checked: {len(drift.missing)} missing, {len(drift.ghost)} ghost, "
            f"{len(drift.stale)} stale"
        )
