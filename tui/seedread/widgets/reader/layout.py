"""The lines of a document at one width, laid out where they are looked at; header and folds included."""

from __future__ import annotations

from typing import NamedTuple

from textual.cache import LRUCache

from seedread.widgets.reader.blocks import LineKind, item_lead
from seedread.widgets.reader.document import Document
from seedread.widgets.rendering.cells import Glyphs, clipped, sanitized
from seedread.widgets.rendering.wrapping import fold, wrap
from seedread_index.model.article import Article, Span

_KEPT_SECTIONS = 32
_HANG_SHARE = 4
"""Lines hang where that costs at most one part in this many of the width."""


class Line(NamedTuple):
    """One line: a stretch of the text, or with `label` words that are not in the text.

    `indent` is how many empty cells stand before it: the lines of a list's item hang under its words.
    """

    start: int
    end: int
    kind: LineKind
    label: str = ""
    indent: int = 0


class LinePosition(NamedTuple):
    """The position of a line: its section (0 is the header, the text follows) and its number there."""

    section: int
    line: int


class Layout:
    """A document wrapped to `measure` cells, tables to `width`, with its boilerplate folded or shown."""

    def __init__(self, document: Document, measure: int, width: int, folded: bool, glyphs: Glyphs) -> None:
        self.document = document
        self.measure = max(1, min(measure, width))
        self.width = max(1, width)
        self.folded = folded
        self.glyphs = glyphs
        self._sections: LRUCache[int, list[Line]] = LRUCache(_KEPT_SECTIONS)

    @property
    def first(self) -> LinePosition:
        """The first line."""
        return LinePosition(0, 0)

    @property
    def last(self) -> LinePosition:
        """The last line; only the last section is laid out for it."""
        section = self.document.sections
        while section > 0 and not self.lines(section):
            section -= 1
        return LinePosition(section, max(0, len(self.lines(section)) - 1))

    def lines(self, section: int) -> list[Line]:
        """The lines of a section."""
        if self._is_inside_fold(section):
            return []
        lines = self._sections.get(section)
        if lines is None:
            lines = self._header() if section == 0 else self._lay_out(section - 1)
            self._sections[section] = lines
        return lines

    def line(self, position: LinePosition) -> Line:
        """The line at a place."""
        return self.lines(position.section)[position.line]

    def forward(self, position: LinePosition, count: int) -> LinePosition:
        """The position `count` lines down, at most the last line."""
        section, line = position.section, position.line + count
        while line >= (length := len(self.lines(section))):
            if section >= self.document.sections:
                return self.last
            section, line = section + 1, line - length
        return LinePosition(section, line)

    def back(self, position: LinePosition, count: int) -> LinePosition:
        """The position `count` lines up, at least the first line."""
        section, line = position.section, position.line - count
        while line < 0:
            if section == 0:
                return self.first
            section -= 1
            line += len(self.lines(section))
        return LinePosition(section, line)

    def window(self, top: LinePosition, height: int) -> list[Line]:
        """Up to `height` lines from `top` on."""
        found: list[Line] = []
        section, skip = top.section, top.line
        while len(found) < height and section <= self.document.sections:
            found += self.lines(section)[skip : skip + height - len(found)]
            section, skip = section + 1, 0
        return found

    def top_for_end(self, height: int) -> LinePosition:
        """The top line with which the last line is the lowest of `height`."""
        return self.back(self.last, max(0, height - 1))

    def locate(self, offset: int) -> LinePosition:
        """The line that shows an offset, or the next one where none does."""
        title = self.document.title_span
        if title and title.start <= offset < title.end:
            for number, line in enumerate(self.lines(0)):
                if line.kind is LineKind.TITLE and line.start <= offset < line.end:
                    return LinePosition(0, number)
        if self.folded and (hidden := self.document.fold_at(offset)):
            offset = hidden.start
        for section in range(self.document.section_of(offset) + 1, self.document.sections + 1):
            for number, line in enumerate(self.lines(section)):
                if line.kind is not LineKind.BLANK and (line.end > offset or line.start >= offset):
                    return LinePosition(section, number)
        return self.last

    def hides(self, offset: int) -> bool:
        """Whether an offset lies in folded boilerplate, or in a line that is left out beside the header."""
        return self.folded and self.document.is_left_out(offset)

    def _header(self) -> list[Line]:
        """Title, facts and a blank line."""
        document = self.document
        lines: list[Line] = []
        for kind, label in header_lines(document.article, document.length, self.glyphs):
            if kind is LineKind.TITLE and document.title_span:
                lines += self._wrapped(*document.title_span, LineKind.TITLE)
                continue
            shown = sanitized(label)
            lines += [Line(0, 0, kind, shown[start:end]) for start, end in wrap(shown, self.measure)]
        lines.append(Line(0, 0, LineKind.BLANK))
        return lines

    def _lay_out(self, section: int) -> list[Line]:
        """The lines of a section of the text; a fold has a blank line before and after it."""
        lines: list[Line] = []
        open_fold = self._fold_into(self.document.bounds(section).start)
        parted = open_fold is not None
        for block in self.document.blocks(section):
            is_boilerplate = block.kind is LineKind.BOILERPLATE
            if self.folded and not is_boilerplate and self.document.is_hidden(block):
                continue
            blank_before = block.blank_before or parted
            if self.folded and is_boilerplate:
                stretch = self.document.fold_at(block.start)
                if stretch is None or stretch == open_fold:
                    continue
                open_fold = stretch
                new = [Line(stretch.start, stretch.end, LineKind.FOLD)]
                blank_before = parted = True
            else:
                new = self._wrapped(block.start, block.end, block.kind)
                parted = False
            if blank_before and (lines or section):
                lines.append(Line(block.start, block.start, LineKind.BLANK))
            lines += new
        return lines

    def _is_inside_fold(self, section: int) -> bool:
        """Whether a section has no lines because an earlier one shows the fold that it lies in."""
        if not self.folded or section == 0:
            return False
        start, end = self.document.bounds(section - 1)
        stretch = self._fold_into(start)
        return stretch is not None and end <= stretch.end

    def _fold_into(self, start: int) -> Span | None:
        """The fold whose line an earlier section shows, where it reaches into the section at `start`."""
        stretch = self.document.fold_around(start)
        return stretch if stretch is not None and stretch.start < start else None

    def _wrapped(self, start: int, end: int, kind: LineKind) -> list[Line]:
        shown = self.document.shown(start, end)
        if kind is LineKind.TABLE:
            return [Line(start + first, start + last, kind) for first, last in fold(shown, self.width)]
        spans = wrap(shown, self.measure)
        lead = item_lead(shown)
        if not 0 < lead <= self.measure // _HANG_SHARE or len(spans) < 2:
            return [Line(start + first, start + last, kind) for first, last in spans]
        head = spans[0]
        rest = wrap(shown[head[1] :], self.measure - lead)
        begun = start + head[1]
        return [
            Line(start + head[0], begun, kind),
            *(Line(begun + first, begun + last, kind, indent=lead) for first, last in rest),
        ]


def fold_hint(lines: int, key: str, width: int, glyphs: Glyphs) -> str:
    """How many lines are folded and which key unfolds them, in at most `width` cells."""
    words = f"{lines:,} line{'' if lines == 1 else 's'} of boilerplate folded"
    return clipped(f"{glyphs.folded} {words} ({key} shows)", width, glyphs.ellipsis)


_TITLE_CELLS = 400
_AUTHOR_CELLS = 200


def header_lines(article: Article, length: tuple[int, int], glyphs: Glyphs) -> list[tuple[LineKind, str]]:
    """Look and text of the lines above the text; `length` is its words and the minutes to read them."""
    title = clipped(article.title, _TITLE_CELLS, glyphs.ellipsis)
    if article.title_inferred:
        lines = [(LineKind.INFERRED, f"{glyphs.inferred} {title}")]
    else:
        lines = [(LineKind.TITLE, title)]
    lines.append((LineKind.META, glyphs.separator.join(_facts(article, length, glyphs))))
    if article.neutralised:
        many = "character" if article.neutralised == 1 else "characters"
        lines.append((LineKind.BADGE, f"{glyphs.alert} {article.neutralised:,} unsafe {many} replaced"))
    return lines


def _facts(article: Article, length: tuple[int, int], glyphs: Glyphs) -> list[str]:
    words, minutes = length
    facts = [article.date.isoformat() if article.date else "undated"]
    if article.author:
        facts.append(f"By {clipped(article.author, _AUTHOR_CELLS, glyphs.ellipsis)}")
    if article.source:
        facts.append(article.source)
    facts.append(f"{words:,} word{'' if words == 1 else 's'}")
    facts.append(f"{minutes:,} min")
    if article.title_inferred:
        facts.append("no headline")
    if article.copies:
        facts.append(f"{len(article.copies)} cop{'y' if len(article.copies) == 1 else 'ies'}")
    return facts
