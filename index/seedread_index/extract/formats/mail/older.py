"""Mailboxes of older programs: MMDF, Babyl of Emacs, and the batches in which news were sent (rnews)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MMDF = re.compile(rb"^\x01{4}\r?\n", re.MULTILINE)
_SENDER_LINE = re.compile(rb"From \S[^\n]*\n")
_BABYL = re.compile(rb"\x1f\s*(?:\x0c\s*\n|\Z)")
_HEADERS_SHOWN = re.compile(rb"^\*\*\* EOOH \*\*\*\r?\n", re.MULTILINE)
"""Below it stand the headers that Emacs shows, and the text; above it flags, and perhaps all headers."""
_BATCH = re.compile(rb"^#! rnews \d+[ \t]*\r?\n", re.MULTILINE)


def is_older_mailbox(head: bytes) -> bool:
    """Whether a file begins as one of these mailboxes does."""
    return head.startswith((b"\x01\x01\x01\x01", b"BABYL OPTIONS:", b"#! rnews "))


def messages_of_older(data: bytes) -> Iterator[bytes]:
    """The messages of such a mailbox, one after the other."""
    if data.startswith(b"#! rnews "):
        yield from filter(None, _BATCH.split(data))
    elif data.startswith(b"BABYL"):
        for piece in _BABYL.split(data)[1:]:
            if piece.strip():
                yield _HEADERS_SHOWN.split(piece, maxsplit=1)[-1].lstrip()
    else:
        for piece in _MMDF.split(data):
            if piece.strip():
                sender = _SENDER_LINE.match(piece)
                yield piece[sender.end() :] if sender else piece
