"""Exports of libraries' databases, EBSCO, Gale and NewsBank: labels above and below each text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from seedread_index.extract.draft import Draft
from seedread_index.extract.records.exports.pieces import Piece, blocks, day_in, labelled, parted, unwrapped
from seedread_index.text.word_lists import listed

BEGIN_OF_EBSCO = r"^[ \t]*Record: \d+[ \t]*\n\s*(?=Title:)"
"""What EBSCO puts above each document, as a pattern."""

END_OF_LIBRARY = (
    r"^[ \t]*(?:Gale Document Number|Record Number)[ \t]?:[ \t]*(?:GALE\|)?[A-Z0-9][\w-]{2,30}[ \t]*$"
)
"""What Gale and NewsBank put below each document, as a pattern."""

_BEGIN = re.compile(BEGIN_OF_EBSCO, re.MULTILINE)
_END = re.compile(
    END_OF_LIBRARY + r"(?:\s*?\n[ \t]*(?:Copyright|COPYRIGHT|\(c\)|©)[^\n]*$)?",
    re.MULTILINE,
)
_FIELDS = {
    "title": "title|headline",
    "author": "author|authors|author(s)|byline",
    "date": "date|publication date|pubdate|issue date",
    "source": "publication|paper|newspaper|from|publication title|publication details|source publication"
    "|source",
    "section": "section",
    "text": "full text|body|text",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split("|")}
_BELOW = listed(
    "record edition section page caption memo index dateline copyright citation source gale document"
    " readability issn correction column series openurl disclaimer illustration photo graphic"
)
"""The first words of labels below a text."""

_LABELS = _BELOW | listed(
    "type length lexile publisher subject subjects geographic abstract full accession database persistent url"
    " volume issue location topics company people author-supplied language isbn doi naics pages"
)
_ENDS = ("copyright", "citation", "source citation", "disclaimer")
"""After the first of these labels no more of the text follows; after "Source:" in an article it does."""

_CLOSING = re.compile(r"~{4,}|Copyright of |Copyright,? (?:\(c\) )?\d{4}|\(c\) |© |COPYRIGHT ")
_NUMBERED = re.compile(r"\d{1,4}\. (?=\S)")
_MONTH_FIRST = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_BEHIND_NAME = re.compile(
    r"\s*(?:;|\((?:Vol|Issue|No)\b|[.,] (?=\d|Vol|[A-Z][a-z]{2,8}\.? ?\d)| [-–—|] (?=[A-Z][a-z]+,? |\d)).*",
    re.DOTALL,
)
_LONGEST_DAY_LINE, _LONG_LINE = 140, 100


def library_articles(text: io.TextIOBase, *, ebsco: bool) -> Iterator[Draft]:
    """The articles of an export."""
    if ebsco:
        pieces = (_piece(part) for part in islice(parted(text, _BEGIN), 1, None))
    else:
        pieces = (_piece(before) for before, _ in pairwise(parted(text, _END)))
    for number, piece in enumerate(pieces, 1):
        if piece is not None:
            yield piece.draft(number)


def _piece(text: str) -> Piece | None:
    """One document; None for what has no headline, no text, or nothing that says where or when it stood."""
    reader = _Reader()
    for block in blocks(text):
        if not reader.read(block):
            break
    piece = reader.piece
    return piece if piece.title and piece.body and (piece.date or piece.source) else None


class _Reader:
    """Reads a document block by block."""

    def __init__(self) -> None:
        self.piece = Piece()
        self.inside = False
        """Whether the text has begun."""

    def read(self, block: str) -> bool:
        """Read a block; whether more of the document may follow."""
        if self.inside:
            return self._read_text(block)
        pending: str | None = None
        lines = block.split("\n")
        for place, line in enumerate(lines):
            label, value = _label_of(line)
            if label is not None:
                pending = None if value else label
                self._take(label, value)
            elif pending is not None:
                self._take(pending, line)
                pending = pending if _FIELD_OF.get(pending) is None else ""
            else:
                self._plain(line, "\n".join(lines[place:]))
            if self.inside:
                rest = "\n".join(lines[place + 1 :]) if label is not None else ""
                return self._read_text(rest) if rest else True
        return True

    def _plain(self, line: str, rest: str) -> None:
        """A line without a label above the text: the headline, the paper and the day, or the text."""
        piece = self.piece
        if piece.title is None:
            piece.title = _NUMBERED.sub("", line, count=1)
        elif line == piece.title or _CLOSING.match(line):
            return
        elif piece.date is None and len(line) <= _LONGEST_DAY_LINE and (day := day_in(line)):
            piece.date = day
            piece.source = piece.source or _BEHIND_NAME.sub("", line) or None
        elif piece.date or piece.source:
            self.inside = True
            self._read_text(rest)

    def _read_text(self, block: str) -> bool:
        label, _ = _label_of(block.split("\n", 1)[0])
        if _CLOSING.match(block) or (label and label.startswith(_ENDS)):
            return False
        if not (label and label.split()[0] in _BELOW):
            long = [line for line in block.split("\n") if len(line) > _LONG_LINE]
            lines = block.split("\n") if 2 * len(long) > block.count("\n") + 1 else [unwrapped(block)]
            self.piece.body.extend(line for line in lines if line != self.piece.title)
        return True

    def _take(self, label: str, value: str) -> None:
        """Keep what a label says; the first of each kind counts."""
        piece, field = self.piece, _FIELD_OF.get(label)
        if field == "text":
            self.inside = True
            if value and not _CLOSING.match(value):
                piece.body.append(value)
        elif not value:
            return
        elif field == "title":
            piece.title = piece.title or (value[:-1] if value[-1] == "." and value[-2:-1] != "." else value)
        elif field == "author":
            piece.author = piece.author or value
        elif field == "section":
            piece.section = piece.section or value
        elif field == "date":
            piece.date = piece.date or _day(value)
        elif field == "source" and not value.startswith("Gale "):
            piece.source = piece.source or _BEHIND_NAME.sub("", value) or None
            piece.date = piece.date or _day(value)


def _label_of(line: str) -> tuple[str | None, str]:
    """The label of a line, if it is one of a database's, and its value."""
    found = labelled(line.replace("(s)", "s", 1))
    if found is None or not (found[0] in _FIELD_OF or found[0].split()[0] in _LABELS):
        return None, ""
    return found


def _day(text: str) -> dt.date | None:
    """The day in a value; with slashes the month stands first."""
    if match := _MONTH_FIRST.search(text):
        month, day, year = map(int, match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    return day_in(text)
