"""Reads the site as one person through every channel, and tells which words they read that are not for them."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.test import Client
from django.urls import reverse

from tests.security.canary_addresses import addresses, cms_addresses
from tests.security.canary_words import WORD, Canaries, invented
from tests.security.canary_world import World, batches

#: What differs from one answer to the next whatever is asked.
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|nonce(?:="|-)[\w+/=-]+|"took_ms": ?[\d.]+'
    r"|(?:[\d-]{10}T|\d )\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?|zq\w*(?=…)"
)
MARKS = re.compile(r"</?mark>")
LINK = re.compile(r'(?:href|src)="([^"#]+)')
#: Where drafts may be read: in the CMS, in its files for those who keep them, and in what somebody takes away of what they wrote there themselves.
IN_CMS = ("cms ", "wagtaildocs_serve", "my_data_json", "my_data_archive")
#: Who looks at everything: a visitor, a member, an editor. What is public is the same for the others.
THOROUGH = "VME"
#: Words, single or many, are asked of these.
SEARCHES = ("/practice/?q={}", "/api/v1/practice/search?q={}", "/people/?q={}")
FURTHER = (
    "/practice/?q={}&words=mine", "/api/v1/practice/search?group=model&q={}", "/api/v1/practice/suggest?q={}",
    "/api/v1/export/practice.csv?q={}", "/api/v1/export/practice.jsonl?q={}", "/api/v1/export/practice.xlsx?q={}",
    "/practice/feed.rss?q={}", "/practice/feed.atom?q={}", "/people/?role={}", "/kindred/?q={}",
    "/practice/?condition={}", "/practice/?model={}", "/practice/?authority={}", "/api/v1/practice/search?model={}",
    "/people/?skill={}", "/people/?model={}", "/people/?blockage={}",
)  # fmt: skip
#: Lists in every order, and files of them.
LISTS = (
    *(f"/practice/?sort={sort}" for sort in ("best", "newest", "tested")), "/practice/?page=2",
    "/practice/?group=none", "/practice/?authority=south", "/practice/?q=pods", "/practice/?like=north",
    *(f"/api/v1/practice/search?sort={sort}&size=100" for sort in ("best", "newest", "tested")),
    "/api/v1/practice/search?q=pods&group=model", "/api/v1/practice/suggest?q=po", "/api/v1/practice/suggest?q=zq",
    "/practice/feed.rss?sort=newest", "/practice/feed.atom?q=pods", "/practice/compare/", "/no-such-page/",
    "/practice/?sort=nonsense", "/api/v1/practice/search?sort=nonsense", "/api/v1/no-such-thing",
    "/people/?skill=listening", "/people/?blockage=trust", "/people/?help=call", "/people/?region=north-west",
    "/people/?like=north", "/people/?q=listening", "/people/?q=somebody%40people.example", "/people/?cohort=adolescents",
    "/me/profile/?as=manager", "/me/profile/?as=elsewhere", "/me/profile/?as=visitor",
    "/practice/gaps/?cohort=adolescents", "/practice/gaps/?outcome=entry-to-care", "/practice/gaps/?cohort=adolescents&outcome=entry-to-care",
    "/practice/models/harbour-pods/?part=found", "/practice/models/harbour-pods/?part=grid", "/practice/models/harbour-pods/?part=kindred",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Leak:
    """`letter` read in `channel` what is not for them."""

    letter: str
    channel: str
    what: str

    def __str__(self) -> str:
        return f"{self.letter} reads in {self.channel}: {self.what}"


@dataclass
class Answer:
    """What came back: all of its words, headers and file names included."""

    status: int
    text: str


class Heard(logging.Handler):
    """Whatever is logged while a page is made."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Crawl:
    """The site as somebody sees it. `leaks` fills; `seen` holds the things that they read of by right."""

    def __init__(self, world: World, letter: str) -> None:
        self.world, self.letter = world, letter
        self.canaries: Canaries = world.canaries
        self.client = Client(raise_request_exception=False)
        self.person = world.person(letter)
        if self.person is not None:
            self.client.force_login(self.person)
        self.leaks: set[Leak] = set()
        self.seen: set[str] = set()
        self.visited: dict[str, int] = {}
        self.controls: dict[tuple[str, int], tuple[int, str]] = {}
        self.links: set[str] = set()

    # Reading

    def read(self, channel: str, path: str) -> Answer:
        """Visit an address and look for words, without those that it asked for itself."""
        heard = Heard()
        logging.getLogger().addHandler(heard)
        try:
            answer = told(self.client.get(path))
        finally:
            logging.getLogger().removeHandler(heard)
        self.visited[path] = answer.status
        assert answer.status != 500 or path.startswith("/cms/"), f"{path} breaks"
        asked = unquote(path).lower()
        in_path = self.canaries.found_in(urlsplit(asked).path)
        for word in self.canaries.found_in(answer.text):
            if word in asked and not (answer.status == 200 and word in in_path):
                continue
            self._note(channel, word)
        for word in self.canaries.found_in("\n".join(heard.lines)):
            if word not in asked:
                self.leaks.add(Leak(self.letter, f"log of {channel}", self.canaries[word].what))
        if answer.status == 200:
            self.links.update(_links(answer.text))
        return answer

    def _note(self, channel: str, word: str) -> None:
        canary = self.canaries[word]
        if self.letter in canary.may and (channel.startswith(IN_CMS) or not canary.in_cms):
            self.seen.add(canary.thing)
        else:
            self.leaks.add(Leak(self.letter, channel, canary.what))

    # Channels

    def every_address(self) -> None:
        """Each URL name of the site, with the key of every thing, whether it is for this person or not.

        Of what is public or nobody's, some of each kind for those who are nobody special to the library.
        """
        for name, path in addresses(self.world, few=self.letter not in THOROUGH):
            self.read(name, path)

    def every_list(self) -> None:
        """Lists in each order, exports, feeds and errors."""
        for path in LISTS:
            self.read(_short(path), path)

    def every_link(self, most: int = 60) -> None:
        """What the pages lead to beyond that, once a path: parameters are those of the lists."""
        known = {_kind(path) for path in self.visited}
        while further := sorted(
            {_kind(link): link for link in self.links if _kind(link) not in known}.items()
        ):
            for kind, link in further:
                known.add(kind)
                if most <= 0:
                    return
                most -= 1
                self.read(f"link {_short(link)}", link)
            self.links -= {link for _, link in further}

    def every_search(self, *, stale: bool = True) -> None:
        """Words that are not for this person find as much as words that nobody ever wrote.

        While an index is stale the name of a hidden model still finds the places that run it.
        """
        thorough = self.letter in THOROUGH
        kept = self.canaries.not_for(self.letter)
        for words in batches(w for w in kept if not (stale and self.canaries[w].what.startswith("model"))):
            self._alike(SEARCHES if thorough else SEARCHES[1:], words)
        for what in ("title", "keyword", "statement") if thorough else ("title",):
            self._alike((*SEARCHES, *FURTHER), [invented(f"entry, unpublish: {what}")])
        if not stale:
            self._alike((*SEARCHES, *FURTHER), [invented("model, hide: title")])
        for word in kept if thorough else kept[::10]:
            if self.canaries[word].in_cms:
                self.read("suggestions", f"/api/v1/practice/suggest?q={word[:6]}")

    def _alike(self, channels: Iterable[str], words: list[str]) -> None:
        for channel in channels:
            if self._differs(channel, words):
                self.controls.pop((channel, len(words)))
                if self._differs(channel, words):  # not only in passing, as by a notice that is shown once
                    what = ", ".join(self.canaries[word].what for word in words[:3])
                    self.leaks.add(Leak(self.letter, f"what differs at {_short(channel)}", what))

    def _differs(self, channel: str, words: list[str]) -> bool:
        control = self._control(channel, len(words))
        answer = self.read(f"search {_short(channel)}", channel.format("+".join(words)))
        return (answer.status, bare(answer.text)) != control

    def _control(self, channel: str, number: int) -> tuple[int, str]:
        """What so many words find that nobody ever wrote."""
        if (channel, number) not in self.controls:
            never = [invented(f"never written {each}") for each in range(number)]
            answer = self.read(f"search {_short(channel)}", channel.format("+".join(never)))
            self.controls[channel, number] = answer.status, bare(answer.text)
        return self.controls[channel, number]

    def every_page_of_the_cms(self) -> None:
        """Each URL name of the CMS with keys of what is hidden, its lists and choosers also with words."""
        for name, path in cms_addresses(self.world):
            self.read(f"cms {name}", path)
        for parent in {entry.get_parent().pk for entry in self.world.library.entries}:
            self.read("cms explorer", reverse("wagtailadmin_explore", args=[parent]))
        wanted = invented("entry, unpublish: title")
        for path in [
            path for path, status in self.visited.items() if path.startswith("/cms/") and status == 200
        ]:
            if "?" not in path and re.search(r"choose|search|results|autocomplete|list|api/main", path):
                self.read(f"cms search {_short(path)}", f"{path}?q={wanted}&term=zq&search={wanted}")

    def everything(self) -> Crawl:
        """All of the above."""
        self.every_address()
        self.every_list()
        self.every_search()
        self.every_link()
        if self.letter in "RDE":
            self.every_page_of_the_cms()
        assert self.person is None or "_auth_user_id" in self.client.session, "the crawl signed itself out"
        return self


def told(response: Any) -> Answer:
    """A response as text. What is packed in a file of office software or an archive is unpacked."""
    body = response.getvalue()
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    text = body.decode("utf-8", errors="surrogateescape")
    return Answer(response.status_code, f"{unquote(headers)}\n{cookies}\n\n{MARKS.sub('', text)}")


def bare(text: str) -> str:
    """The body without what passes, invented words alike."""
    return WORD.sub("WORD", PASSING.sub("", text.partition("\n\n")[2]))


def _links(text: str) -> Iterator[str]:
    for link in LINK.findall(text):
        address = (
            link.replace("&amp;", "&").removeprefix("http://localhost:8000").removeprefix("http://testserver")
        )
        if address.startswith("/") and not address.startswith(
            ("/static/", "/cms/", "/accounts/logout", "//")
        ):
            yield address


def _kind(path: str) -> str:
    return urlsplit(path).path


def _short(path: str) -> str:
    return WORD.sub("…", path.replace("{}", "…"))
