"""A hit as people read it: what it is and where, what happened, what it needs and why it is in the list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from website.components.shapes import FoldedPlaces, Link, OutcomeRow, Place, ResultCard
from website.components.shapes import Why as Reason

from practice_library.comparing import address as address_of
from practice_library.labels import DIRECTION, KIND, STRENGTH, TYPE
from practice_library.models.tree import UNNAMED
from practice_library.status_words import confirmed_since, is_recent, status_in_words
from search.addresses import SearchAddress
from search.analysis import STOP_WORDS
from search.engine import Hit, Why
from search.facets import FACETS, OUTCOME_ROW
from search.vocabulary import TERM_FACETS, Vocabulary

ROWS_SHOWN = 2
REASONS_SHOWN = 2
PLACES_NAMED = 3
HARM = "Harm was reported"
#: Parts of an entry as readers know them.
PARTS = {
    "title": "the name",
    "aliases": "its other names",
    "summary": "the summary",
    "terms": "its terms",
    "places": "the places",
    "body": "the text",
    "studies": "the studies",
    "meaning": "other words",
}
#: Parts that a card does not show, so that the passage itself is quoted.
QUOTED = frozenset({"body", "studies"})
SLUG_OF_STRENGTH = dict(enumerate(FACETS["evidence"].closed))
Card = Mapping[str, Any]
_MARKED = re.compile(r"<mark>([^<]*)</mark>")


@dataclass(frozen=True, slots=True)
class TableRow:
    """The same hit in the table."""

    title: str
    url: str
    what: str
    where: str
    status: str
    outcomes: tuple[OutcomeRow, ...]
    needs: str
    compare: Link | None = None


class CardMaker:
    """Makes the cards of one page; the labels of terms are turned round once."""

    def __init__(self, vocabulary: Vocabulary, address: SearchAddress, today: dt.date) -> None:
        self._address = address
        self._today = today
        self._filters = address.query.filters
        self._heading_of = {
            label.casefold(): FACETS[param].label
            for param in ("model", *TERM_FACETS)
            for label in vocabulary.labels.get(param, {}).values()
        }

    def card(self, hit: Hit) -> ResultCard:
        """A hit for the list."""
        card = hit.fields
        return ResultCard(
            id=hit.uid,
            title=card["title"],
            url=card["url"],
            type_line=type_line(card, self._today),
            summary=card["summary"],
            why=self._reasons(hit.why),
            outcomes=self.outcomes(card),
            needs=needs(card),
            places=self._folded(hit),
            compare=self._compare(hit),
        )

    def row(self, hit: Hit) -> TableRow:
        """A hit for the table."""
        card = hit.fields
        is_model = card["type"] == "model"
        return TableRow(
            title=card["title"],
            url=card["url"],
            what=what_it_is(card),
            where=run_in(card, self._today) if is_model else where(card),
            status="" if is_model else status_of(card, self._today),
            outcomes=self.outcomes(card),
            needs=needs(card),
            compare=self._compare(hit),
        )

    def _compare(self, hit: Hit) -> Link | None:
        """Where this is compared with what is chosen already; nothing where a fifth would not fit."""
        chosen = self._address.comparing
        if chosen.holds(hit.uid):
            return Link("Chosen to compare", "", current=True)
        if chosen.is_full:
            return None
        return Link("Add to compare" if chosen.ids else "Compare", address_of([*chosen.ids, hit.uid]))

    def outcomes(self, card: Card) -> tuple[OutcomeRow, ...]:
        """The rows that the filters ask for come first, then those worth showing; where nothing is known it says so."""
        rows = list(card["results"])
        if any(self._filters.get(param) for param in OUTCOME_ROW.dimensions):
            asked = [row for row in card["outcomes"] if self._is_asked_for(row)]
            rows = asked + [row for row in rows if row not in asked]
        if not rows:
            return (OutcomeRow("not-known", DIRECTION["not-known"], tested=STRENGTH[0]),)
        return tuple(
            OutcomeRow(
                direction=row["direction"],
                word=DIRECTION[row["direction"]],
                outcome=in_sentence(row["name"]),
                tested=STRENGTH[row["strength"]],
                flags=(HARM,) if row["harm"] else (),
            )
            for row in rows[:ROWS_SHOWN]
        )

    def _is_asked_for(self, row: Mapping[str, Any]) -> bool:
        own = (row["outcome"], SLUG_OF_STRENGTH[row["strength"]], row["direction"])
        chosen = (self._filters.get(param) for param in OUTCOME_ROW.dimensions)
        return all(not wanted or value in wanted for wanted, value in zip(chosen, own, strict=True))

    def _reasons(self, why: Iterable[Why]) -> tuple[Reason, ...]:
        reasons: list[Reason] = []
        said: set[str] = set()
        for each in why:
            html = _without_stop_words(each.html)
            reason = Reason.of(html=html, where=self._where(each), with_passage=each.field in QUOTED)
            key = str(reason.html).casefold()
            if reason.html and key not in said:
                said.add(key)
                reasons.append(reason)
        return tuple(reasons[:REASONS_SHOWN])

    def _where(self, why: Why) -> str:
        """A term is found under the heading that the filters give it."""
        if why.field == "terms":
            term = why.html.replace("<mark>", "").replace("</mark>", "").casefold()
            return self._heading_of.get(term, PARTS["terms"])
        return PARTS.get(why.field, "the text")

    def _folded(self, hit: Hit) -> FoldedPlaces | None:
        if not hit.folded_total:
            return None
        places = f"{hit.folded_total} place{'s' if hit.folded_total > 1 else ''}"
        model = model_of(hit.fields)
        if hit.fields["type"] == "model":
            label = f"and {places}"
        else:
            label = f"and {hit.folded_total} more that ran {model['title'] if model else 'the same model'}"
        every = self._address.grouped(False).narrowed_to("type", ["case_study"])
        return FoldedPlaces(
            label=label,
            shown=[
                Place(place.fields["title"], place.fields["url"], self._note(place.fields))
                for place in hit.folded
            ],
            all_url=every.narrowed_to("model", [slug_of(model["url"])]).url if model else "",
            all_label="List them all",
        )

    def _note(self, card: Card) -> str:
        """What happened there, in a few words: places of one model differ in that."""
        row = self.outcomes(card)[0]
        if not row.outcome:
            return status_of(card, self._today)
        return f"{row.word}: {row.outcome}"


def _without_stop_words(marked: str) -> str:
    """An engine marks every word of a phrase it looked for; "the" alone explains nothing."""
    return _MARKED.sub(lambda mark: mark[1] if mark[1].casefold() in STOP_WORDS else mark[0], marked)


def in_sentence(name: str) -> str:
    """A term as it stands within a sentence: acronyms keep their capitals."""
    return name if name[1:2].isupper() or name[1:2] == "" else name[0].lower() + name[1:]


def slug_of(url: str) -> str:
    """The last part of an entry's address."""
    return url.rstrip("/").rsplit("/", 1)[-1]


def model_of(card: Card) -> Mapping[str, str] | None:
    """The model under which a list folds this entry."""
    if card["type"] == "model":
        return {"title": card["title"], "url": card["url"]}
    return next(iter(card["models"]), None)


def what_it_is(card: Card) -> str:
    """Model, or the kind of model where that says more."""
    return KIND.get(card["kind"], TYPE["model"]) if card["type"] == "model" else TYPE["case_study"]


def type_line(card: Card, today: dt.date) -> str:
    """ "Model. Run in 8 places, 3 confirmed since 2024" or "Case study. Wigan. Running when last reported ..."."""
    if card["type"] == "model":
        return f"{what_it_is(card)}. {run_in(card, today)}"
    return f"{what_it_is(card)}. {where(card)}. {status_of(card, today)}"


def run_in(card: Card, today: dt.date) -> str:
    """In how many places, and in how many of them a recent report says that it runs."""
    places = card["run_in"]["places"]
    if not places:
        return "No place that ran it is known here"
    confirmed = sum(is_recent(as_at, today) for as_at in card["run_in"]["running"])
    since = f"{confirmed or 'none'} confirmed since {confirmed_since(today).year}"
    return f"Run in {places} place{'s' if places > 1 else ''}, {since}"


def where(card: Card) -> str:
    """The lead and who did it with them."""
    places = card["places"]
    if not places:
        return UNNAMED.get(card["url"].strip("/").split("/")[-2], UNNAMED["place-not-named"])
    lead, partners = places[0], places[1:PLACES_NAMED]
    more = len(places) - 1 - len(partners)
    named = " and ".join([", ".join(partners), f"{more} more"] if more else partners)
    return f"{lead} with {named}" if named else lead


def status_of(card: Card, today: dt.date) -> str:
    """Whether it runs, as far as that is known."""
    return status_in_words(card["status"]["state"], card["status"]["as_at"], today)


def needs(card: Card) -> str:
    """What has to be in place, as one phrase."""
    return "; ".join(in_sentence(name) for name in card["needs"])
