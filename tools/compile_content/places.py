"""Who leads a place and who its partners are: authorities, other organisations, or plain names."""

from __future__ import annotations

from .reading import Material, Refused, Row, read_decision
from .wording import slugify

SEVERAL = "several-places"
NOT_NAMED = "place-not-named"


class Places:
    """Organisations by name and slug."""

    def __init__(self, material: Material) -> None:
        decision = read_decision("places")
        self.leads: dict[str, str] = decision["leads"]
        self.countries: dict[str, str] = decision["country"]
        self._renamed: dict[str, str] = decision["partner_names"]
        self.organisations: list[Row] = []
        self._slug_by_name: dict[str, str] = {}
        self.names: dict[str, str] = {SEVERAL: "several places", NOT_NAMED: "a place that is not named"}
        self.authorities: set[str] = set()
        for row in material.authorities:
            self._authority(row["name"], row["name"].split(",")[0])
        for row in material.former:
            if slugify(row["nice-name"]) not in self.names:
                self._authority(row["nice-name"], row["nice-name"])
        for kind, rows in read_decision("organisations").items():
            for row in rows:
                if row["slug"] in self.names:
                    raise Refused(f"organisations: {row['slug']} stands twice")
                self.names[row["slug"]] = row["name"]
                self.organisations.append(
                    {"slug": row["slug"], "name": row["name"], "kind": kind}
                    | ({"aliases": row["aliases"]} if "aliases" in row else {})
                )
                for name in [row["name"], *row.get("aliases", [])]:
                    self._slug_by_name[name] = row["slug"]
        self.organisations.sort(key=lambda row: row["slug"])

    def _authority(self, name: str, plain: str) -> None:
        """An authority's slug is that of its name up to the first comma (Bristol, City of: bristol)."""
        slug = slugify(plain)
        if slug in self.names:
            raise Refused(f"authorities: two have the slug {slug}")
        self.names[slug] = plain
        self.authorities.add(slug)
        self._slug_by_name[name] = slug
        self._slug_by_name[plain] = slug

    def slug(self, name: str) -> str | None:
        """The organisation that a name means, if it plainly means one."""
        return self._slug_by_name.get(self._renamed.get(name, name))

    def lead(self, row: Row) -> str:
        """Who leads a row: its authority, else who its source names, never a guess."""
        if row["authority"]:
            slug = self.slug(row["authority"])
            if slug is None:
                raise Refused(f"{row['id']}: unknown authority {row['authority']!r}")
            return slug
        if row["id"] in self.leads:
            return self.known(self.leads[row["id"]])
        for partner in row["partners"]:
            slug = self.slug(partner)
            if slug is not None and slug not in self.authorities:
                return slug
        return SEVERAL

    def known(self, slug: str) -> str:
        """The slug, if it is one of ours."""
        if slug not in self.names:
            raise Refused(f"unknown lead organisation {slug!r}")
        return slug

    def partners(self, names: list[str], lead: str) -> list[str]:
        """Partner names for readers, without the lead itself; authorities under their plain name."""
        kept = []
        for name in names:
            slug = self.slug(name)
            if slug != lead:
                kept.append(self.names[slug] if slug else name)
        return list(dict.fromkeys(kept))

    def named(self, partners: list[str]) -> list[str]:
        """Those of the partners that are plainly one organisation."""
        return [name for name in partners if self.slug(name) is not None]
