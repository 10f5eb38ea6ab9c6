"""The disputes and sector tests of the source documents are open questions, each side with its source."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import practice_library

QUESTIONS = Path(practice_library.__file__).parent / "content" / "questions"
DISPUTES = (
    "does-care-harm-or-help",
    "hubs-led-by-police",
    "buying-services-by-competition",
    "proven-models-or-tests-for-the-sector",
    "acting-sooner-in-long-term-neglect",
    "looking-for-families-not-yet-known",
    "counting-connections",
    "targeted-support-for-children-already-known",
    "may-send-professionals-assess",
    "fast-track-or-university-route",
    "reform-of-social-work-education",
)


@pytest.mark.parametrize("key", DISPUTES)
def test_each_dispute_has_both_sides_with_sources(key):
    question = yaml.safe_load((QUESTIONS / f"{key}.yaml").read_text(encoding="utf-8"))
    for side in ("for", "against"):
        assert question[side], side
        assert all(row["text"] and row["source"] for row in question[side])
        from_seeds = (row for row in question[side] if row["source"].startswith("seed-doc-"))
        assert all(row["at"] for row in from_seeds)
    assert question["help_wanted"]


def test_what_is_being_tested_names_who_tests_it():
    tested = [
        question
        for path in QUESTIONS.glob("*.yaml")
        if (question := yaml.safe_load(path.read_text(encoding="utf-8"))).get("state") == "being-tested"
    ]
    assert tested
    assert all(question["who_tests"] for question in tested)
