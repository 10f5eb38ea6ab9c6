"""One spelling of a name, so that "St. Helens", "st helens" and "St Helen's" are the same place."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc.]")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def normalise(name: str) -> str:
    """Case, accents, apostrophes, full stops, hyphens and "&" make no difference to which place is meant."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return _NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", letters)).strip()
