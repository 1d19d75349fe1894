"""The day of an article that has no line for it: in its file's path, or in its dateline.

A path says `2020/02/28/`, `2020-02-28-name` or `20200228_name`; a dateline opens the first paragraph:
`Quay Street, 3 March 2025 - The harbour …`.
"""

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
_YEAR, _MONTH, _DAY = rb"((?:19|20)\d\d)", rb"(0[1-9]|1[0-2])", rb"(0[1-9]|[12]\d|3[01])"
_PARTED = re.compile(rb"(?<!\d)" + _YEAR + rb"([-_./])" + _MONTH + rb"\2" + _DAY + rb"(?!\d)")
_TOGETHER = re.compile(rb"(?<![0-9A-Za-z])" + _YEAR + _MONTH + _DAY + rb"(?=[_\-. /]|T\d|$)")


def dateline_day(paragraph: str) -> dt.date | None:
    """The day that a paragraph's dateline gives."""
    match = _DATELINE.match(paragraph[:160])
    if match is None or match[0].split()[0].casefold().rstrip(",") in _NO_PLACE:
        return None
    day, places = find_date(match["day"])
    return day if len(places) == 1 else None


def path_day(relative: bytes) -> dt.date | None:
    """The day in a path; None where it has none, or two different ones in the name of the file."""
    folder, _, name = relative.rpartition(b"/")
    for part, found in ((name, _days(name)), (folder, _days(relative))):
        if len(set(found)) > 1 and part is name:
            return None
        if found:
            return found[-1]
    return None


def _days(text: bytes) -> list[dt.date]:
    found = []
    for pattern, groups in ((_PARTED, (1, 3, 4)), (_TOGETHER, (1, 2, 3))):
        for match in pattern.finditer(text):
            year, month, day = (int(match[group]) for group in groups)
            try:
                found.append(dt.date(year, month, day))
            except ValueError:
                continue
    return found
