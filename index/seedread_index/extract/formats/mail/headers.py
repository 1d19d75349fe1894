"""The headers of a message: their text whatever charset it was sent in, the sender, the source."""

from __future__ import annotations

import email.errors
import email.header
import re
from email.message import Message
from email.utils import getaddresses

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE
from seedread_index.extract.reasons import Where

_LIST_NAME = re.compile(r"\s*(?P<name>[^<>]{0,200}?)\s*<(?P<id>[^<>]{1,200})>")
_MACHINE_NAME = re.compile(r"[0-9a-f]{16,}.*|\d{5,}", re.IGNORECASE)
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
