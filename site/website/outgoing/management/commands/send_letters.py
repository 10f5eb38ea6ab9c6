"""Sends the letters that are due, for when no worker runs, or to try again after the mail server is back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ...models import Letter
from ...sending import send_due


class Command(BaseCommand):
    """`--now` does not wait for the time to which a letter was put off."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--now", action="store_true", help="also those that were put off to a later time")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say what is left."""
        if options["now"]:
            Letter.objects.exclude(last_error="").update(due_at=timezone.now())
        carried = send_due()
        left = Letter.objects.count()
        self.stdout.write(f"{carried.sent} sent, {carried.put_off} put off, {left} waiting.")
