"""The standard stands alone, and speaks the same language as the database."""

from __future__ import annotations

import subprocess
import sys

import pytest

from practice_library import choices, evidence


def test_the_standard_runs_without_django():
    asked = "import sys, practice_library.evidence; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("facts", "stored"),
    [
        (evidence.Direction, choices.Direction),
        (evidence.Design, choices.Design),
        (evidence.ClaimedBy, choices.ClaimedBy),
        (evidence.Kind, choices.FindingKind),
    ],
)
def test_facts_and_stored_choices_have_the_same_slugs(facts, stored):
    assert {word.value for word in facts} == set(stored.values)
