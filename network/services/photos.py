"""A photo is taken over as a new picture of ours: nothing of the file that was sent is kept."""

from __future__ import annotations

import io
import warnings
from typing import IO, Final

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageOps
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from .. import permissions
from ..models import Photo, Profile

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
SIDE: Final = 400  # pixels
KINDS: Final = ("JPEG", "PNG", "WEBP")


class NotAPhoto(ValueError):
    """The file cannot be taken over, in words for whoever sent it."""


@transaction.atomic
def take_photo_over(*, person: User, file: IO[bytes], size: int) -> Photo:
    """Keep a square of the picture in the place of any former one. Raises: NotAllowed, NotAPhoto."""
    require(permissions.can_keep_profile(person))
    profile = Profile.objects.select_for_update().get(person=person)
    made = {"data": as_square(file, size=size), "taken_over_at": timezone.now()}
    photo, _ = Photo.objects.update_or_create(profile=profile, defaults=made)
    record("photo.taken_over", profile, by=person)
    return photo


@transaction.atomic
def remove_photo(*, person: User) -> None:
    """Forget the picture."""
    profile = Profile.objects.select_for_update().get(person=person)
    Photo.objects.filter(profile=profile).delete()
    record("photo.removed", profile, by=person)


def as_square(file: IO[bytes], *, size: int) -> bytes:
    """The middle of a JPEG, PNG or WebP as a JPEG of SIDE x SIDE pixels, without place, time, camera or comment.

    What kind it is follows from its content; its name is not asked. Size and pixels are checked before anything is
    unpacked. Raises: NotAPhoto.
    """
    if size > MOST_BYTES:
        raise NotAPhoto("The file is larger than 8 MB. Choose a smaller one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAPhoto("The picture has too many pixels. Choose a smaller one.")
        if getattr(picture, "n_frames", 1) > 1:
            raise NotAPhoto("The picture moves. Choose one that stands still.")
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except NotAPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto("The picture has too many pixels. Choose a smaller one.") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError) as error:
        raise NotAPhoto("This is not a picture that we can read. Choose a JPEG, PNG or WebP file.") from error
    square = ImageOps.fit(upright, (SIDE, SIDE))
    ours = Image.new("RGB", (SIDE, SIDE), "white")
    ours.paste(square, mask=square.getchannel("A"))
    made = io.BytesIO()
    ours.save(made, "JPEG", quality=85)
    return made.getvalue()
