"""A call as a file for a calendar. It names nobody: no organiser, no attendee, no address, nothing of the problem."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from .models import ProposedTime


def as_calendar(time: ProposedTime) -> bytes:
    """One event, in universal time, with the address of the page that says the rest to whoever may read it."""
    base = settings.WAGTAILADMIN_BASE_URL
    event = Event()
    event.add("uid", f"{time.pk}@{urlsplit(base).hostname}")
    event.add("dtstamp", time.agreed_at)
    event.add("dtstart", time.starts_at)
    event.add("dtend", time.ends_at)
    event.add("summary", f"{time.ask.kind_words}, Practice Commons")
    event.add("url", base + reverse("exchange_times", args=[time.ask_id]))
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Practice Commons//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
