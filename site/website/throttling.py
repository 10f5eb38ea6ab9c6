"""How often a person may do something: counters in the cache, in one place.

Limits of sign-in are allauth's own. Here a window begins on the clock, so at its edge somebody may do twice as much; the
longer limit beside it holds all the same.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

#: How often, in how many seconds.
Limit = tuple[int, int]


def waiting_time(*, action: str, person: UUID, limits: Sequence[Limit]) -> int:
    """Count once more, and say how many seconds to wait: 0 where it is within every limit."""
    wait = 0
    for most, seconds in limits:
        now = time.time()
        key = f"throttle:{action}:{person}:{seconds}:{int(now // seconds)}"
        cache.add(key, 0, timeout=seconds)
        try:
            done = cache.incr(key)
        except ValueError:  # it ran out between the two
            continue
        if done > most:
            wait = max(wait, int(seconds - now % seconds) + 1)
    return wait


def whoever_asks(request: HttpRequest) -> UUID:
    """The person who is signed in, else a key of the address that asks, which leads back to no address."""
    person: Any = request.user
    if person.is_authenticated:
        return person.pk
    address = get_adapter().get_client_ip(request)
    return uuid5(NAMESPACE_URL, salted_hmac("website.throttling", address).hexdigest())


def too_many(request: HttpRequest, *, wait: int, why: str) -> HttpResponse:
    """The plain answer, with the time to wait."""
    response = render(request, "429.html", {"why": why}, status=429)
    response["Retry-After"] = str(wait)
    return response
