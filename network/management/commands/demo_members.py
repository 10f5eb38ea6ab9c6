"""Makes about 200 made-up members across the authorities, and requests among them; in development only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from website.accounts.services.demo import NotInDevelopment

from network.services.demonstration import ensure_demo_members
from network.services.demonstration_exchange import ensure_demo_exchanges


class Command(BaseCommand):
    """`demo_members`: safe to repeat; those who are there stay as they are."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and say how many."""
        try:
            made = ensure_demo_members()
            asked = ensure_demo_exchanges()
        except NotInDevelopment as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Made-up members: {made} made; requests among them: {asked} made")
