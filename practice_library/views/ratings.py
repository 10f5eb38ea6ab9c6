"""The log of ratings for people and for feed readers."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from ..choices import RatedBecause
from ..presenters.rating_log import LOG, group_view, line, log_view, part_view
from ..selectors.rating_log import Asked, changes, entry_named, groups, with_rows

GROUPS_A_PAGE = 20
LINES_A_PAGE = 50
GROUPS_IN_FEED = 30


@require_safe
def rating_log(request: HttpRequest) -> HttpResponse:
    """Day by day; or the lines of an entry, or of a day and a reason."""
    asked, params = _asked(request)
    number = request.GET.get("page", "1")
    if not params:
        pages = Paginator(groups(asked, user=request.user), GROUPS_A_PAGE)
        page = pages.get_page(number)
        found = with_rows(list(page), user=request.user)
        view = log_view(found, total=pages.count, page=page.number, last=pages.num_pages)
    else:
        entry = entry_named(asked.entry, user=request.user) if asked.entry else None
        if asked.entry and entry is None:
            raise Http404
        pages = Paginator(changes(asked, user=request.user), LINES_A_PAGE)
        page = pages.get_page(number)
        view = part_view(
            list(page), entry=entry, params=params, total=pages.count, page=page.number, last=pages.num_pages
        )
    return render(request, "practice_library/rating_log.html", {"log": view})


def _asked(request: HttpRequest) -> tuple[Asked, dict[str, str]]:
    """What cannot be read is not found: the links of the log are never mistyped."""
    params = {name: value for name in ("entry", "day", "because") if (value := request.GET.get(name))}
    because = params.get("because", "")
    if because and because not in RatedBecause.values:
        raise Http404
    try:
        return (
            Asked(
                entry=uuid.UUID(params["entry"]) if "entry" in params else None,
                day=dt.date.fromisoformat(params["day"]) if "day" in params else None,
                because=[because] if because else (),
            ),
            params,
        )
    except ValueError as unreadable:
        raise Http404 from unreadable


class RatingFeed(Feed):
    """What changed last. Many ratings of one day and reason are one item, so that a new library floods nobody."""

    title = "Practice Commons: changes of ratings"
    description = "How hard practice was tested and what was found: what changed, when and why."
    link = LOG
    author_name = "Practice Commons"
    language = "en-GB"

    def items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for group in with_rows(list(groups(Asked())[:GROUPS_IN_FEED])):
            if group.rows:
                items += [{"row": row, "line": line(row)} for row in group.rows]
            else:
                items.append({"group": group, "view": group_view(group)})
        return items

    def item_title(self, item: Any) -> str:
        if "view" in item:
            return f"{item['view'].heading}: {item['view'].tally}"
        return f"{item['line'].entry.text}: {item['line'].outcome}"

    def item_description(self, item: Any) -> str:
        """As HTML, which is what feed readers take it for: a reviewer's reason is text."""
        return escape(
            f"{item['view'].day}: {item['view'].tally}." if "view" in item else item["line"].sentence
        )

    def item_link(self, item: Any) -> str:
        return str(item["view"].url if "view" in item else item["line"].url)

    def item_pubdate(self, item: Any) -> dt.datetime:
        moment: dt.datetime = item["row"]["rated_at"] if "row" in item else item["group"].latest
        return moment

    def item_updateddate(self, item: Any) -> dt.datetime:
        return self.item_pubdate(item)


class RatingAtomFeed(RatingFeed):
    feed_type = Atom1Feed
    subtitle = RatingFeed.description
