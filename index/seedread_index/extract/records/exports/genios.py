"""Exports of Genios and WISO: a masthead, the headline, the text, and labels from the source on."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.records.exports.pieces import (
    END_OF_GENIOS,
    Piece,
    blocks,
    day_in,
    parted,
    unwrapped,
)
from seedread_index.extract.segmentation.header.bylines import is_name

_END = re.compile(END_OF_GENIOS, re.MULTILINE)
_LABEL = re.compile(
    r"[ \t]*(Quelle|Ressort|Rubrik|Autor(?:en)?|Verfasser|Ausgabe|Seite|ISSN|Dokumentnummer|Schlagw[oö]rte?r?"
    r"|Dauerhafte Adresse des Dokuments|Unternehmen|Personen|Land|Region|Thema|Branche)[ \t]*:[ \t]*([^\n]*)"
)
_PAPER = re.compile(r"(.{2,80}?),? vom (\d{1,2}\.\d{1,2}\.\d{4})\b.*")
_BETWEEN = re.compile(r"[-_=*]{5,}|(?:Dokument )?\d+ von \d+|©.*|GBI-Genios.*", re.IGNORECASE)
_BY = re.compile(r"(?:Von|Autor(?:en)?:)\s+(?=\S)")
_ADDRESS = re.compile(r"https?://\S+")
_NEAR_END = 12
"""So many lines at most are between the source below a text and the end of a document."""


def genios_articles(text: io.TextIOBase) -> Iterator[Draft]:
    """The articles of an export."""
    pieces = (before for before, _ in itertools.pairwise(parted(text, _END)))
    for number, piece in enumerate(pieces, 1):
        if (found := _piece(piece)) is not None:
            yield found.draft(number)


def _piece(text: str) -> Piece | None:
    lines = [line.strip() for line in text.split("\n")]
    solid = [place for place, line in enumerate(lines) if line]
    near = [place for place in solid[-_NEAR_END:] if lines[place].startswith("Quelle")]
    if not near:
        return None
    end, piece = near[-1], Piece()
    for line in lines[end:]:
        _take(piece, line)
    found = [block for block in blocks("\n".join(lines[:end])) if not _BETWEEN.fullmatch(block)]
    while found and (_below_masthead(piece, found[0]) or (len(found) > 1 and found[0] == piece.section)):
        found.pop(0)
    if not found:
        return None
    piece.title = unwrapped(found.pop(0))
    while found and (by := _author(found[0])):
        piece.author = piece.author or by
        found.pop(0)
    while found and all(_LABEL.match(line) for line in found[0].split("\n")):
        for line in found.pop(0).split("\n"):
            _take(piece, line)
    piece.body = [unwrapped(block) for block in found]
    return piece


def _below_masthead(piece: Piece, block: str) -> bool:
    """Whether a block is the paper with the day and the section; what it says is kept."""
    first, _, rest = block.partition("\n")
    if len(block) > 200 or not (paper := _PAPER.fullmatch(first)):
        return bool(_BETWEEN.fullmatch(first))
    piece.source, piece.date = piece.source or paper[1], piece.date or day_in(paper[2])
    piece.section = piece.section or unwrapped(rest) or None
    return True


def _author(block: str) -> str | None:
    if by := _BY.match(block):
        return unwrapped(block[by.end() :]) if len(block) < 120 and "\n" not in block else None
    return block if "\n" not in block and is_name(block) else None


def _take(piece: Piece, line: str) -> None:
    """Keep what a labelled line says."""
    if address := _ADDRESS.match(line):
        piece.url = address[0]
    if not (label := _LABEL.match(line)):
        return
    name, value = label[1], label[2].strip() or None
    if name == "Quelle" and value and (paper := _PAPER.fullmatch(value)):
        piece.source, piece.date = paper[1], day_in(paper[2])
    elif name in {"Ressort", "Rubrik"}:
        piece.section = piece.section or value
    elif name.startswith("Aut") or name == "Verfasser":
        piece.author = piece.author or value
    elif name == "Dokumentnummer":
        piece.identity = value
