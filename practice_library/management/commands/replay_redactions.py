"""After a restore: removes again the passages that were removed since the copy was made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from practice_library.services.redaction import replay


class Command(BaseCommand):
    """`replay_redactions`: safe to repeat. Reads everything that the site keeps once for each passage."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay and say where they were."""
        done = replay()
        for each in done:
            for line in each.lines():
                self.stdout.write(f"passage {each.taken.pk}: {line}")
        self.stdout.write(f"{len(done)} passages were looked for and removed again.")
