"""`python -m tools.prepare`: database, library, index and demo logins in one process, since each start costs seconds."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what happens and how long it took, as tools/steps does."""
    began = time.monotonic()
    print(f">> {title}", flush=True)
    yield
    print(f"   {title}: {time.monotonic() - began:.0f} s", flush=True)


def fill_index(call: Callable[..., object]) -> None:
    """Only if what is in the index is not what is in the database."""
    from django.core.management import CommandError

    with open(os.devnull, "w") as nowhere:
        try:
            call("search_check", stdout=nowhere)
        except CommandError:
            call("search_index", "--rebuild")


def fill_later(call: Callable[..., object]) -> None:
    """The worker makes vectors while the site serves already; without the optional extra search goes by words."""
    from search.meaning.weights import installed

    if installed():
        call("search_meaning", "--later")
    else:
        print("   not installed: search goes by words")


def main() -> None:
    """Prepare everything that the site serves. Safe to repeat. Raises: whatever a step raises."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.dev")
    django.setup()
    from django.conf import settings
    from django.core.management import CommandError, call_command

    try:
        with step("Database"):
            call_command("migrate", interactive=False, verbosity=0)
        with step("Library"):
            call_command("load_library")
        with step("Skills register"):
            call_command("load_skills")
        with step("Search index"):
            fill_index(call_command)
        with step("Search by meaning"):
            fill_later(call_command)
        with step("Kindred work"):
            call_command("find_kindred")
        if settings.DEMO_LOGINS:
            with step("Demo logins"):
                call_command("demo_logins")
            with step("Made-up members"):
                call_command("demo_members")
    except CommandError as error:
        sys.exit(f"!! {error}")


if __name__ == "__main__":
    main()
