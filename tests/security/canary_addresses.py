"""Every address that the resolver knows, of the site and of the CMS, with the keys of what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from practice_library.models import OutcomeRating
from tests.security.canary_world import NOT_FED, NOT_VISITED, OF_THE_LIBRARY, World, feeds


@dataclass(frozen=True)
class Route:
    """One URL name. `parts` are the names of what it takes."""

    name: str
    parts: tuple[str, ...]
    view: Callable[..., Any]


def routes(
    patterns: Iterable[URLPattern | URLResolver], space: str = "", outer: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Every named address of the resolver, with what it takes from the patterns around it."""
    for each in patterns:
        pattern: Any = each.pattern
        taken = pattern.converters if hasattr(pattern, "converters") else {}
        parts = (*outer, *(taken or pattern.regex.groupindex))
        if isinstance(each, URLResolver):
            yield from routes(
                each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, parts
            )
        elif each.name:
            yield Route(space + each.name, parts, each.callback)


def _of_the_site() -> list[Route]:
    ours = [each for each in get_resolver().url_patterns if str(each.pattern) != "cms/"]
    return list(routes(ours))


def addresses(world: World, *, few: bool = False) -> Iterator[tuple[str, str]]:
    """Names and paths of the site; `few`: of the library some of each name. Raises: AssertionError for a name nobody feeds."""
    fed = feeds(world)
    for route in _of_the_site():
        if route.name in NOT_VISITED or route.name in NOT_FED:
            continue
        if not route.parts:
            yield route.name, reverse(route.name)
            continue
        assert route.name in fed, (
            f"The crawl does not know what {route.name} is about: give it keys in canary_world.feeds, and the world a word."
        )
        keys = fed[route.name]
        for kwargs in keys[:1] + keys[-2:] if few and route.name in OF_THE_LIBRARY else keys:
            yield route.name, reverse(route.name, kwargs=kwargs)


def unknown_names(world: World) -> set[str]:
    """Names that the lists here speak of and the resolver does not know."""
    every = {route.name for route in _of_the_site()}
    return (feeds(world).keys() | NOT_FED.keys() | NOT_VISITED.keys()) - every


def cms_addresses(world: World) -> Iterator[tuple[str, str]]:
    """Names and paths below /cms/, each with keys of what is hidden where it takes one."""
    (cms,) = (each for each in get_resolver().url_patterns if str(each.pattern) == "cms/")
    for route in routes([cms]):
        if "logout" in route.name or "login" in route.name:
            continue
        for kwargs in _cms_keys(world, route):
            try:
                yield route.name, reverse(route.name, kwargs=kwargs)
            except NoReverseMatch:
                continue


def _cms_keys(world: World, route: Route) -> list[dict[str, Any]]:
    if not route.parts:
        return [{}]
    model = getattr(route.view, "view_initkwargs", {}).get("model") or getattr(
        getattr(route.view, "view_class", None), "model", None
    )
    if not isinstance(model, type):
        model = None
    things = list(model._base_manager.order_by("-pk").values_list("pk", flat=True)[:2]) if model else []
    library = world.library
    draft, hidden = library.place.page, library.hidden[0][1]
    fixed: dict[str, Any] = {
        "app_label": "practice_library", "app_name": "practice_library", "content_type_app_name": "practice_library",
        "content_type_app_label": "practice_library", "model_name": "casestudypage", "content_type_model_name": "casestudypage",
        "parent_page_id": hidden.get_parent().pk, "revision_id": draft.latest_revision_id,
        "revision_id_a": "live", "revision_id_b": draft.latest_revision_id, "object_id": hidden.pk, "act": "restore",
        "action": "delete",
    }  # fmt: skip
    if route.name.endswith("tag_model_autocomplete"):
        fixed |= {"model_name": "keyword"}
    keys = []
    for thing in (things or [draft.pk, hidden.pk])[:2]:
        keys.append({part: fixed.get(part, thing) for part in route.parts})
    if {"uid"} & set(route.parts):
        keys = [{"uid": uid} for uid in OutcomeRating.objects.values_list("uid", flat=True)[:3]]
    return keys
