"""Whoever holds a page as it is now is told so (304) instead of being sent it again.

What a page says follows from many rows (studies, ratings, terms, who may read what), so the tag is made from the answer
itself and never from one date: an entry that is hidden answers 404 and a list without it has another tag. For the same
reason If-Modified-Since alone gets the whole answer: a hidden entry makes a feed older, not newer.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

CMS = "/cms/"
#: Caches may keep an answer but ask before they use it, or what is hidden would live on in them.
ASK_FIRST, OWN_ASK_FIRST = "no-cache", "private, no-cache"


class ConditionalMiddleware:
    """Stands outside the content policy and sessions: a 304 carries neither, so the stored policy stays with its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a tag, or with 304 where the tag is known to the client."""
        response = self.get_response(request)
        if (
            request.method not in ("GET", "HEAD")
            or request.path.startswith(CMS)
            or response.status_code != 200
        ):
            return response
        if "no-store" in response.get("Cache-Control", ""):
            return response
        patch_vary_headers(response, ["Cookie"])
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = OWN_ASK_FIRST if personal else ASK_FIRST
        if personal or response.streaming or _has_nonce(response):
            return response
        if not response.has_header("ETag"):
            response["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
        if "If-None-Match" not in request.headers:
            return response
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        return answer if answer is not None else response


def _has_nonce(response: HttpResponse) -> bool:
    """A page with a nonce is different each time and must come with the policy that names it."""
    return "'nonce-" in response.get("Content-Security-Policy", "")
