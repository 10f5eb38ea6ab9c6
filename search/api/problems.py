"""Errors of the API, all in one shape: `application/problem+json` with a sentence a person understands."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

ROOT = "/api/"
CONTENT_TYPE = "application/problem+json"
DETAILS = {
    400: "The request could not be understood.",
    404: "There is nothing here, or nothing that anyone may see.",
    405: "This address can only be read: use GET.",
    500: "Something went wrong here, not with your request. Please try again later.",
}
log = structlog.get_logger(__name__)


def problem(status: int, detail: str = "", **more: Any) -> JsonResponse:
    """One error; `more` holds e.g. the parameter it is about."""
    title = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
    }
    return JsonResponse({**body, **more}, status=status, content_type=CONTENT_TYPE)


class ApiProblems:
    """Whatever goes wrong below `/api/` leaves in the one shape, and nothing of the inside with it.

    HEAD is answered as GET without a body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        only_head = request.method == "HEAD"
        if only_head:
            request.method = "GET"
        try:
            response = self.get_response(request)
        finally:
            if only_head:
                request.method = "HEAD"
        if response.status_code >= 400 and not response.get("Content-Type", "").startswith(CONTENT_TYPE):
            status = 400 if response.status_code == 422 else response.status_code
            shaped = problem(status)
            if "Allow" in response:
                shaped["Allow"] = "GET, HEAD"
            return shaped
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Bad bytes are the client's fault; anything else is ours, logged and told without details."""
        if not request.path.startswith(ROOT):
            return None
        if isinstance(error, (Http404, PermissionDenied)):
            return problem(404)
        if isinstance(error, SuspiciousOperation):
            return problem(400)
        if isinstance(error, UnicodeError):
            return problem(400, "The request is not valid UTF-8.")
        log.exception("api.error", path=request.path[:200])
        return problem(500)
