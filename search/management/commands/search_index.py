"""Builds the indices of the library and of people anew, beside those in use, or drains what is pending."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import EngineDown, RebuildBusy
from search.indexed import EVERYTHING
from search.indexing import drain, rebuild
from search.purging import purge


class Command(BaseCommand):
    """`search_index [--rebuild] [--if-needed] [--purge]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument("--rebuild", action="store_true", help="build a new index and switch to it")
        parser.add_argument(
            "--if-needed", action="store_true", help="rebuild only where there is no index yet"
        )

        parser.add_argument(
            "--purge",
            action="store_true",
            help="write anew what still holds removed words in its files, if anything does",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or drain the outbox."""
        try:
            for what in EVERYTHING if options["rebuild"] else ():
                if options["if_needed"] and what.engine().health().ok:
                    continue
                built = rebuild(what, say=self._say)
                self.stdout.write(
                    f"{built.documents} {what.name} indexed in {built.seconds:.1f} s "
                    f"({built.documents / max(built.seconds, 0.001):.0f} a second), {built.replayed} changes replayed"
                )
            if options["purge"]:
                self.stdout.write(f"written anew: {', '.join(purge()) or 'nothing waits'}")
            done = drain()
            self.stdout.write(
                f"{done.changes} pending changes told: {done.documents} written, {done.removed} removed"
            )
        except EngineDown as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        except RebuildBusy as error:
            raise CommandError("Another rebuild is running.") from error

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
        self.stdout.flush()
