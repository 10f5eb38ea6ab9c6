"""allauth's pages and letters in the words of this site: site/website/locale/en_GB/LC_MESSAGES/django.po.

After a change there: `msgfmt --no-hash -o django.mo django.po` beside it (gettext).
"""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

WORDS = Path(settings.LOCALE_PATHS[0]) / "en_GB" / "LC_MESSAGES"
SOURCE = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.M)


def compiled(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        words: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return words


def test_the_compiled_words_are_those_that_people_edit():
    source = {
        ast.literal_eval(a): ast.literal_eval(b) for a, b in SOURCE.findall((WORDS / "django.po").read_text())
    }
    source.pop("")
    words = compiled(WORDS / "django.mo")
    words.pop("")
    assert words == source


def test_every_word_is_one_that_allauth_says():
    """An allauth that says it otherwise would show its own words again, and nobody would notice."""
    theirs = compiled(Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.mo")
    assert set(compiled(WORDS / "django.mo")) <= set(theirs)


@pytest.mark.django_db
def test_pages_and_letters_are_in_plain_english(client: Client):
    page = client.get("/accounts/password/reset/").content.decode()
    assert "Set a new password" in page
    assert "Reset" not in page
    letter = render_to_string(
        "account/email/password_reset_key_message.txt", {"password_reset_url": "https://x.example/key/"}
    )
    assert letter.split("\n")[0] == "Hello from Practice Commons."
    assert "https://x.example/key/" in letter
