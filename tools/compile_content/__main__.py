"""`python -m tools.compile_content ../shared/data`: makes practice_library/content from the data folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from .checking import check_library, unused_terms
from .library import Builder, Library
from .reading import Refused, read_decision, read_material
from .sources import compile_sources, refuse_unknown, used_by
from .synonyms import HEAD, compile_synonyms
from .writing import as_yaml, write_library

CONTENT = Path(__file__).resolve().parents[2] / "practice_library/content"


def main() -> int:
    """Compile, check, write, and say what was made."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path, help="the data folder, with seed/, evidence/ and reference/")
    arguments.add_argument("--to", type=Path, default=CONTENT, help="the content folder")
    given = arguments.parse_args()
    try:
        material = read_material(given.data)
        library = Builder(material).build()
        check_library(library, material)
        sources = compile_sources(material, read_decision("documents"))
        entries = list(library.entries.values())
        count = used_by(entries, list(library.studies.values()), list(library.questions.values()))
        refuse_unknown(count, sources)
        synonyms = HEAD + as_yaml(compile_synonyms(material))
        written = write_library(library, sources, synonyms, given.to)
    except Refused as refused:
        print(f"refused: {refused}", file=sys.stderr)
        return 1
    report(library, count, written)
    return 0


def report(library: Library, count: dict[str, int], written: int) -> None:
    """Counts: entries by type and depth, joined rows, findings judged, statements by source."""
    entries = list(library.entries.values())
    print(f"{len(entries)} entries in {written} files")
    kinds = Counter(d.type if d.type == "model" else f"case study ({d.depth()})" for d in entries)
    for kind, number in sorted(kinds.items()):
        print(f"  {number:5} {kind}")
    print(f"  {len(library.questions):5} open questions")
    joined = [draft for draft in entries if len(draft.made_from) > 1]
    print(f"{len(joined)} entries joined from {sum(len(d.made_from) for d in joined)} rows:")
    for draft in joined:
        print(f"  {draft.key}: {', '.join(draft.made_from)}")
    statements = sum(len(d.statements) for d in entries)
    print(f"{statements} statements, {sum(len(d.conditions) for d in entries)} conditions, ", end="")
    print(f"{sum(len(d.costs) for d in entries)} costs, {sum(len(d.claims) for d in entries)} claims")
    findings = [row for study in library.studies.values() for row in study.get("findings", [])]
    judged = sum("for_whom" in row for row in findings)
    print(f"{len(library.studies)} studies, {len(findings)} findings, {judged} of them judged")
    print(f"{len(count)} sources; most rests on:")
    for name, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:15]:
        print(f"  {number:5} {name}")
    for name, terms in unused_terms(library).items():
        print(f"not used yet in {name}: {', '.join(terms)}")


if __name__ == "__main__":
    raise SystemExit(main())
