"""The form of one's photo. What the file holds is checked where it is taken over."""

from __future__ import annotations

from django import forms


class PhotoForm(forms.Form):
    """One file."""

    photo = forms.FileField(
        label="Photo",
        help_text="A JPEG, PNG or WebP file up to 8 MB. We keep a square of its middle, without place, time or camera.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
