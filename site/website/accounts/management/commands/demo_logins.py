"""Makes the people to try the site with and tells how to sign in as them; in development only."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from website.accounts.services.demo import NotInDevelopment, ensure_demo_logins


class Command(BaseCommand):
    """`demo_logins [--json]`: safe to repeat; sets the passwords back."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Words for people, or JSON for scripts."""
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and print them."""
        try:
            logins = ensure_demo_logins()
        except NotInDevelopment as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([login.as_dict() for login in logins], indent=2))
            return
        for login in logins:
            self.stdout.write(f"{login.role}: {login.email}  password: {login.password}")
