"""Conventions that a changed setting could break without a sound, as Django system checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

CSP_AFTER = "csp.middleware.CSPMiddleware"
CMS_POLICY = "website.content_security.CmsPolicyMiddleware"
SIGNED_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
SECOND_FACTOR = "website.accounts.middleware.SecondFactorMiddleware"
CMS_DOOR = "website.accounts.middleware.CmsDoorMiddleware"


@register(Tags.database)
def sqlite_takes_the_write_lock_first(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """SQLite has no row locks: a transition that reads, then writes, is only safe under IMMEDIATE."""
    wrong = [
        alias
        for alias in (databases if databases is not None else list(settings.DATABASES))
        if connections[alias].vendor == "sqlite"
        and connections[alias].settings_dict.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE"
    ]
    return [
        Error(
            f"SQLite ({alias}) must open transactions with IMMEDIATE.",
            hint='Set OPTIONS["transaction_mode"] = "IMMEDIATE" in settings.base.',
            id="website.E001",
        )
        for alias in wrong
    ]


@register(Tags.security)
def public_pages_run_no_inline_code(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One "unsafe-inline" in the public policy would undo it for every page."""
    directives = cast(dict[str, list[object]], settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    loose = [
        name for name, sources in directives.items() if any("unsafe" in str(source) for source in sources)
    ]
    return [
        Error(
            f"The public content security policy allows unsafe sources in {name}.",
            hint="Put the code in a file, or give the one script the request's nonce.",
            id="website.E002",
        )
        for name in loose
    ]


@register(Tags.security)
def middleware_stands_in_order(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The CMS's policy is set before the header is written, and the second factor asked once the user is known."""
    order = list(settings.MIDDLEWARE)
    return [
        Error(f"{later} must be listed after {earlier}.", id="website.E003")
        for earlier, later in ((CSP_AFTER, CMS_POLICY), (SIGNED_IN, SECOND_FACTOR), (SIGNED_IN, CMS_DOOR))
        if earlier not in order or later not in order or order.index(later) < order.index(earlier)
    ]


@register(Tags.security, deploy=True)
def roles_that_change_things_prove_themselves_twice(
    app_configs: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """Deployed without a second factor, one leaked password rewrites the library."""
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        Error(
            "CMS users may sign in with a password alone.",
            hint="Leave REQUIRE_SECOND_FACTOR on.",
            id="website.E004",
        )
    ]
