"""Brings the skills that ship with the project into the register; run after `load_library`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from network.services.register import load_skills


class Command(BaseCommand):
    """`load_skills`: safe to repeat."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what came of it."""
        loaded = load_skills()
        self.stdout.write(f"Skills: {loaded.created} created, {loaded.kept} kept as they are")
        for name in loaded.not_in_library:
            self.stdout.write(f"  not in the library: {name}")
