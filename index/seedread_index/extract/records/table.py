"""Tables of articles (CSV, TSV): a row is an article, its columns are named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from seedread_index.extract.decoding.source import LONGEST_LINE, Source, lines_of
from seedread_index.extract.draft import Draft, Drafts, Found, binary, broken, empty
from seedread_index.extract.records.identity import UpTo, identified
from seedread_index.extract.records.keys import may_be_text, rank
from seedread_index.extract.records.nested import MOST_COLUMNS, SAMPLE, columns_by_cells, has_texts
from seedread_index.extract.records.record import draft_of, fields_of, is_article
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.model.status import SkipStatus
from seedread_index.text.dates import leads, order_shown

_DELIMITERS = ",\t;|^~\N{BROKEN BAR}"
_LONGEST_CELL = 16 << 20
_LONGEST_HEADER = 60
_BESIDE = ("title", "date", "author", "source", "url")
_OF_BOOKMARKS = frozenset(("url", "excerpt", "folder", "favorite"))
"""Columns of Raindrop's exports, whose days are those on which the pages were found."""
_OF_SPEECH, _FEW = frozenset(("start", "end", "text")), 5
"""Columns of Whisper's tables."""
_TRANSCRIPT = "is a transcript in pieces; save it as text or subtitles (.srt)"
_LINKS = "is a table of links without a text column; save the pages themselves"
_NO_TEXT = (
    "is a table without a text column; name the column in json_fields, such as"
    " json_fields = {{ text = {example!r} }}"
)


_MISSING = frozenset(("", "\\N", "NULL", "null", "None", "nan", "NaN", "NaT", "<NA>", "N/A", "#N/A"))
"""What databases and pandas write into a cell without a value."""
_LEAST_TEASER, _MOST_ABOVE, _LOOK = 60, 15, 200_000
_ESCAPED = re.compile(r"[\s\w.(,]\\\"(?=\w)")
"""A quotation mark within a cell as programs other than Excel write it."""

_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_SEPARATOR = re.compile(r'\ufeff?"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)
"""A first line for Excel, which says what parts the cells."""

_WIDE = f"is a table of more than {MOST_COLUMNS:,} columns; it is not read"


def read_table(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read a table row by row; rows without a text are passed over."""
    decoded, text = source.decoded(), source.text("")
    if decoded is None or text is None:
        return binary()
    if not decoded.text.strip():
        return empty()
    csv.field_size_limit(_LONGEST_CELL)
    lines, (above, delimiter) = _lines(text), _header_place(decoded.text)
    try:
        if told := _SEPARATOR.match(decoded.text):
            above, delimiter = 1, told[1]
        for _ in range(above):
            next(lines)
        escapes = _ESCAPED.search(decoded.text[:_LOOK])
        plain = (line.replace('\\"', '""') for line in lines) if escapes else lines
        rows: Iterator[list[str]] = csv.reader(plain, delimiter=delimiter, strict=False)
        first = [name.strip("\ufeff ") for name in next(rows)]
    except (csv.Error, StopIteration) as error:
        return broken(f"is a damaged table ({error}); export it again")
    header = first
    if reason := reason_to_skip(first, names):
        sample = [first, *islice(UpTo(rows, csv.Error), SAMPLE)]
        header, rows = columns_by_cells(sample), chain(sample, rows)
        if not header:
            return Found((), SkipStatus.SKIP, reason)
    drafts = 0
    found = UpTo(_articles(header, rows, names, 1 + above + (header is first)), csv.Error)
    for draft in identified(found):
        drafts += 1
        yield draft
    if found.error:
        return broken(f"is a table that is damaged after {drafts:,} articles ({found.error}); those are read")
    return Found() if drafts else empty("is a table without texts; skipped")


def reason_to_skip(header: list[str], names: Mapping[str, str]) -> str | None:
    """Why a table of these columns is none of articles; None where it may be one."""
    if len(header) > MOST_COLUMNS:
        return _WIDE
    if not names and (reason := _reason_by_header(frozenset(map(str.casefold, header)))):
        return reason
    if not has_texts(header, names):
        if all(any(rank(field, name) is not None for name in header if name) for field in ("url", "title")):
            return _LINKS
        likely = [name for name in header if may_be_text(name)] or header
        return _NO_TEXT.format(example=max(likely, key=len, default="")[:_LONGEST_HEADER])
    return None


def _reason_by_header(columns: frozenset[str]) -> str | None:
    """Why the tables of some programs hold no articles though they have texts."""
    if columns >= _OF_BOOKMARKS:
        return _LINKS
    return _TRANSCRIPT if columns >= _OF_SPEECH and len(columns) <= _FEW else None


def _articles(
    header: list[str], rows: Iterable[list[str]], names: Mapping[str, str], first: int
) -> Iterator[Draft]:
    head = UpTo(rows, csv.Error)
    sample = list(islice(head, SAMPLE))
    dated = [place for place, name in enumerate(header) if rank("date", name) is not None]
    order = order_shown(row[place] for row in sample for place in dated if place < len(row))
    for number, row in enumerate(chain(sample, () if head.error else rows), first):
        if row == header:  # of another table that was put behind this one
            continue
        record = {name: cell for name, cell in zip(header, row, strict=False) if cell.strip() not in _MISSING}
        with leads(order):
            fields = fields_of(record, names)
        teaser = fields.weak and fields.title and len(fields.text) >= _LEAST_TEASER and is_closed(fields.text)
        if teaser or is_article(fields, alike=True):
            yield draft_of(fields, str(number))
    if head.error:
        raise head.error


def _lines(text: io.TextIOBase) -> Iterator[str]:
    """The lines of a table. Raises csv.Error for one that is too long to be held."""
    for line in lines_of(text):
        if line is None:
            raise csv.Error(f"a line is longer than {LONGEST_LINE >> 20} MiB")
        yield line


def is_table(text: str) -> bool:
    """Whether a text of no telling name begins with a row of known columns, the texts' among them."""
    line = text[:4000].lstrip("\ufeff").split("\n", 1)[0].strip()
    delimiter = _delimiter(line)
    if line.count(delimiter) < 2:
        return False
    header = next(_rows(line, delimiter), [])
    if any(len(name) > _LONGEST_HEADER or not name.strip() for name in header):
        return False
    return _beside(header) >= 2 and has_texts(header, {})


def _rows(line: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line], delimiter=delimiter)
    except csv.Error:
        return


def _header_place(text: str) -> tuple[int, str]:
    """How many lines stand above the header, such as the name of an export, and what parts the cells.

    It is the first line where none below names a text and another column.
    """
    lines = text[:_LOOK].split("\n", _MOST_ABOVE + 1)[: _MOST_ABOVE + 1]
    for above, line in enumerate(lines):
        delimiter = _delimiter(line)
        header = [name.strip() for name in next(_rows(line.strip("\ufeff\r"), delimiter), [])]
        short = all(len(name) <= _LONGEST_HEADER for name in header)
        if short and has_texts(header, {}) and _beside(header):
            return above, delimiter
        if above and max(map(len, header), default=0) > _LONGEST_HEADER:
            break
    return 0, _delimiter(text)


def _beside(header: list[str]) -> int:
    """How many columns are of what stands beside a text."""
    return sum(any(rank(field, name) is not None for field in _BESIDE) for name in header)


def _delimiter(text: str) -> str:
    """What parts the cells of the first row."""
    line = _QUOTED.sub("", text[:20_000].split("\n", 1)[0])
    return "\t" if "\t" in line else max(_DELIMITERS, key=line.count)
