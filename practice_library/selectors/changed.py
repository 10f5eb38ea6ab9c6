"""Entries in the order in which they changed here, for those who follow what is new."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Container
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from ..models import Entry
from .runs import Headline, address_of, as_headline, headline_of


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """One entry with the days it was first and last published here."""

    uid: uuid.UUID
    title: str
    url: str
    summary: str
    licence: str
    is_model: bool
    lead: str
    status: str
    status_as_at: str
    headline: Headline | None
    published: dt.datetime | None
    changed: dt.datetime | None


def last_changed(among: Container[str], *, most: int, user: Any = None) -> list[ChangedEntry]:
    """Those of the uids that this person may read and that changed last, in two queries however many there are."""
    changed = Coalesce("last_published_at", "first_published_at")  # never of a draft
    readable = Entry.objects.readable_by(user).annotate(changed=changed)
    in_order = readable.order_by(F("changed").desc(nulls_last=True), "pk")
    uids = in_order.values_list("uid", flat=True).iterator(chunk_size=2000)
    newest = list(islice((uid for uid in uids if str(uid) in among), most))
    rows = (
        in_order.filter(uid__in=newest)
        .annotate(headline=headline_of())
        .values(
            "uid", "title", "url_path", "summary", "licence", "status", "status_as_at", "headline", "changed",
            "first_published_at", "practicemodelpage__kind", "casestudypage__lead_organisation__short_name",
        )
    )  # fmt: skip
    return [
        ChangedEntry(
            uid=row["uid"],
            title=row["title"],
            url=address_of(row["url_path"]),
            summary=row["summary"],
            licence=row["licence"],
            is_model=row["practicemodelpage__kind"] is not None,
            lead=row["casestudypage__lead_organisation__short_name"] or "",
            status=row["status"],
            status_as_at=row["status_as_at"],
            headline=as_headline(row["headline"]),
            published=row["first_published_at"],
            changed=row["changed"],
        )
        for row in rows
    ]
