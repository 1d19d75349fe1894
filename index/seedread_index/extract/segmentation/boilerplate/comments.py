"""Where readers' comments begin: a head, a count, a notice to log in."""

from __future__ import annotations

import re

from seedread_index.extract.segmentation.words.lists import one_of, phrases_of

_HEAD = re.compile(
    rf"\W*(?:(?:all|see|show|view|alle|tous|todos)\s+)?\(?\d*\+?\)?\s*(?:{one_of('comments')})\s*(?:\(?\d+\+?\)?)?\W*(?:(?:on|to|zu|sur|на)\s.{{0,80}})?",
    re.IGNORECASE,
)
_LONGEST = 120


def opens_comments(text: str) -> bool:
    """Whether a line is the head of a readers' comments section."""
    return len(text) <= _LONGEST and _HEAD.fullmatch(text) is not None


_LOGIN, _COMMENT = frozenset(phrases_of("login")), frozenset(phrases_of("comment_words"))
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 26


def begins_comments(text: str) -> bool:
    """Whether a line is the head of readers' comments, or a notice to log in for writing one."""
    if len(text) > 2 * _LONGEST:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) <= _MOST_WORDS and not _COMMENT.isdisjoint(words) and not _LOGIN.isdisjoint(words):
        return True
    return opens_comments(text)
