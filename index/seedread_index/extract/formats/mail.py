"""Mail messages: subject, date, sender and the plain text, or the HTML where there is none."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage, Message
from email.utils import parseaddr

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty
from seedread_index.extract.formats.plain_html import text_of
from seedread_index.extract.segmentation.dates import metadata_date

_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_NESTED = 60
_MOST_PARTS = 400
_MAILBOX = re.compile(rb"^From \S+.*\d{4}[ \t]*\r?\n", re.MULTILINE)
_HEADER = re.compile(rb"^[!-9;-~]+:", re.MULTILINE)


def read_mail(data: bytes) -> Found:
    """Read a message, or each of a mailbox's."""
    if not data.strip():
        return empty()
    if b"\0" in data[:2000] and decode(data) is None:
        return binary()
    starts = [match.start() for match in _MAILBOX.finditer(data)] if data.startswith(b"From ") else []
    if len(starts) < 2:
        return _message(data, None)
    messages = [
        _message(data[start:end], str(number))
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1)
    ]
    drafts = tuple(draft for message in messages for draft in message.drafts)
    lost = sum(message.status is not None for message in messages)
    return (
        broken(f"has {lost} messages without readable text; the others are read", *drafts)
        if lost
        else Found(drafts)
    )


def _message(data: bytes, part: str | None) -> Found:
    if len(_MULTIPART.findall(data)) > _MOST_NESTED:
        return broken("has parts within parts without end; look at it in a mail program")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        if not _HEADER.match(data.removeprefix(b"\xef\xbb\xbf")) and not message.keys():
            decoded = decode(data)
            return Found((Draft(decoded.text, part),)) if decoded else binary()
        text, damaged = _text(message)
        draft = Draft(
            text,
            part,
            title=_header(message, "subject"),
            date=metadata_date(_header(message, "date")),
            author=parseaddr(_header(message, "from") or "")[0] or None,
            lang=_header(message, "content-language"),
        )
    except HOSTILE as error:
        return broken(
            f"is a message that cannot be parsed ({type(error).__name__}); look at it in a mail program"
        )
    if damaged and not text.strip():
        return broken("has a damaged body; fetch it again")
    if not text.strip():
        return empty("is a message without text; nothing to do")
    return broken("has a damaged part; the rest is read", draft) if damaged else Found((draft,))


def _text(message: Message) -> tuple[str, bool]:
    """The readable text of a message, and whether a part of it was damaged."""
    plain: list[str] = []
    marked: list[str] = []
    damaged = False
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or part.get_filename() or kind not in {"text/plain", "text/html"}:
            continue
        content, damaged = _content(part)
        damaged = damaged or damaged
        (plain if kind == "text/plain" else marked).append(content)
    if any(content.strip() for content in plain):
        return "\n\n".join(content for content in plain if content.strip()), damaged
    return "\n\n".join(text_of(content) for content in marked), damaged


def _content(part: Message) -> tuple[str, bool]:
    """The decoded content of one part, and whether its transfer encoding was damaged."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return "", True
    damaged = any("Base64" in type(defect).__name__ for defect in part.defects)
    if damaged and not re.search(rb"[A-Za-z]{3}.*\s", payload):
        return "", True
    raw = part.get_payload()
    if damaged and isinstance(raw, str) and payload.strip() == raw.encode("utf-8", "replace").strip():
        return "", True
    decoded = decode(payload, declared=part.get_content_charset())
    return (decoded.text, damaged) if decoded else ("", bool(payload))


def _header(message: Message, name: str) -> str | None:
    """A header's text, encoded words decoded; None where it is missing."""
    value = message.get(name)
    if value is None:
        return None
    try:
        modern = EmailMessage(policy=email.policy.default)
        modern[name] = str(value).replace("\r", "").replace("\n", " ")
        return str(modern[name])
    except HOSTILE:
        return str(value)
