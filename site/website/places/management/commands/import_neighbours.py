"""Take over the ten statistical neighbours of each authority from the official file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from website.places.importers.neighbours import read_neighbour_file
from website.places.management.commands.import_authorities import tell
from website.places.services.authorities import FACTS
from website.places.services.neighbours import import_neighbours


class Command(BaseCommand):
    help = (
        "Compare statistical neighbours with the official file; nothing is written without --commit, "
        "and nothing at all when a row is refused."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, help="A file or its folder; default: the project's facts."
        )
        parser.add_argument("--commit", action="store_true", help="Write what the dry run shows.")

    def handle(self, *args: Any, **options: Any) -> None:
        file = read_neighbour_file(options["path"] or FACTS)
        report = import_neighbours(file=file, commit=options["commit"])
        tell(self, report, commit=options["commit"])
