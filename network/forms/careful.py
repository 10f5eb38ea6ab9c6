"""A form whose text is looked through before it is sent: what looks like case details is shown, and the writer decides."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from ..case_details import mark_of, notice

LOOKED, SURE = "looked_at", "sure"


class CarefulForm(forms.Form):
    """Asks for a yes to exactly what was noticed. Nothing typed is lost, and a yes to one passage is no yes to the next."""

    #: The fields that are looked through.
    careful: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Ask where something was noticed that the writer has not said yes to."""
        said = super().clean() or {}
        noticed = notice("\n\n".join(str(said.get(name) or "") for name in self.careful))
        if not noticed:
            return said
        mark = mark_of(noticed)
        if self.data.get(SURE) and self.data.get(LOOKED) == mark:
            return said
        self.fields[SURE] = forms.BooleanField(
            label="I have looked: none of it says who a child or a family is", required=False
        )
        self.fields[LOOKED] = forms.CharField(widget=forms.HiddenInput, required=False)
        again: Any = self.data.copy()  # type: ignore[attr-defined]
        again[LOOKED] = mark
        again.pop(SURE, None)
        self.data = again
        passages = "; ".join(f"“{each.passage}” looks like {each.what}" for each in noticed[:6])
        self.add_error(
            None,
            f"Nothing has been sent. {passages}. Change it, or tick the box at the end and send again.",
        )
        return said
