"""Single sign-on by OpenID Connect, as the environment says. Nothing set: nothing shown, and no address answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = re.compile(r"[a-z][a-z0-9-]*")
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
YES = ("1", "on", "true", "yes")
ANY = "*"


def providers(told: Mapping[str, str]) -> dict[str, Any]:
    """allauth's SOCIALACCOUNT_PROVIDERS from OIDC_PROVIDERS and, for each name in it, OIDC_<NAME>_ISSUER and so on.

    docs/operations.md says what each means. Raises: ImproperlyConfigured where something is missing or unsafe.
    """
    names = [name for part in told.get("OIDC_PROVIDERS", "").split(",") if (name := part.strip())]
    return {
        "openid_connect": {
            "provider_class": "website.accounts.openid.StrictProvider",
            "APPS": [_app(name, told) for name in names],
        }
    }


def _app(name: str, told: Mapping[str, str]) -> dict[str, Any]:
    if not NAME.fullmatch(name) or name == "openid-connect":
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS: {name!r} is not a name of small letters, digits and hyphens."
        )
    prefix = f"OIDC_{name.upper().replace('-', '_')}_"
    given = {
        key: told.get(prefix + key, "").strip() for key in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
    }
    domains = [part.strip().lower() for part in told.get(f"{prefix}DOMAINS", "").split(",") if part.strip()]
    missing = [prefix + key for key, value in {**given, "DOMAINS": domains}.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"Single sign-on by {name} needs {', '.join(missing)}.")
    proves = told.get(f"{prefix}PROVES_ADDRESSES", "").strip().lower() in YES
    if proves and ANY in domains:
        raise ImproperlyConfigured(
            f"{prefix}PROVES_ADDRESSES needs {prefix}DOMAINS: nobody proves every address."
        )
    address = urlsplit(given["ISSUER"])
    if address.scheme != "https" and address.hostname not in ON_THIS_MACHINE:
        raise ImproperlyConfigured(f"{prefix}ISSUER must begin with https://.")
    return {
        "provider_id": name,
        "name": given["NAME"],
        "client_id": given["CLIENT_ID"],
        "secret": given["CLIENT_SECRET"],
        "settings": {
            "issuer": given["ISSUER"],
            "server_url": given["ISSUER"].rstrip("/"),
            "domains": domains,
            "proves_addresses": proves,
            "oauth_pkce_enabled": True,
        },
    }
