"""Numbers under ten about people: they can point to a family, so editors are asked about them."""

from __future__ import annotations

import re

_NUMBER = r"(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)"
_PEOPLE = (
    r"(?:child(?:ren)?|babies|baby|infants?|siblings?|famil(?:y|ies)|parents?|mothers?|fathers?|carers?|girls?|boys?|"
    r"teenagers?|young people|young person|young women|young men|pupils?|care leavers?|households?)"
)
_SMALL = re.compile(
    rf"(?<![\w.,£%-]){_NUMBER}(?![\w.,%]*\d)(?:\s+(?:of|out of)\s+(?:the\s+)?[\w-]+)?(?:\s+[\w-]+){{0,2}}?\s+{_PEOPLE}\b",
    re.IGNORECASE,
)


def small_numbers(text: str) -> list[str]:
    """The passages that count fewer than ten people, as they stand in the text.

    "one" before a family or child is usually no count ("one plan for one family"), so it is only asked about
    when it is set against a total ("one of seven children").
    """
    found = (" ".join(match.group().split()) for match in _SMALL.finditer(text))
    return [words for words in found if not re.match(r"(?:one|1)\s+(?!of\b|out of\b)", words, re.IGNORECASE)]
