"""Makes the vectors of search by meaning: of entries that have none of their present text, and of vocabulary terms."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.meaning.filling import fill, find_gaps, mark
from search.meaning.weights import UnknownWeights, installed


class Command(BaseCommand):
    """`search_meaning [--later]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """When."""
        parser.add_argument("--later", action="store_true", help="leave the work to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, then encode or ask the worker to."""
        if not installed():
            raise CommandError(
                "The optional extra is not installed: pip install --require-hashes -r requirements/meaning.txt. "
                "Search goes on by words."
            )
        gaps = find_gaps()
        mark(gaps)
        self.stdout.write(
            f"{gaps.checked} entries and terms checked: {len(gaps.missing)} without vectors, {len(gaps.ghost)} dropped"
        )
        if options["later"]:
            from search.tasks import enqueue_fill

            enqueue_fill()
            return
        began = time.monotonic()
        try:
            left = fill(say=self._say)
        except UnknownWeights as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(gaps.missing) - left} encoded in {time.monotonic() - began:.1f} s, {left} left"
        )

    def _say(self, left: int) -> None:
        self.stdout.write(f"  {left} left")
        self.stdout.flush()
