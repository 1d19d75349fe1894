"""Tables of articles (CSV, TSV, Parquet): a row is an article, its columns are named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import LONGEST_LINE, Source, lines_of
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty, not_installed
from seedread_index.extract.formats.left_out import unreadable_kind
from seedread_index.extract.records.identity import UpTo, identified
from seedread_index.extract.records.keys import FIELDS, may_be_text, rank
from seedread_index.extract.records.nested import MOST_COLUMNS, SAMPLE, columns_by_cells, has_texts
from seedread_index.extract.records.record import draft_of, fields_of, is_article
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.model.installation import PARQUET
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

_MAGIC = b"PAR1"
_BATCH, _BUFFER = 256, 1 << 20
_LARGEST_FOOTER = 64 << 20
_NO_BOMB, _BOMB_RATIO = 16 << 20, 250
"""Values of more than so many bytes are at most so many times as large as their file."""

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
    if reason := _reason_to_skip(first, names):
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


def _reason_to_skip(header: list[str], names: Mapping[str, str]) -> str | None:
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


def _is_parquet(file: IO[bytes]) -> bool:
    """Whether a file begins and ends as a Parquet table does."""
    size = file.seek(0, io.SEEK_END)
    if size <= 2 * len(_MAGIC):
        return False
    file.seek(-len(_MAGIC), io.SEEK_END)
    end = file.read(len(_MAGIC))
    file.seek(0)
    return end == _MAGIC == file.read(len(_MAGIC))


def read_parquet(source: Source, names: Mapping[str, str], limit: int) -> Drafts:
    """Read a Parquet table batch by batch of rows, those columns alone that may be of an article.

    `limit` is in bytes of the values read; what was read before it or before a fault is kept. A file on the
    disk is not held.
    """
    file = source.anywhere()
    if not _is_parquet(file) and (reason := unreadable_kind(source.head)):
        return binary(reason)
    try:
        import pyarrow as arrow  # type: ignore[import-untyped]  # pyarrow has no types
        from pyarrow import parquet
    except ImportError:
        return not_installed("reading Parquet", PARQUET)
    faults = (*HOSTILE, arrow.ArrowException)
    try:
        table = parquet.ParquetFile(
            file,
            pre_buffer=False,
            buffer_size=_BUFFER,
            thrift_string_size_limit=_LARGEST_FOOTER,
            thrift_container_size_limit=_LARGEST_FOOTER,
        )
        header = list(dict.fromkeys(map(str, table.schema_arrow.names)))
    except faults as error:
        return broken(f"is a damaged Parquet table ({type(error).__name__}); fetch it again")
    if reason := _reason_to_skip(header, names):
        return Found((), SkipStatus.SKIP, reason)
    rows = _ParquetRows(table, names, min(limit, max(_NO_BOMB, _BOMB_RATIO * file.seek(0, io.SEEK_END))))
    found = UpTo(rows, *faults)
    drafts = 0
    for draft in identified(found):
        drafts += 1
        yield draft
    if found.error:
        name = type(found.error).__name__
        return broken(f"is a table that is damaged after {rows.read:,} rows ({name}); those are read")
    if rows.too_large:
        return broken(f"expands beyond the limit (possible zip bomb); the first {drafts:,} rows are read")
    return Found() if drafts else empty("is a table without texts; skipped")


class _ParquetRows:
    """The articles in the rows of a Parquet table, until `limit` bytes of values were read."""

    def __init__(self, table: Any, names: Mapping[str, str], limit: int) -> None:
        self._table = table
        self._names = names
        self._left = limit
        self.read = 0
        """How many rows were read."""
        self.too_large = False

    def __iter__(self) -> Iterator[Draft]:
        names = dict.fromkeys(map(str, self._table.schema_arrow.names))
        wanted = [name for name in names if _may_be_of_article(name, self._names)]
        for batch in self._table.iter_batches(_BATCH, columns=wanted, use_threads=False):
            self._left -= batch.nbytes
            if self._left < 0:
                self.too_large = True
                return
            for row in _rows_of(batch):
                self.read += 1
                fields = fields_of(row, self._names)
                if is_article(fields, alike=True):
                    yield draft_of(fields, str(self.read))


def _may_be_of_article(name: str, names: Mapping[str, str]) -> bool:
    """Whether a column is one of an article's fields: numbers and vectors of a data set are not read."""
    if name == "name" or any(path == name or path.startswith(f"{name}.") for path in names.values()):
        return True
    return any(rank(field, name) is not None for field in FIELDS)


def _rows_of(batch: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch, their empty cells left out; a time as its text, bytes as the text they are."""
    import pyarrow as arrow

    columns: dict[str, list[Any]] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if arrow.types.is_timestamp(column.type):
            zone = "Z" if column.type.tz else ""
            times = column.cast(arrow.timestamp("s"), safe=False).to_pylist()
            columns[name] = [f"{time.isoformat()}{zone}" if time else None for time in times]
        else:
            columns[name] = [_plain(value) for value in column.to_pylist()]
    for cells in zip(*columns.values(), strict=True):
        yield {
            name: cell for name, cell in zip(columns, cells, strict=True) if cell is not None and cell != ""
        }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        decoded = decode(value)
        return decoded.text if decoded else None
    return value


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
