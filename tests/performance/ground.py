"""What measurements stand on: terms of every vocabulary, or the whole vocabularies and models that ship."""

from __future__ import annotations

from pathlib import Path

from tests.factories import vocabularies

CONTENT = Path(__file__).resolve().parents[2] / "practice_library" / "content"


def some_terms(each: int = 4) -> None:
    """Make a few terms of every vocabulary."""
    for kind in ("Cohort", "Condition", "Outcome", "Theme", "Stage", "Workforce"):
        getattr(vocabularies, f"{kind}Factory").create_batch(each)


def load_models() -> int:
    """Load authorities, vocabularies and practice models of the library, without its places; gives the entries."""
    from website.places.models import Organisation
    from website.places.services.authorities import load_places

    from practice_library.importers.library import read_library
    from practice_library.models import Entry
    from practice_library.services.library import load

    load_places()
    known = set(Organisation.objects.values_list("slug", flat=True))
    library = read_library(CONTENT, known_places=known)
    models = {key: draft for key, draft in library.entries.items() if draft.entry_type == "model"}
    for draft in models.values():
        related = draft.rows.get("related_rows", [])
        draft.rows["related_rows"] = [r for r in related if not r["other"] or r["other"] in models]
    library.entries = models
    library.studies, library.questions = {}, {}
    load(library=library)
    return Entry.objects.count()
