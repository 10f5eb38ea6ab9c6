"""What pages may load and run. Public pages follow settings.base; the CMS has a policy of its own."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

CMS = "/cms/"
CMS_SOURCES = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


class CmsPolicyMiddleware:
    """Wagtail's admin writes inline scripts and styles; only below /cms/ these run, and only for its users."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the CMS's sources in place of the public ones where the CMS answers.

        A nonce would switch 'unsafe-inline' off, so both directives are replaced, not added to.
        """
        response = self.get_response(request)
        if request.path.startswith(CMS):
            response._csp_replace = CMS_SOURCES  # type: ignore[attr-defined]
        return response
