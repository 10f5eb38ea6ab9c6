"""Loads the library that ships with the project, or another content folder of the same layout."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from website.places.models import Organisation
from website.places.services.authorities import load_places

from practice_library.importers.library import read_library
from practice_library.importers.located import Refused
from practice_library.reporting import entry_lines
from practice_library.services.library import LoadReport, load
from practice_library.services.statistics import count_anew

CONTENT = Path(__file__).resolve().parents[2] / "content"


class Command(BaseCommand):
    """`load_library [PATH] [--report] [--overwrite]`: idempotent, all or nothing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and whether to load or to report."""
        parser.add_argument("path", nargs="?", type=Path, default=CONTENT, help="content folder")
        parser.add_argument("--report", action="store_true", help="list every entry; change nothing")
        parser.add_argument("--overwrite", action="store_true", help="also what was edited in the CMS since")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or print what is loaded."""
        if options["report"]:
            self._report()
            return
        load_places()
        known = set(Organisation.objects.values_list("slug", flat=True))
        try:
            library = read_library(options["path"].resolve(), known_places=known, say=self._say)
            done = load(library=library, overwrite=options["overwrite"], say=self._say)
            count_anew(sum(done.created.values()))
        except Refused as error:
            for refusal in error.refusals:
                self.stderr.write(f"refused {refusal}")
            raise CommandError(f"Nothing was loaded: {len(error.refusals)} refused.") from error
        self._print(done)

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")
        sys.stdout.flush()

    def _print(self, done: LoadReport) -> None:
        kinds = sorted({*done.created, *done.updated, *done.unchanged})
        for kind in kinds:
            counts = (done.created.get(kind, 0), done.updated.get(kind, 0), done.unchanged.get(kind, 0))
            self.stdout.write("{}: {} created, {} updated, {} unchanged".format(kind, *counts))
        for words in done.kept:
            self.stdout.write(words)
        self.stdout.write("0 refused")

    def _report(self) -> None:
        without = 0
        for line in entry_lines():
            self.stdout.write(str(line))
            without += line.without_source
        self.stdout.write(f"{without} statements without a source")
        if without:
            raise CommandError("Some statements have no source.")
