"""Errors of the API, all in one shape: `application/problem+json` with a sentence a person understands."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

ROOT = "/api/"
CONTENT_TYPE = "application/problem+json"
DETAILS = {
    400: "The request could not be understood.",
    404: "There is nothing here, or nothing that anyone may see.",
    405: "This address can only be read: use GET.",
    500: "Something went wrong here, not with your request. Please try again later.",
}
log = structlog.get_logger(__name__)


def problem(status: int, detail: str = "", *, param: str = "") -> JsonResponse:
    """One error, with the parameter that it is about."""
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
    }
    if param:
        body["param"] = param
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def nothing_here(request: HttpRequest, **anywhere: str) -> JsonResponse:
    """Every other address below `/api/`: no page of the site may stand there."""
    return problem(404)


class ApiProblems:
    """Whatever goes wrong below `/api/` leaves in the one shape, and nothing of the inside with it.

    HEAD is answered as GET without a body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say what is wrong."""
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        if request.method != "HEAD":
            return _shaped(self.get_response(request))
        request.method = "GET"
        try:
            response = _shaped(self.get_response(request))
        finally:
            request.method = "HEAD"
        if response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]
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


def _shaped(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or response.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    shaped = problem(400 if response.status_code == 422 else response.status_code)
    if "Allow" in response:
        shaped["Allow"] = "GET, HEAD"
    return shaped
