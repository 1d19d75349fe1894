"""Pieces of an export: blocks parted by blank lines, labelled lines, and what they say."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import OF_EXPORT
from seedread_index.extract.segmentation.header.date_lines import find_date

END_OF_DOCUMENT = (
    r"(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Fine del documento"
    r"|Fim do documento|Einde van (?:het )?document)"
)
"""What Nexis Uni puts below each document, as a pattern."""

END_OF_GENIOS = r"^[ \t]*Alle Rechte vorbehalten: ?(?:\(c\)|©)[^\n]*$"
"""What Genios and WISO put below each document, as a pattern."""

_BLOCK, _LONGEST = 1 << 20, 32 << 20
_BLANK = re.compile(r"\n[ \t\u00a0]*\n\s*")
_LABEL = re.compile(
    r"([^\W\d_][^\W\d_/-]*(?:[ /-][^\W\d_]+){0,4})[ \t\u00a0]?:(?:[ \t\u00a0]+|$)(.*)", re.DOTALL
)


def blocks(text: str) -> list[str]:
    """The blocks of a text, blank lines between them; the lines of a block are stripped."""
    found = []
    for block in _BLANK.split(text):
        lines = [" ".join(line.split()) for line in block.split("\n")]
        if joined := "\n".join(line for line in lines if line):
            found.append(joined)
    return found


def parted(text: io.TextIOBase, mark: re.Pattern[str]) -> Iterator[str]:
    """The pieces of a text between the lines that a mark matches: before the first, …, behind the last."""
    held = ""
    searched = 0
    while block := text.read(_BLOCK):
        held += block
        end, start = held.rfind("\n") + 1, 0
        for match in mark.finditer(held, searched, end):
            yield held[start : match.start()]
            start = match.end()
        held = held[start:]
        searched = max(0, end - start)
        if len(held) > _LONGEST:
            yield held
            held, searched = "", 0
    start = 0
    for match in mark.finditer(held, searched):
        yield held[start : match.start()]
        start = match.end()
    yield held[start:]


def unwrapped(block: str) -> str:
    """A block as one paragraph."""
    return " ".join(block.split())


def labelled(block: str) -> tuple[str, str] | None:
    """The label of a block and its value: `LENGTH: 112 words`."""
    match = _LABEL.match(block)
    return (match[1].casefold(), " ".join(match[2].split())) if match else None


def day_in(text: str) -> dt.date | None:
    """The first date in a short text."""
    return find_date(text.replace("\n", " ")[:200])[0]


@dataclass(slots=True)
class Piece:
    """What one article of an export says of itself."""

    title: str | None = None
    source: str | None = None
    date: dt.date | None = None
    author: str | None = None
    section: str | None = None
    url: str | None = None
    body: list[str] = field(default_factory=list)
    identity: str | None = None

    def draft(self, number: int) -> Draft:
        """The draft of the export's article of this number."""
        return Draft(
            "\n\n".join(self.body),
            part=str(number),
            title=self.title,
            date=self.date,
            author=self.author,
            source=self.source,
            url=self.url,
            section=self.section,
            part_id=self.identity,
            provenance=OF_EXPORT,
        )
