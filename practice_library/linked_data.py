"""What machines read of a page: schema.org data in a block that no browser runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from website.places.models import Organisation

#: Nothing in the data can end the script element or begin a comment in it.
_FOR_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def in_script(data: dict[str, Any]) -> SafeString:
    """The data as JSON, safe inside a script element of type application/ld+json."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_FOR_SCRIPT))


def organisation_data(place: Organisation, *, url: str) -> SafeString:
    """An authority or another organisation: its names, its codes and where it is. It has no person in it."""
    names = dict.fromkeys(name for name in (place.name, place.official_name) if name != place.short_name)
    codes = {"ONS code": place.ons_code, "DfE number": place.dfe_number}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization" if place.is_authority else "Organization",
        "@id": url,
        "name": place.short_name,
        "url": url,
        "alternateName": [name for name in names if name],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": code}
            for name, code in codes.items()
            if code
        ],
    }
    if place.region:
        data["areaServed"] = {
            "@type": "AdministrativeArea",
            "name": place.short_name,
            "containedInPlace": {"@type": "AdministrativeArea", "name": place.get_region_display()},
        }
    if place.website:
        data["sameAs"] = f"https://{place.website}/"
    if place.start:
        data["foundingDate"] = place.start.isoformat()
    if place.end:
        data["dissolutionDate"] = place.end.isoformat()
    return in_script({name: value for name, value in data.items() if value})
