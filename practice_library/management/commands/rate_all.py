"""Rates every entry again after the evidence standard changed. Can be stopped at any time and run again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practice_library.evidence.standard import STANDARD_VERSION
from practice_library.services.rating_again import left_to_rate, rate_again


class Command(BaseCommand):
    """`rate_all [--batch N] [--everything]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many in a transaction, and whether those of today's version as well."""
        parser.add_argument("--batch", type=int, default=200, metavar="N", help="entries in a transaction")
        parser.add_argument(
            "--everything", action="store_true", help="also what today's version of the standard has rated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rate, and say how far it is."""
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        left = left_to_rate(everything=options["everything"])
        self.stdout.write(f"{len(left)} entries to rate by version {STANDARD_VERSION} of the standard.")
        changed = 0
        for done, changed in rate_again(left, batch=options["batch"]):
            self.stdout.write(f"  {done} of {len(left)} rated, {changed} changed")
            self.stdout.flush()
        self.stdout.write(f"Done: the ratings of {changed} entries changed. Search follows by the outbox.")
