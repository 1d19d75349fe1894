"""The day in a dateline, which opens the first paragraph: `Quay Street, 3 March 2025 - The harbour …`."""

from __future__ import annotations

import datetime as dt
import re

from seedread_index.extract.segmentation.header.date_lines import find_date

_NAME = r"[^\W\d_a-zà-ÿа-я][\w.'’-]*"
_PLACE = rf"{_NAME}(?:[ /-](?:(?:of|the|am|an|der|de|la|le|sur|upon|on)[ -])*{_NAME}){{0,4}}"
_AGENCY = r"(?:\s*\([^()\n]{2,40}\)|\s*/[A-Z][\w ]{2,30}/)?"
_END = r"(?:\s+[-–—]{1,2}\s*|\s*[–—]\s*|\s?--\s?|:\s?|\.\s?[-–—]\s?)(?=\S)"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s{_PLACE})?(?:\s*[,/(]\s*|\s+)(?P<day>[^\n()–—:]{{6,30}}?\d{{1,4}})\)?{_AGENCY}{_END}"
)
_NO_PLACE = frozenset(
    (
        "in",
        "on",
        "at",
        "the",
        "by",
        "from",
        "since",
        "until",
        "before",
        "after",
        "a",
        "an",
        "for",
        "it",
        "as",
        "am",
    )
)


def dateline_day(paragraph: str) -> dt.date | None:
    """The day that a paragraph's dateline gives."""
    match = _DATELINE.match(paragraph[:160])
    if match is None or match[0].split()[0].casefold().rstrip(",") in _NO_PLACE:
        return None
    day, places = find_date(match["day"])
    return day if len(places) == 1 else None
