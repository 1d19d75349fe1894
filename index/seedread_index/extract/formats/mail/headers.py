"""The headers of a message: their text whatever charset it was sent in, the sender, the source, the day."""

from __future__ import annotations

import datetime as dt
import email.errors
import email.header
import re
from email.message import Message
from email.utils import getaddresses

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE
from seedread_index.extract.reasons import Where
from seedread_index.extract.records.values import published_of
from seedread_index.extract.segmentation.header.date_lines import metadata_date

_LIST_NAME = re.compile(r"\s*(?P<name>[^<>]{0,200}?)\s*<(?P<id>[^<>]{1,200})>")
_MACHINE_NAME = re.compile(r"[0-9a-f]{16,}.*|\d{5,}", re.IGNORECASE)
_SENT = (
    "date",
    "sent",
    "resent-date",
    "original-date",
    "x-original-date",
    "nntp-posting-date",
    "delivery-date",
)
"""Headers of the day, the surest first."""

_HIDDEN_ADDRESS = re.compile(
    r"(?P<user>[\w.+-]+) at (?P<host>[\w-]+(?:\.[\w-]+)+)(?: (?P<rest>\(.{1,200}\)))?"
)
"""A sender as the archives of Mailman have it."""
_MAILBOX_DAY = re.compile(
    r"(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) [\d:]{4,8} .{0,12}?(?P<year>(?:19|20)\d\d)\b"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")


def header_of(message: Message, name: str) -> str | None:
    """A header's text on one line, encoded words decoded; None where it is missing."""
    value = message.get(name)
    if value is None:
        return None
    text = decoded_words(_raw(value, message.get_content_charset()))
    return " ".join(text.split()) or None


def _raw(value: object, charset: str | None) -> str:
    """A header as it was sent: bytes that are no ASCII are UTF-8, else in the charset of the body."""
    written = getattr(value, "_chunks", None)
    text = "".join(chunk for chunk, _ in written) if written else str(value)
    if not any("\udc80" <= character <= "\udcff" for character in text):
        return text
    decoded = decode(text.encode("utf-8", "surrogateescape"), declared=charset)
    return decoded.text if decoded else str(value)


def decoded_words(text: str) -> str:
    """A header with its encoded words decoded, by whatever of them is sound."""
    if "=?" not in text:
        return text
    text = " ".join(text.split())
    pieces = []
    try:
        for piece, charset in email.header.decode_header(text):
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                decoded = decode(piece, declared=charset)
                pieces.append(decoded.text if decoded else piece.decode("latin-1"))
    except (email.errors.HeaderParseError, *HOSTILE):
        return text
    return "".join(pieces)


def sender_of(message: Message) -> tuple[str | None, str | None]:
    """The name and the address of who sent a message.

    They are told apart before encoded words are decoded: a comma in a name parts no addresses.
    """
    value = message.get("from")
    if value is None:
        return None, None
    sent = " ".join(_raw(value, message.get_content_charset()).split())
    if hidden := _HIDDEN_ADDRESS.fullmatch(sent):
        sent = f"{hidden['user']}@{hidden['host']} {hidden['rest'] or ''}"
    pairs = getaddresses([sent])
    name, address = next((pair for pair in pairs if "@" in pair[1]), ("", ""))
    if not any(map(str.isalpha, name)):
        before = sent.partition("<")[0].strip(" ,_\"'")
        name = before if "@" not in before else ""
    name = " ".join(decoded_words(name).split())
    if name[:1] in {"'", '"'} and name.endswith(name[0]):
        name = name.strip("\"' ")
    return name or None, address.strip("<> ") or None


def source_of(message: Message, address: str | None) -> tuple[str | None, Where, str]:
    """The name of the list that a message came by, else the domain of its sender; and where it stands.

    A list that a machine has named by a number says nothing of who writes.
    """
    domain = (address or "").rpartition("@")[2].lower()
    sent = domain if _DOMAIN.fullmatch(domain) else None
    if (listed := header_of(message, "list-id")) and (match := _LIST_NAME.match(listed)):
        name = match["name"].strip(" \"'")
        if name and not _MACHINE_NAME.fullmatch(name):
            return name, Where.HEADER, "List-Id"
        label, _, rest = match["id"].partition(".")
        if not _MACHINE_NAME.fullmatch(label) or sent is None:
            return rest or label, Where.HEADER, "List-Id"
    return sent, Where.SENDER, ""


def sent_of(message: Message) -> tuple[dt.date | None, str | None, str]:
    """The day on which a message was sent, its time, and the header they are read in.

    Where no header of the sender tells it, the first server that received the message does, or the line that
    parts it from the others in a mailbox.
    """
    for name in _SENT:
        written = header_of(message, name)
        if day := metadata_date(written):
            return day, published_of(written), name.title()
    received = [" ".join(str(value).split()).rpartition(";")[2] for value in message.get_all("received", [])]
    for written in reversed(received):
        if day := metadata_date(written):
            return day, published_of(written), "Received"
    return metadata_date(_day_of_line(message.get_unixfrom())), None, "From"


def _day_of_line(line: str | None) -> str | None:
    """The date of a line of a mailbox, "From a@b Fri Mar  5 10:00:00 2021", as it is elsewhere."""
    match = _MAILBOX_DAY.search(line or "")
    return f"{match['day']} {match['month']} {match['year']}" if match else None
