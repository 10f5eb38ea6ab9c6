"""Makes synthetic case studies for measurements under load. Never in production: nobody wrote what they say."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practice_library.services.scale import ScaleRefused, refuse_in_production, seed_case_studies
from practice_library.services.scale_text import NoCorpus, passages_of
from practice_library.services.statistics import count_anew


class Command(BaseCommand):
    """`seed_scale --case-studies N [--people 0] [--corpus FILE]`: adds to what is there."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and out of which words."""
        parser.add_argument("--case-studies", type=int, required=True, metavar="N", help="how many to add")
        parser.add_argument("--people", type=int, default=0, metavar="M", help="how many members to add")
        parser.add_argument(
            "--corpus",
            type=Path,
            default=os.environ.get("CORPUS") or None,
            help="gzipped JSON lines with a text each (default: CORPUS, else made-up words)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and say what is left to do."""
        number, people = options["case_studies"], options["people"]
        if number < 1:
            raise CommandError("--case-studies must be 1 or more.")
        if people:
            raise CommandError("There is no network of members yet, so --people must be 0. Nothing was made.")
        began = time.monotonic()
        try:
            refuse_in_production()
            corpus = Path(options["corpus"]) if options["corpus"] else None
            made = seed_case_studies(number=number, passages=passages_of(corpus), say=self._say)
        except (ScaleRefused, NoCorpus) as refused:
            raise CommandError(str(refused)) from refused
        count_anew(made)
        seconds = time.monotonic() - began
        self.stdout.write(
            f"{made} case studies made in {seconds:.0f} s ({made / max(seconds, 0.001):.0f} a second). "
            "Now run: manage.py search_index --rebuild"
        )

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")
        self.stdout.flush()
