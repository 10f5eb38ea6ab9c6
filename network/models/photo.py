"""The picture of a member: in the database, so that it is restored and erased with the profile and never lies in public."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone

from .profile import Profile


class Photo(models.Model):
    """One square JPEG that we made ourselves. In a table of its own: lists of profiles do not carry it along."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, primary_key=True, related_name="photo")
    data = models.BinaryField()
    taken_over_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Photo of {self.profile_id}"

    @property
    def etag(self) -> str:
        """What tells this picture from the next one."""
        return f'"{hashlib.blake2b(bytes(self.data), digest_size=16).hexdigest()}"'
