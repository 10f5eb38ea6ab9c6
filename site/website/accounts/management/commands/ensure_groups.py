"""Makes the CMS's permission groups, and brings them up to date after a deployment."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from website.accounts.services.groups import ensure_editors


class Command(BaseCommand):
    """`ensure_groups`: safe to repeat."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or update, and say what there is."""
        group = ensure_editors()
        self.stdout.write(f"{group.name}: {group.permissions.count()} rights, and every page and file")
