"""Writes to members whose profile wants confirming; once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from network.services.reminders import remind_all


class Command(BaseCommand):
    """`remind_profiles`: safe to repeat; each letter is sent once."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind and say how many."""
        self.stdout.write(f"{remind_all()} letters.")
