"""Load data: thousands of case studies that nobody wrote, to see how the site bears them. Never in production.

Rows go in table by table, many at a time, with the paths that the page tree would have given them. Nothing is told
to the outbox and no editor's index is kept: whoever seeds rebuilds the search index afterwards.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.timezone import now
from wagtail.models import Page
from website.places.models import Organisation

from ..models import CaseStudyPage, Entry, PlaceSection, Study, uid_of
from .ratings import rate_entries
from .scale_rows import Pool, rows_of
from .tree import section_for

BATCH = 1_000
KEY = "scale-{:06d}"
SHARE_WITHOUT_A_LEAD = 0.02
_OPENERS = str.split("Stronger Early Family Shared Steady Joined Open Local First Safe Bright Steps")
_NOUNS = str.split("team hub pathway panel project partnership service programme pilot clinic network")


class ScaleRefused(Exception):
    """Load data must not come where real readers are, nor where there is nothing to hang it on."""


@dataclass
class _Shelf:
    """The section of one place, and how many pages stand below it."""

    section: PlaceSection
    place: str
    last: int
    added: int = 0

    def next_path(self) -> str:
        """Where the next page below it stands in the tree."""
        self.last += 1
        self.added += 1
        return str(Page._get_path(self.section.path, self.section.depth + 1, self.last))


def refuse_in_production() -> None:
    """Raises: ScaleRefused unless this is a development, test or measuring environment."""
    if not settings.DEBUG and not getattr(settings, "ALLOW_SCALE_DATA", False):
        raise ScaleRefused(
            "This makes entries that nobody wrote, so it runs only in development (DEBUG) or where the settings "
            "say ALLOW_SCALE_DATA = True. Nothing was made."
        )


def seed_case_studies(
    *, number: int, passages: Sequence[str], say: Callable[[str], None] = lambda words: None
) -> int:
    """Make that many case studies under the places there are, with rows, studies and ratings; gives how many.

    Each thousand is one transaction. Numbers go on from the last run, so a second run adds to the first; the same
    runs in the same order make the same entries.
    Raises: ScaleRefused.
    """
    refuse_in_production()
    pool = Pool.read(passages)
    if pool.missing:
        raise ScaleRefused(f"No {pool.missing} to choose from: run manage.py load_library first.")
    shelves = _shelves()
    first = _next_number()
    for start in range(first, first + number, BATCH):
        numbers = range(start, min(start + BATCH, first + number))
        _seed_batch(numbers=numbers, pool=pool, shelves=shelves)
        say(f"{numbers.stop - first} of {number} case studies")
    return number


def _next_number() -> int:
    """Beyond every number in use; studies outlive the entries they were about."""
    begins = KEY[: KEY.index("{")]
    keys = [
        *Entry.objects.filter(content_key__startswith=begins).values_list("content_key", flat=True),
        *Study.objects.filter(key__startswith=f"st-{begins}").values_list("key", flat=True),
    ]
    return max((int(key.rsplit("-", 1)[1]) for key in keys), default=0) + 1


@transaction.atomic
def _shelves() -> list[_Shelf]:
    """The sections of all authorities of today and of places without a name, made where they are missing."""
    authorities = Organisation.objects.authorities().filter(end=None)
    sections = {section.slug: section for section in PlaceSection.objects.all()}
    for slug in [*authorities.values_list("slug", flat=True), "several-places", "place-not-named"]:
        if slug not in sections:
            sections[slug] = section_for(lead=slug)
    names = dict(Organisation.objects.values_list("pk", "short_name"))
    last: dict[str, str] = {}
    depth = next(iter(sections.values())).depth + 1
    for path in Page.objects.filter(depth=depth).order_by("path").values_list("path", flat=True):
        last[path[: -Page.steplen]] = path[-Page.steplen :]
    return [
        _Shelf(section, names.get(section.organisation_id, ""), Page._str2int(last.get(section.path, "0")))
        for section in sorted(PlaceSection.objects.all(), key=lambda section: section.slug)
    ]


@transaction.atomic
def _seed_batch(*, numbers: range, pool: Pool, shelves: Sequence[_Shelf]) -> None:
    places = [shelf for shelf in shelves if shelf.section.organisation_id]
    others = [shelf for shelf in shelves if not shelf.section.organisation_id]
    content_type = ContentType.objects.get_for_model(CaseStudyPage)
    pages = []
    for number in numbers:
        chance = random.Random(number)
        shelf = chance.choice(others if chance.random() < SHARE_WITHOUT_A_LEAD else places)
        pages.append(_page(number, chance, pool, shelf, content_type))
    _insert(pages)
    rows: dict[type[Any], list[Any]] = defaultdict(list)
    for number, page in zip(numbers, pages, strict=True):
        for row in rows_of(page=page, pool=pool, chance=random.Random(-number)):
            rows[type(row)].append(row)
    for model, made in rows.items():
        model._default_manager.bulk_create(made)
    for shelf in shelves:
        if shelf.added:
            Page.objects.filter(pk=shelf.section.pk).update(numchild=F("numchild") + shelf.added)
            shelf.added = 0
    rate_entries(entry_ids=[page.pk for page in pages])


def _page(
    number: int, chance: random.Random, pool: Pool, shelf: _Shelf, content_type: ContentType
) -> CaseStudyPage:
    cohort = chance.choice(pool.cohorts)
    title = f"{chance.choice(_OPENERS)} {chance.choice(_NOUNS)} for {cohort.name.lower()}"
    title = f"{title} in {shelf.place}" if shelf.place else title
    slug = f"{slugify(title)[:60].rstrip('-')}-{number}"
    key = KEY.format(number)
    started = chance.randint(2008, 2024)
    state = chance.choice(pool.states)
    return CaseStudyPage(
        title=title,
        draft_title=title,
        slug=slug,
        path=shelf.next_path(),
        depth=shelf.section.depth + 1,
        numchild=0,
        url_path=f"{shelf.section.url_path}{slug}/",
        locale_id=shelf.section.locale_id,
        content_type=content_type,
        live=True,
        first_published_at=now(),
        last_published_at=now(),
        content_key=key,
        uid=uid_of(key),
        made_from=[f"scale:{number}"],
        summary=" ".join(chance.choice(pool.passages).split()[:40]),
        status=state,
        status_as_at=str(chance.randint(started, 2025)),
        start=str(started),
        lead_organisation_id=shelf.section.organisation_id,
        months_to_set_up=chance.choice((None, None, 3, 6, 12)),
    )


def _insert(pages: Sequence[CaseStudyPage]) -> None:
    """One page is a row in three tables, which Django's bulk_create refuses: each table by itself, keys between."""
    Page.objects.bulk_create(pages)
    for page in pages:
        page.page_ptr_id = page.entry_ptr_id = page.id
    for model in (Entry, CaseStudyPage):
        model._base_manager.get_queryset()._batched_insert(pages, model._meta.local_concrete_fields, None)
