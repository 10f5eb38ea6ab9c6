"""Writes about requests that nobody answered; once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from network.services.unanswered import write_about_unanswered


class Command(BaseCommand):
    """`remind_requests`: safe to repeat; each letter is sent once."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and say how many."""
        self.stdout.write(f"{write_about_unanswered()} letters.")
