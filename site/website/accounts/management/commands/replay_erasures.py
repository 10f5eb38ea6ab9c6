"""After a restore: erases again whoever was erased since the copy was made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from website.accounts.services.rights import replay_erasures


class Command(BaseCommand):
    """`replay_erasures`: safe to repeat."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay and say how many came back."""
        self.stdout.write(f"{replay_erasures()} people came back with the copy and are erased again.")
