"""Where readers' comments begin: a head, a count, a notice to log in."""

from __future__ import annotations

import re

from seedread_index.extract.segmentation.words.lists import one_of

_HEAD = re.compile(
    rf"\W*(?:(?:all|see|show|view|alle|tous|todos)\s+)?\(?\d*\+?\)?\s*(?:{one_of('comments')})\s*(?:\(?\d+\+?\)?)?\W*(?:(?:on|to|zu|sur|на)\s.{{0,80}})?",
    re.IGNORECASE,
)
_LONGEST = 120


def opens_comments(text: str) -> bool:
    """Whether a line is the head of a readers' comments section."""
    return len(text) <= _LONGEST and _HEAD.fullmatch(text) is not None
