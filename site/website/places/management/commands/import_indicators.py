"""Take over indicators of areas from the official file, which is not part of the project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from website.places.importers.indicators import read_indicator_file
from website.places.management.commands.import_authorities import tell
from website.places.services.indicators import import_indicators


class Command(BaseCommand):
    help = (
        "Compare indicators of areas with the official file; nothing is written without --commit, "
        "and nothing at all when a row is refused."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="The file, or its folder. The catalogue is read from the same folder."
        )
        parser.add_argument("--commit", action="store_true", help="Write what the dry run shows.")

    def handle(self, *args: Any, **options: Any) -> None:
        file = read_indicator_file(options["path"])
        report = import_indicators(file=file, commit=options["commit"])
        tell(self, report, commit=options["commit"])
