"""Mailboxes: their messages one after the other, each with an identity of its own."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import Draft, Drafts, Found, binary, broken, empty
from seedread_index.extract.formats.mail.message import read_message
from seedread_index.extract.formats.recognition import APPLE_MAIL
from seedread_index.extract.records.identity import identified

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAILBOX = re.compile(
    rb"(?:\A|\r?\n\r?\n)(From \S[^\r\n]{0,300}\d{4}[^\r\n]{0,300}\r?\n)(?=>?[!-9;-~]{1,60}:)"
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
LONGEST_MESSAGE = 32 << 20
"""Of a longer message, in bytes, only the start is read."""
_LONGEST_SEAM = 1 << 12
"""The line before a message and the start of its first header are shorter, in bytes."""
_CUT = f"has a message longer than {LONGEST_MESSAGE >> 20} MiB, only its start is read"


def read_mail(source: Source) -> Drafts:
    """Read a message, or each of a mailbox's, or a web page that was saved as a message (MHTML)."""
    if not source.head.strip():
        return empty()
    if b"\0" in source.head[:2000]:
        decoded = source.decoded()
        if decoded is None:
            return binary()
        if source.head.startswith(_WIDE) and (whole := decode(source.all())) is not None:
            source = Source.of(whole.text.encode("utf-8", "surrogatepass"))
    if above := APPLE_MAIL.match(source.head):
        return read_message(source.all()[above.end() :][: int(above[0])], None)
    if not source.head.startswith(b"From "):
        return read_message(source.all(), None)
    messages = messages_of(source.blocks())
    first = list(itertools.islice(messages, 2))
    if len(first) < 2:
        return _alone(first[0])
    mailbox = _Mailbox()
    yield from identified(mailbox.drafts(itertools.chain(first, messages)))
    return mailbox.found()


def messages_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The messages of a mailbox, which begins with one; of one that is too long the start and the end."""
    held, cut = bytearray(), b""
    searched = 0
    for block in itertools.chain(blocks, (None,)):
        held += block or b""
        start = 0
        for match in _MAILBOX.finditer(held, max(0, searched - 2 * _LONGEST_SEAM)):
            if block is not None and match.end() > len(held) - _LONGEST_SEAM:
                break
            if match.start(1) > start:
                yield cut + bytes(held[start : match.start(1)])
                start, cut = match.start(1), b""
        del held[:start]
        if len(held) > LONGEST_MESSAGE:
            cut = cut or bytes(held[: LONGEST_MESSAGE + 1])
            del held[: -2 * _LONGEST_SEAM]
        searched = len(held)
    if held:
        yield cut + bytes(held)


def _alone(data: bytes) -> Found:
    """The only message of a file."""
    found = read_message(data[:LONGEST_MESSAGE], None)
    return broken(_CUT, *found.drafts) if len(data) > LONGEST_MESSAGE and found.drafts else found


class _Mailbox:
    """Reads messages, and counts those that are lost or cut."""

    def __init__(self) -> None:
        self._lost = self._cut = 0

    def drafts(self, messages: Iterable[bytes]) -> Iterator[Draft]:
        """The drafts of messages, with their numbers."""
        for number, data in enumerate(messages, 1):
            self._cut += len(data) > LONGEST_MESSAGE
            message = read_message(_QUOTED_FROM.sub(rb"\1", data[:LONGEST_MESSAGE]), str(number))
            self._lost += message.status is not None
            yield from message.drafts

    def found(self) -> Found:
        """What was wrong with the mailbox."""
        if self._lost:
            return broken(f"has {self._lost:,} messages without readable text; the others are read")
        return broken(_CUT) if self._cut else Found()
