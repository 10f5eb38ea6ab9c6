"""What is saved in the CMS and the change it records are one transaction.

Wagtail publishes, restricts and unpublishes in several steps; a crash between them would lose the change, and search
would go on showing what is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class CmsTransactionMiddleware:
    """Wraps every view of the CMS that is posted to. Reading stays outside: SQLite would take its write lock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """An exception in the view rolls back all of it and goes on to the usual error page."""
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
