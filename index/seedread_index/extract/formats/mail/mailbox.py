"""Mailboxes and digests: their messages one after the other, each with an identity of its own.

Mailboxes are those of Unix, MMDF, Babyl of Emacs, and the batches in which news were sent (rnews).
"""

from __future__ import annotations

import codecs
import email
import email.policy
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import Message
from itertools import islice

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty
from seedread_index.extract.formats.mail.letter import is_answer
from seedread_index.extract.formats.mail.message import MOST_PARTS, content_of, read_message, read_parsed
from seedread_index.extract.formats.recognition import APPLE_MAIL
from seedread_index.extract.records.identity import identified

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAILBOX = re.compile(
    rb"(?:\A|\r?\n\r?\n)(From \S[^\r\n]{0,300}\d{4}[^\r\n]{0,300}\r?\n)(?=>?[!-9;-~]{1,60}:)"
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
LONGEST_MESSAGE = 32 << 20
"""Of a longer message, in bytes, only the start is read."""
_MMDF = re.compile(rb"^\x01{4}\r?\n", re.MULTILINE)
_SENDER_LINE = re.compile(rb"From \S[^\n]*\n")
_BABYL = re.compile(rb"\x1f\s*(?:\x0c\s*\n|\Z)")
_HEADERS_SHOWN = re.compile(rb"^\*\*\* EOOH \*\*\*\r?\n", re.MULTILINE)
"""Below it stand the headers that Emacs shows, and the text; above it flags, and perhaps all headers."""
_BATCH = re.compile(rb"^#! rnews \d+[ \t]*\r?\n", re.MULTILINE)
_DIGEST = re.compile(rb"digest", re.IGNORECASE)
_LEAST_DIGEST = 2
_DIGESTED = re.compile(
    r"^[-_=*]{20,80}[ \t]*\n\s*(?:Message: \d+[ \t]*\n\s*)?"
    r"(?P<headers>(?:[ \t]{0,4}[A-Z][A-Za-z-]{1,30}:(?:[ \t][^\n]*)?\n(?:[ \t]+\S[^\n]*\n){0,8}){2,20})",
    re.MULTILINE,
)
_NAMED = re.compile(r"^[ \t]{0,4}(From|Subject|Date):", re.MULTILINE)
_DIGEST_END = re.compile(
    r"^(?:-{20,}[ \t]*\n\s*)?(?:End of [^\n]{0,80}\bDigest\b|Subject: Digest Footer|-{20,}[ \t]*\n\s*\Z)",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"^- (?=-)", re.MULTILINE)
"""The dash before a line of dashes (RFC 934)."""
_INDENTED = re.compile(r"^[ \t]{1,4}(?=[A-Z][A-Za-z-]*:)", re.MULTILINE)

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
    if _is_older(source.head):
        older = _Mailbox()
        yield from identified(older.drafts(_messages_of_older(source.all())))
        return older.found()
    if above := APPLE_MAIL.match(source.head):
        return _read(source.all()[above.end() :][: int(above[0])], None)
    if not source.head.startswith(b"From "):
        return _read(source.all(), None)
    messages = messages_of(source.blocks())
    first = list(itertools.islice(messages, 2))
    if len(first) < 2:
        return _alone(first[0])
    mailbox = _Mailbox()
    yield from identified(mailbox.drafts(itertools.chain(first, messages)))
    return mailbox.found()


def _read(data: bytes, part: str | None) -> Found:
    """Read a message, or each of those that a list has sent in one."""
    found = read_message(data, part)
    if found.status is None and not is_answer(found.drafts[0].title) and _DIGEST.search(data):
        try:
            drafts = _digest(email.message_from_bytes(data, policy=email.policy.compat32), found.drafts[0])
        except HOSTILE:
            drafts = []
        return Found(tuple(identified(drafts))) if drafts else found
    return found


def _digest(message: Message, whole: Draft) -> list[Draft]:
    """The messages within one; what they do not say, the `whole` says. None where it is one message."""
    letters = list(_digested(message))
    if len(letters) < _LEAST_DIGEST:
        letters = _plain_digest(message)
    if len(letters) < _LEAST_DIGEST:
        return []
    number = f"{whole.part}." if whole.part else ""
    drafts = []
    for place, letter in enumerate(letters, 1):
        for draft in read_parsed(letter, f"{number}{place}").drafts:
            day = draft.date or whole.date
            drafts.append(replace(draft, source=whole.source, lang=draft.lang or whole.lang, date=day))
    return drafts


def _digested(message: Message) -> Iterator[Message]:
    """The messages in the parts of a message that are digests (RFC 2046, 5.1.5)."""
    for digest in islice(message.walk(), MOST_PARTS):
        if digest.get_content_type() != "multipart/digest" or not digest.is_multipart():
            continue
        for part in digest.get_payload():
            letter = part.get_payload(0) if isinstance(part, Message) and part.is_multipart() else part
            if isinstance(letter, Message) and letter.keys():
                yield letter


def _plain_digest(message: Message) -> list[Message]:
    """The messages in the text of a digest, each below a rule and with its own headers (RFC 1153)."""
    plain = next((one for one in message.walk() if one.get_content_type() == "text/plain"), None)
    if plain is None or plain.is_multipart():
        return []
    text = content_of(plain)[0].replace("\r\n", "\n")
    starts = [match for match in _DIGESTED.finditer(text) if len(set(_NAMED.findall(match["headers"]))) > 1]
    if len(starts) < _LEAST_DIGEST:
        return []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    letters = []
    for start, end in zip(starts, ends, strict=True):
        body = _DIGEST_END.split(text[start.end() : end], maxsplit=1)[0]
        headers = _INDENTED.sub("", start["headers"])
        letter = email.message_from_string(headers + "\n", policy=email.policy.compat32)
        letter.set_payload(_ESCAPED.sub("", body), "utf-8")
        letters.append(letter)
    return letters


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


def _is_older(head: bytes) -> bool:
    """Whether a file begins as one of these mailboxes does."""
    return head.startswith((b"\x01\x01\x01\x01", b"BABYL OPTIONS:", b"#! rnews "))


def _messages_of_older(data: bytes) -> Iterator[bytes]:
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


def _alone(data: bytes) -> Found:
    """The only message of a file."""
    found = _read(data[:LONGEST_MESSAGE], None)
    return broken(_CUT, *found.drafts) if len(data) > LONGEST_MESSAGE and found.drafts else found


class _Mailbox:
    """Reads messages, and counts those that are lost or cut."""

    def __init__(self) -> None:
        self._lost = self._cut = 0

    def drafts(self, messages: Iterable[bytes]) -> Iterator[Draft]:
        """The drafts of messages, with their numbers."""
        for number, data in enumerate(messages, 1):
            self._cut += len(data) > LONGEST_MESSAGE
            message = _read(_QUOTED_FROM.sub(rb"\1", data[:LONGEST_MESSAGE]), str(number))
            self._lost += message.status is not None
            yield from message.drafts

    def found(self) -> Found:
        """What was wrong with the mailbox."""
        if self._lost:
            return broken(f"has {self._lost:,} messages without readable text; the others are read")
        return broken(_CUT) if self._cut else Found()
