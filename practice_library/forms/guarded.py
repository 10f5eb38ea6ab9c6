"""Forms of the CMS that refuse words which were taken out of sight, wherever they are typed or pasted."""

from __future__ import annotations

from typing import Any

from website.passages.cutting import cut
from website.passages.prints import finder

#: Of the words that are refused, so many are quoted: enough to find them.
QUOTED = 40


class GuardedForm:
    """Mixed in before Wagtail's forms. Rows and streams come with the same request, so all of it is looked through."""

    def clean(self) -> Any:
        """Refuse with the first words, so that whoever typed them finds them."""
        from ..models import TakenPassage

        cleaned = super().clean()  # type: ignore[misc]
        instance, data = self.instance, self.data  # type: ignore[attr-defined]
        guards = TakenPassage.objects.guarding(instance.guarded_entries() if instance.pk else [])
        if guards and data:
            values = [value for name in data for value in data.getlist(name)]
            for words in dict.fromkeys(cut(values, finder(guards))[1]):
                self.add_error(  # type: ignore[attr-defined]
                    None,
                    f"“{words[:QUOTED]}…” was taken out because of a report, and cannot be put back. Leave it out.",
                )
        return cleaned
