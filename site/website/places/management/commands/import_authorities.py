"""Take over authorities, former authorities, other names and hex cells from the official files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from website.places.importers.report import ImportReport
from website.places.services.authorities import FACTS, import_authorities


class Command(BaseCommand):
    help = (
        "Compare authorities with the official files; nothing is written without --commit, "
        "and nothing at all when a row is refused."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, help="A folder or files; default: the project's facts."
        )
        parser.add_argument("--commit", action="store_true", help="Write what the dry run shows.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = import_authorities(paths=options["paths"] or [FACTS], commit=options["commit"])
        tell(self, report, commit=options["commit"])


def tell(command: BaseCommand, report: ImportReport, *, commit: bool) -> None:
    """Print the report and fail when a row was refused, so that a script notices."""
    for line in report.lines():
        command.stdout.write(line)
    if not report.is_clean:
        raise CommandError("Nothing was written: put the refused rows right first.")
    if not commit:
        command.stdout.write("Dry run: nothing was written. Add --commit to write it.")
