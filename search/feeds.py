"""A search as a feed: what changed last among all that it finds, for readers who want to be told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from practice_library.choices import Licence
from practice_library.citations import SITE
from practice_library.evidence.criteria import HARM_FLAG_WORDS
from practice_library.labels import DIRECTION, STRENGTH, TYPE
from practice_library.selectors.changed import ChangedEntry, last_changed
from practice_library.status_words import status_in_words
from search.addresses import SearchAddress
from search.cards import in_sentence
from search.concealing import concealed
from search.current import current_engine
from search.narrowing import chips_of
from search.service import understood, vocabulary_without
from search.vocabulary import Vocabulary

MOST_ITEMS = 50
KINDS: dict[str, type[Rss201rev2Feed] | type[Atom1Feed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
TOLD = "Entries of Practice Commons that were added or changed last, among those that this search finds."
READ_ONLY = "No licence is given: it can be read, not reused."
#: Atom wants a date of everything; what was never dated is oldest.
UNDATED = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Followed:
    """What a feed holds, and when the newest of it changed."""

    title: str
    entries: list[ChangedEntry]

    @property
    def changed(self) -> dt.datetime | None:
        """The newest change."""
        return max((entry.changed for entry in self.entries if entry.changed), default=None)


def followed(address: SearchAddress, *, user: Any = None) -> Followed:
    """The entries that words find now and this person may read. What is only near in meaning changes with every new
    entry, and is no news. Raises: EngineDown."""
    hidden = concealed()
    vocabulary = vocabulary_without(hidden)
    query = understood(address.query, vocabulary, hidden, like=address.like)
    query = replace(query, facets=(), group=False)
    found = set(current_engine().uids(query))
    return Followed(_title(vocabulary, address), last_changed(found, most=MOST_ITEMS, user=user))


def _title(vocabulary: Vocabulary, address: SearchAddress) -> str:
    """ "Practice Commons: fgc, Adolescents, Areas like Wigan": feeds of one reader are told apart by it."""
    asked = [address.query.text] if address.query.text else []
    asked += [chip.label for chip in chips_of(vocabulary, address)]
    return f"{SITE}: {', '.join(asked)}" if asked else SITE


def as_feed(kind: str, found: Followed, *, site: str, page: str, own: str, today: dt.date) -> tuple[str, str]:
    """The XML and its media type. `site` is scheme and host, `page` and `own` the paths of the search and of the feed."""
    feed = KINDS[kind](
        title=_clean(found.title),
        link=site + page,
        description=TOLD,
        subtitle=TOLD,
        language="en-GB",
        author_name=SITE,
        feed_url=site + own,
        feed_guid=site + own,
    )
    for entry in found.entries:
        feed.add_item(
            title=_clean(entry.title),
            link=site + entry.url,
            description=_clean(_told(entry, today)),
            unique_id=f"urn:uuid:{entry.uid}",
            unique_id_is_permalink=False,
            pubdate=(entry.published or entry.changed or UNDATED)
            if kind == "atom"
            else (entry.changed or UNDATED),
            updateddate=entry.changed or UNDATED,
            categories=[TYPE["model" if entry.is_model else "case_study"]],
            item_copyright=Licence(entry.licence).label if entry.licence else READ_ONLY,
        )
    return feed.writeString("utf-8"), feed.content_type


def _told(entry: ChangedEntry, today: dt.date) -> SafeString:
    """As in a list: what it is, what was found and how hard it was tested, and whether it runs; feeds hold it as HTML."""
    if not entry.licence:
        return format_html("<p>{}</p>", READ_ONLY)
    parts = [entry.summary, _result(entry)]
    if not entry.is_model:
        parts.append(f"{status_in_words(entry.status, entry.status_as_at, today)}.")
    parts.append(f"Licence: {Licence(entry.licence).label}.")
    return format_html_join("", "<p>{}</p>", ((part,) for part in parts))


def _result(entry: ChangedEntry) -> str:
    row = entry.headline
    if row is None or not row.outcome:
        return f"{DIRECTION['not-known']}. {STRENGTH[0]}."
    harm = f" {HARM_FLAG_WORDS}." if row.harm_flag else ""
    return f"{DIRECTION[row.direction]}: {in_sentence(row.outcome)}. {STRENGTH[row.strength]}.{harm}"


def _clean(text: str) -> str:
    """XML has no way to write control characters."""
    return _NOT_XML.sub("", text)
