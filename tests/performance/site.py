"""The site as a server calls it: WSGI requests in this process, no network between."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from wsgiref.util import setup_testing_defaults

_LINKED = re.compile(r"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)=["']([^"']+)["'][^>]*>""")
_FETCHED_LINKS = re.compile(r"""\brel=["'](?:stylesheet|icon|preload|modulepreload|manifest)["']""")
_IN_STYLES = re.compile(r"""url\(["']?(?!data:)([^"')]+)["']?\)""")


@dataclass(frozen=True)
class Answer:
    """What a request gave."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def sent(self) -> int:
        """Bytes on the wire, as a server or proxy with gzip sends them."""
        return len(self.body) if "Content-Encoding" in self.headers else len(gzip.compress(self.body, 6))


@cache
def _application() -> Callable[..., Any]:
    from website.wsgi import application

    return application


def get(address: str, encodings: str = "", cookie: str = "") -> Answer:
    """Ask the whole stack, middleware included."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    if encodings:
        environ["HTTP_ACCEPT_ENCODING"] = encodings
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    setup_testing_defaults(environ)
    environ["wsgi.input"] = BytesIO()
    told: list[Any] = []
    body = _application()(environ, lambda status, headers, *rest: told.extend((status, headers)))
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Answer(int(told[0].split()[0]), dict(told[1]), content)


def answers(address: str) -> bool:
    """Whether the site has such an address."""
    return get(address).status == 200


@dataclass(frozen=True)
class Weight:
    """A page with everything that a browser fetches for it on a first visit."""

    address: str
    html: int
    html_sent: int
    sent: int
    requests: tuple[str, ...]


def weight_of(address: str) -> Weight:
    """Weigh a page and the files it links."""
    page = get(address, "gzip")
    html = gzip.decompress(page.body) if page.headers.get("Content-Encoding") == "gzip" else page.body
    fetched, todo = {address: page}, [(address, link) for link in _links(html.decode())]
    while todo:
        base, link = todo.pop()
        target = urljoin(base, link)
        if target in fetched or not target.startswith("/"):
            continue
        fetched[target] = get(target, "gzip")
        if target.endswith(".css"):
            styles = fetched[target].body
            if fetched[target].headers.get("Content-Encoding") == "gzip":
                styles = gzip.decompress(styles)
            todo += [(target, used) for used in _IN_STYLES.findall(styles.decode())]
    return Weight(
        address=address,
        html=len(html),
        html_sent=page.sent,
        sent=sum(answer.sent for answer in fetched.values()),
        requests=tuple(fetched),
    )


def _links(html: str) -> list[str]:
    found = []
    for tag in _LINKED.finditer(html):
        if not tag.group(0).startswith("<link") or _FETCHED_LINKS.search(tag.group(0)):
            found.append(tag.group(1))
    return found
