"""The day that stands in a file's path: `2020/02/28/`, `2020-02-28-name`, `20200228_name`."""

from __future__ import annotations

import datetime as dt
import re

_YEAR, _MONTH, _DAY = rb"((?:19|20)\d\d)", rb"(0[1-9]|1[0-2])", rb"(0[1-9]|[12]\d|3[01])"
_PARTED = re.compile(rb"(?<!\d)" + _YEAR + rb"([-_./])" + _MONTH + rb"\2" + _DAY + rb"(?!\d)")
_TOGETHER = re.compile(rb"(?<![0-9A-Za-z])" + _YEAR + _MONTH + _DAY + rb"(?=[_\-. /]|T\d|$)")


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
