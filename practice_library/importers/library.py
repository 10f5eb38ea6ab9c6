"""Reads a whole content folder and checks it as one: nothing is loaded unless all of it is good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .drafts import Draft, LibraryDraft
from .entries import check_references, read_entry
from .located import Located, Refusal, Refused, files_below, read
from .reader import Reader
from .studies import read_question, read_study
from .vocabularies import VOCABULARIES, read_organisation, read_source, read_synonyms, read_term

Progress = Callable[[str], None]


def read_library(folder: Path, *, known_places: set[str], say: Progress = lambda words: None) -> LibraryDraft:
    """The content of a folder, checked.

    `known_places` are slugs of organisations that are already in the database (authorities).
    Raises: Refused with every file, line and reason.
    """
    if not folder.is_dir():
        raise Refused([Refusal(str(folder), 1, "There is no such folder.")])
    draft = LibraryDraft()
    refusals: list[Refusal] = []
    for vocabulary in VOCABULARIES:
        draft.terms[vocabulary] = {}
        for item in _items(folder / "vocabularies" / f"{vocabulary}.yaml", folder, refusals):
            _add(draft.terms[vocabulary], read_term(*item, vocabulary=vocabulary), refusals, what="term")
    for item in _items(folder / "vocabularies" / "synonyms.yaml", folder, refusals):
        draft.synonyms.append(read_synonyms(*item))
    for item in _items(folder / "organisations.yaml", folder, refusals):
        _add(draft.organisations, read_organisation(*item), refusals, what="organisation")
    for path in files_below(folder / "sources"):
        for item in _items(path, folder, refusals):
            _add(draft.sources, read_source(*item), refusals, what="source")
    places = known_places | set(draft.organisations)
    for kind in ("models", "case-studies"):
        say(f"reading {kind}")
        for path in files_below(folder / kind):
            for item in _whole(path, folder, refusals):
                entry = read_entry(*item, library=draft, places=places, path=path.relative_to(folder))
                _add(draft.entries, entry, refusals, what="entry")
    say("reading studies")
    for path in files_below(folder / "studies"):
        for item in _whole(path, folder, refusals):
            _add(draft.studies, read_study(*item, library=draft), refusals, what="study")
    for path in files_below(folder / "questions"):
        for item in _whole(path, folder, refusals):
            _add(draft.questions, read_question(*item, library=draft), refusals, what="question")
    refusals += check_references(draft)
    if refusals:
        raise Refused(refusals)
    return draft


Item = tuple[Reader, str]


def _items(path: Path, root: Path, refusals: list[Refusal]) -> Iterator[Item]:
    """The mappings of a file that holds a list; a missing file is an empty list."""
    if not path.exists():
        return
    content = _content(path, root, refusals)
    name = path.relative_to(root).as_posix()
    if content is not None and not isinstance(content, list):
        refusals.append(Refusal(name, 1, "A list was expected in this file."))
        return
    for item in content or []:
        yield _reader(item, refusals, name)


def _whole(path: Path, root: Path, refusals: list[Refusal]) -> Iterator[Item]:
    """The one mapping of a file."""
    content = _content(path, root, refusals)
    if content is not None:
        yield _reader(content, refusals, path.relative_to(root).as_posix())


def _content(path: Path, root: Path, refusals: list[Refusal]) -> Any:
    try:
        content = read(path, root)
    except Refused as error:
        refusals += error.refusals
        return None
    if content is None:
        refusals.append(Refusal(path.relative_to(root).as_posix(), 1, "This file is empty."))
    return content


def _reader(item: Any, refusals: list[Refusal], name: str) -> Item:
    plain = item.plain() if isinstance(item, Located) else item
    return Reader(item, refusals, file=name), fingerprint(plain)


def fingerprint(plain: Any) -> str:
    """Equal for equal content, whatever the order of keys or the layout of the file."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _add(table: dict[str, Any], draft: Draft, refusals: list[Refusal], *, what: str) -> None:
    if draft.key in table:
        first = table[draft.key]
        refusals.append(
            Refusal(
                draft.file,
                draft.line,
                f"The {what} “{draft.key}” stands already at {first.file}:{first.line}.",
            )
        )
        return
    table[draft.key] = draft
