"""Two questions of whoever runs the site: does the process live, and may people be sent to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .registry import run_checks


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Asks nothing of anybody, so that a slow database restarts no process."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """May people be sent here: 503 only without an essential part, since search answers without its engine."""
    findings = run_checks()
    unready = any(finding.essential and not finding.well for finding in findings)
    worse = any(not finding.well and not finding.optional for finding in findings)
    body = {
        "status": "unready" if unready else "degraded" if worse else "ready",
        "checks": {
            finding.name: {"well": finding.well, "problem": finding.problem, "took_ms": finding.took_ms}
            for finding in findings
        },
    }
    return JsonResponse(body, status=503 if unready else 200)
