"""Removes a passage for good from everything that the site keeps. Moderators do the same from a report."""

from __future__ import annotations

import sys
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practice_library.models import Entry
from practice_library.models.passage import WHY
from practice_library.services.passages import PassageNotFound
from practice_library.services.redaction import remove_passage


class Command(BaseCommand):
    """`redact_passage ENTRY --passage-file FILE --reason CLASS [--dry-run]`. A passage is no argument: shells keep those."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which entry, what, and why."""
        parser.add_argument("entry", type=uuid.UUID, help="public id of the entry, as the API has it")
        parser.add_argument(
            "--passage-file", required=True, help="file that holds the passage and nothing else, or -"
        )
        parser.add_argument("--reason", required=True, choices=sorted(WHY))
        parser.add_argument("--dry-run", action="store_true", help="say where it stands and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it and say where it was. Raises: CommandError where it stands nowhere."""
        source = options["passage_file"]
        text = sys.stdin.read() if source == "-" else Path(source).read_text()
        entry = Entry.objects.filter(uid=options["entry"]).first()
        if entry is None:
            raise CommandError("No entry has this id.")
        try:
            done = remove_passage(
                entry=entry, text=text, kind=options["reason"], by=None, dry_run=options["dry_run"]
            )
        except PassageNotFound as nowhere:
            raise CommandError(str(nowhere)) from nowhere
        for line in done.lines():
            self.stdout.write(line)
        self.stdout.write(
            "Nothing was changed." if options["dry_run"] else f"Removed as passage {done.taken.pk}."
        )
