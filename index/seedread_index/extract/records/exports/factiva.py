"""Exports of Factiva: blocks of labels from HD to AN, or plain pieces that end in a document's number."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from seedread_index.extract.decoding.source import lines_of
from seedread_index.extract.draft import Draft
from seedread_index.extract.records.exports.pieces import Piece, blocks, day_in, unwrapped

_CODES = (
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD ART CT RF CO IN NS RE IPC IPD PUB AN NGC GC DLN CX CLM"
    " RST"
)
_CODE = re.compile(rf"[ \t]*({'|'.join(_CODES.split())})(?:[ \t\u00a0]+(\S.*)|[ \t\u00a0]*)$")
_NUMBER = re.compile(r"[ \t]*(?:Document|Dokument|Documento) ([A-Z0-9]{8,}[a-z0-9]{5,})[ \t]*$")
_WORDS = re.compile(r"[\d,.]+ (?:words|mots|Wörter|palabras|parole|palavras|woorden|слов)$", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright)", re.IGNORECASE)


def factiva_articles(head: str, text: io.TextIOBase) -> Iterator[Draft]:
    """The articles of an export; its head tells whether it has labels."""
    lines = (line.rstrip("\n") for line in lines_of(text) if line is not None)
    has_labels = any((match := _CODE.match(line)) and match[1] == "HD" for line in head.split("\n"))
    pieces = _labelled(lines) if has_labels else _plain(lines)
    for number, piece in enumerate(pieces, 1):
        if piece.title or piece.body:
            yield piece.draft(number)


def _labelled(lines: Iterable[str]) -> Iterator[Piece]:
    """Pieces of labelled lines; a label's value goes on until the next label."""
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        match = _CODE.match(line)
        if match and (match[1] not in {"IN", "CO", "RE"} or match[2] is None or ":" in line or fields):
            fields.append((match[1], [match[2] or ""]))
        elif number := _NUMBER.match(line):
            fields.append(("AN", [number[1]]))
        elif fields:
            fields[-1][1].append(line)
        if fields and fields[-1][0] == "AN" and any(value.strip() for value in fields[-1][1]):
            yield _piece(fields)
            fields = []


def _piece(fields: list[tuple[str, list[str]]]) -> Piece:
    piece = Piece()
    for code, values in fields:
        value = unwrapped("\n".join(values))
        if code in {"LP", "TD", "ART"}:
            body = "\n".join(values)
            piece.body += [unwrapped(block) for block in blocks(body)]
        elif code == "HD":
            piece.title = value or None
        elif code == "BY":
            piece.author = value or None
        elif code == "PD":
            piece.date = day_in(value)
        elif code == "SN":
            piece.source = value or None
        elif code == "SE":
            piece.section = value or None
        elif code == "AN":
            piece.identity = value.rpartition(" ")[2] or None
    return piece


def _plain(lines: Iterable[str]) -> Iterator[Piece]:
    """Pieces without labels: headline, byline, words, day, time, paper, code, language, rights, text."""
    current: list[str] = []
    for line in lines:
        if number := _NUMBER.match(line):
            if (piece := _unlabelled(current)) is not None:
                piece.identity = number[1]
                yield piece
            current = []
        else:
            current.append(line)


def _unlabelled(lines: list[str]) -> Piece | None:
    solid = [unwrapped(line) for line in lines if line.strip()]
    words = next((n for n, line in enumerate(solid) if _WORDS.match(line)), None)
    if words is None:
        return None
    rights = next((n for n in range(words, min(words + 12, len(solid))) if _RIGHTS.match(solid[n])), None)
    day = next((n for n in range(words, min(words + 4, len(solid))) if day_in(solid[n])), None)
    if rights is None or day is None:
        return None
    piece = Piece(title=solid[max(0, words - 2)] if words > 1 else solid[0] if words else None)
    if words >= 2:
        piece.author = solid[words - 1]
    piece.date = day_in(solid[day])
    names = [line for line in solid[day + 1 : rights] if not re.fullmatch(r"\d{1,2}:\d\d.*", line)]
    piece.source = names[0] if names else None
    piece.body = [line for line in solid[rights + 1 :] if not _RIGHTS.match(line)]
    return piece
