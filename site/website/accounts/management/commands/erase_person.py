"""Erases a person who asks for it by another way than their own page."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from website.accounts.models import User
from website.accounts.services.rights import erase_person


class Command(BaseCommand):
    """`erase_person PERSON [--yes]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, by address or opaque key."""
        parser.add_argument("person", help="address, or key as the audit has it")
        parser.add_argument("--yes", action="store_true", help="do it; without it the command only says whom")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, and erase if told so. Raises: CommandError where nobody is found."""
        asked = options["person"]
        found = Q(pk=asked) if _is_key(asked) else Q(email=asked.lower())
        person = User.objects.filter(found).first()
        if person is None:
            raise CommandError("Nobody has this address or key.")
        if not options["yes"]:
            self.stdout.write(f"Would erase {person.pk}. Nothing was done: add --yes.")
            return
        key = person.pk
        erase_person(person=person, by=None)
        self.stdout.write(f"Erased {key}.")


def _is_key(word: str) -> bool:
    try:
        uuid.UUID(word)
    except ValueError:
        return False
    return True
