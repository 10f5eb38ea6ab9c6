"""Makes synthetic case studies and members for measurements under load. Never in production: nobody wrote what they say."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.services.scale import seed_members, seeded_members
from practice_library.services.scale import ScaleRefused, refuse_in_production, seed_case_studies
from practice_library.services.scale_text import NoCorpus, passages_of
from practice_library.services.statistics import count_anew
from search.engine import EngineDown, RebuildBusy
from search.indexed import PEOPLE
from search.indexing import rebuild


class Command(BaseCommand):
    """`seed_scale [--case-studies N] [--people M] [--corpus FILE]`: adds to what is there."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and out of which words."""
        parser.add_argument("--case-studies", type=int, default=0, metavar="N", help="how many to add")
        parser.add_argument("--people", type=int, default=0, metavar="M", help="how many members to add")
        parser.add_argument(
            "--corpus",
            type=Path,
            default=os.environ.get("CORPUS") or None,
            help="gzipped JSON lines with a text each (default: CORPUS, else made-up words)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, case studies first, since members rest their claims on them; say what is left to do."""
        number, people = options["case_studies"], options["people"]
        if min(number, people) < 0 or not number + people:
            raise CommandError("--case-studies or --people must be 1 or more, neither less than 0.")
        corpus = Path(options["corpus"]) if options["corpus"] else None
        try:
            refuse_in_production()
            passages = passages_of(corpus)
            if number:
                self._make(
                    "case studies", lambda: seed_case_studies(number=number, passages=passages, say=self._say)
                )
                self.stdout.write("Now run: manage.py search_index --rebuild")
            if people:
                self.stdout.write(f"{seeded_members()} members of earlier runs are there and stay.")
                self._make("members", lambda: seed_members(number=people, passages=passages, say=self._say))
                self._index_people()
        except (ScaleRefused, NoCorpus) as refused:
            raise CommandError(str(refused)) from refused

    def _make(self, what: str, make: Any) -> None:
        began = time.monotonic()
        made = make()
        count_anew(made)
        seconds = time.monotonic() - began
        self.stdout.write(
            f"{made} {what} made in {seconds:.0f} s ({made / max(seconds, 0.001):.0f} a second)."
        )

    def _index_people(self) -> None:
        try:
            built = rebuild(PEOPLE)
        except (EngineDown, RebuildBusy) as error:
            raise CommandError(
                "The members are made, but their index is not: run manage.py search_index --rebuild."
            ) from error
        self.stdout.write(
            f"{built.documents} people indexed in {built.seconds:.0f} s "
            f"({built.documents / max(built.seconds, 0.001):.0f} a second): those who can be found."
        )

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")
        self.stdout.flush()
