"""A message of mail: subject, day and sender, the part that says most, its boilerplate apart."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty
from seedread_index.extract.formats.mail.headers import (
    decoded_words,
    header_of,
    sender_of,
    sent_of,
    source_of,
)
from seedread_index.extract.formats.mail.letter import blocks_of, is_answer, markup_as_mail, text_of_flowed
from seedread_index.extract.reasons import FieldPlace, Reason, Where, provenance
from seedread_index.extract.records.values import host_of

_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_NESTED = 60
MOST_PARTS = 400
_HEADER = re.compile(rb"^[!-9;-~]+:", re.MULTILINE)
_READABLE = ("text/plain", "text/html", "text/markdown", "text/enriched", "text/x-amp-html")
_ATTACHED_TEXT = ("text/plain", "text/html", "text/markdown")
_LACKING = 0.2
"""Markup is read where the plain part lacks more than this share of its different words."""

_ENRICHED = re.compile(r"<param>[^<]{0,200}</param>|(?<!<)</?[A-Za-z0-9-]{1,60}>", re.IGNORECASE)
"""The marks of enriched text (RFC 1896), in which a "<" is written twice."""
_FORWARDS = re.compile(r"\s*(?:fwd?|wg|tr|i|rv|enc|doorst|vs|vb)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINK = re.compile(r"https?://\S+")
_OF_HEADERS = provenance(Where.HEADER, title="Subject", author="From")
_ADDRESSES = ("Archived-At", "X-RSS-URL", "Content-Base")
"""Of which rss2email writes the second, and Thunderbird the third."""
_OF_PAGE = (FieldPlace("url", Where.HEADER, "Content-Location"), FieldPlace("source", Where.HOST))


def read_message(data: bytes, part: str | None) -> Found:
    """Read one message, or a web page that was saved as a message (MHTML)."""
    if len(_MULTIPART.findall(data)) > _MOST_NESTED:
        return broken("nests its parts too deeply; open it in a mail program")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        if not _HEADER.match(data.removeprefix(b"\xef\xbb\xbf")) and not message.keys():
            decoded = decode(data)
            return Found((Draft(decoded.text, part),)) if decoded else binary()
        if page := _saved_page(message):
            return page
        return read_parsed(message, part)
    except HOSTILE as error:
        return broken(
            f"is a message that cannot be parsed ({type(error).__name__}); open it in a mail program"
        )


def read_parsed(message: Message, part: str | None) -> Found:
    """Read a message that has been parsed."""
    letter = _Letter()
    letter.take(message)
    title = header_of(message, "subject")
    name, address = sender_of(message)
    bulk = message.get("list-unsubscribe") is not None
    blocks = blocks_of(
        "\n\n".join(letter.texts), bulk=bulk, answer=is_answer(title) or _answers(message, title)
    )
    blocks += [(f"Attachment: {attached}", Reason.ATTACHMENT) for attached in letter.attached]
    if not blocks and not title:
        if letter.damaged:
            return broken("has a damaged body; fetch it again")
        return empty("is a message without text; skipped")
    if letter.damaged and not any(letter.texts):
        return broken("has a damaged body; fetch it again")
    source, source_where, source_name = source_of(message, address)
    day, published, dated = sent_of(message)
    url, url_name = _address(message)
    if source is None and url_name != _ADDRESSES[0]:
        source, source_where, source_name = host_of(url), Where.HOST, ""
    draft = Draft(
        "\n\n".join(text for text, _ in blocks),
        part,
        title=title,
        date=day,
        published=published,
        author=name or address or None,
        source=source,
        lang=header_of(message, "content-language"),
        url=url,
        part_id=header_of(message, "message-id"),
        blocks=tuple(blocks),
        provenance=(
            *_OF_HEADERS,
            FieldPlace("date", Where.HEADER, dated),
            FieldPlace("url", Where.HEADER, url_name),
            FieldPlace("source", source_where, source_name),
        ),
    )
    return broken("has a damaged part; the rest is read", draft) if letter.damaged else Found((draft,))


class _Letter:
    """What is to be read of a message: its texts in order, and the names of what is attached."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.attached: list[str] = []
        self.damaged = False
        self._parts = 0

    def take(self, part: Message) -> None:
        """Take a part in, with those inside it."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            return
        kind = part.get_content_type()
        inner = [one for one in part.get_payload() if isinstance(one, Message)] if part.is_multipart() else []
        if kind == "message/rfc822" and inner:
            self._forwarded(_unpacked(part, inner[0]))
        elif kind == "multipart/alternative":
            self._alternative(inner)
        elif inner:
            for one in inner:
                self.take(one)
        else:
            self._leaf(part, kind)

    def _leaf(self, part: Message, kind: str) -> None:
        name = decoded_words(part.get_filename() or "")
        if name and (part.get_content_disposition() == "attachment" or kind not in _READABLE):
            self.attached.append(" ".join(name.split()))
            if kind not in _ATTACHED_TEXT:
                return
        elif kind not in _READABLE:
            return
        content, damaged = content_of(part)
        self.damaged = self.damaged or damaged
        if content.strip():
            self.texts.append(_as_text(part, kind, content))

    def _forwarded(self, message: Message) -> None:
        lines = [
            f"{name.title()}: {value}"
            for name in ("from", "subject", "date")
            if (value := header_of(message, name))
        ]
        if lines:
            self.texts.append("\n".join(lines))
        self.take(message)

    def _alternative(self, inner: list[Message]) -> None:
        """Read the alternative that has clearly more different words for a reader; the plain one else."""
        found: list[_Letter] = []
        for one in inner[:8]:
            letter = _Letter()
            letter.take(one)
            if any(text.strip() for text in letter.texts):
                found.append(letter)
            else:
                self.attached += letter.attached
                self.damaged = self.damaged or letter.damaged
        if not found:
            return
        best = found[0]
        for other in found[1:]:
            mine, others = best.words(), other.words()
            if len(others - mine) > _LACKING * len(others) and len(others) > len(mine):
                best = other
        self.texts += best.texts
        self.attached += best.attached
        self.damaged = self.damaged or best.damaged

    def words(self) -> set[str]:
        """The different words that a reader sees, addresses left out."""
        text = _LINK.sub(" ", "\n".join(self.texts))
        return {word.casefold() for word in _WORD.findall(text)}


def _unpacked(part: Message, inner: Message) -> Message:
    """A message in another one, which some programs encode against RFC 2046 (5.2.1)."""
    if str(part.get("content-transfer-encoding", "")).strip().casefold() != "base64" or inner.keys():
        return inner
    try:
        data = base64.b64decode(str(inner.get_payload()), validate=False)
    except ValueError:
        return inner
    return email.message_from_bytes(data, policy=email.policy.compat32)


def _as_text(part: Message, kind: str, content: str) -> str:
    if kind in {"text/html", "text/x-amp-html"}:
        return markup_as_mail(content)
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/enriched":
        return _ENRICHED.sub("", text).replace("<<", "<")
    if str(part.get_param("format", "")).casefold() == "flowed":
        return text_of_flowed(text, delete_space=str(part.get_param("delsp", "")).casefold() == "yes")
    return text


def content_of(part: Message) -> tuple[str, bool]:
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


def _answers(message: Message, subject: str | None) -> bool:
    """Whether a message whose subject does not say so answers another, and forwards none."""
    return message.get("in-reply-to") is not None and not _FORWARDS.match(subject or "")


def _address(message: Message) -> tuple[str | None, str]:
    """The address of what a message holds and its header: in a list's archive, or of a feed's entry."""
    for name in _ADDRESSES:
        found = (header_of(message, name) or "").strip("<> ")
        if found.startswith(("http://", "https://")):
            return found, name
    return None, _ADDRESSES[0]


def _saved_page(message: Message) -> Found | None:
    """The article of a web page that a browser saved as a message; None for a letter."""
    location = header_of(message, "snapshot-content-location")
    saved = (header_of(message, "from") or "").casefold()
    if location is None and "saved by" not in saved and message.get("to") is not None:
        return None
    related = message.get_content_type() == "multipart/related"
    if location is None and not (related and ("saved by" in saved or not saved)):
        return None
    from seedread_index.extract.web.page import read_markup

    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content, damaged = content_of(part)
            found = read_markup(content)
            url = location or header_of(part, "content-location")
            url = url if url and url.startswith(("http://", "https://")) else None
            host = urlsplit(url).hostname if url else None
            drafts = tuple(
                replace(
                    draft,
                    url=url or draft.url,
                    source=draft.source or (host or "").removeprefix("www.") or None,
                    provenance=(*draft.provenance, *_OF_PAGE),
                )
                for draft in found.drafts
            )
            if damaged and drafts:
                return broken("has a damaged part; the rest is read", *drafts)
            return Found(drafts, found.status, found.reason)
    return None
