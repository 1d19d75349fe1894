"""Tables of articles (CSV, TSV): a row is an article, its columns are named by the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Found, binary, broken, empty
from seedread_index.extract.records.keys import rank
from seedread_index.extract.records.record import draft_of, fields_of, is_article, with_identities
from seedread_index.model.status import SkipStatus

_DELIMITERS = ",\t;|"
_MOST_COLUMNS = 2000
_LONGEST_CELL = 16 << 20
_LONGEST_HEADER = 60
_BESIDE = ("title", "date", "author", "source", "url")
_NO_TEXT = (
    "is a table without a column of texts; name it in json_fields, as in"
    " json_fields = {{ text = {example!r} }}"
)
_WIDE = f"is a table of more than {_MOST_COLUMNS:,} columns; it is not read"


def read_table(data: bytes, names: Mapping[str, str]) -> Found:
    """Read a table; rows without a text are passed over."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return empty()
    delimiter = _delimiter(decoded.text)
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=False)
    try:
        header = [name.strip("\ufeff ") for name in next(rows)]
    except (csv.Error, StopIteration) as error:
        return broken(f"is a damaged table ({error}); export it again")
    if len(header) > _MOST_COLUMNS:
        return Found((), SkipStatus.SKIP, _WIDE)
    if not _has_texts(header, names):
        example = max(header, key=len, default="")[:_LONGEST_HEADER]
        return Found((), SkipStatus.SKIP, _NO_TEXT.format(example=example))
    drafts = []
    damage = ""
    try:
        for number, row in enumerate(rows, 2):
            record = {name: cell for name, cell in zip(header, row, strict=False) if cell.strip()}
            fields = fields_of(record, names)
            if is_article(fields, alike=True):
                drafts.append(draft_of(fields, str(number)))
    except csv.Error as error:
        damage = f"is a table that is damaged after {len(drafts):,} rows ({error}); those are read"
    if damage:
        return broken(damage, *with_identities(drafts))
    return Found(with_identities(drafts)) if drafts else empty("is a table without texts; nothing to do")


def is_table(text: str) -> bool:
    """Whether a text of no telling name begins with a row of known columns, the texts' among them."""
    line = text[:4000].lstrip("\ufeff").split("\n", 1)[0].strip()
    delimiter = _delimiter(line)
    if line.count(delimiter) < 2:
        return False
    header = next(_rows(line, delimiter), [])
    if any(len(name) > _LONGEST_HEADER or not name.strip() for name in header):
        return False
    beside = sum(any(rank(field, name) is not None for field in _BESIDE) for name in header)
    return beside >= 2 and _has_texts(header, {})


def _rows(line: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line], delimiter=delimiter)
    except csv.Error:
        return


def _delimiter(text: str) -> str:
    """What parts the cells of the first row."""
    line = text[:20_000].split("\n", 1)[0]
    return max(_DELIMITERS, key=line.count)


def _has_texts(header: list[str], names: Mapping[str, str]) -> bool:
    """Whether a column holds texts, or, beside titles, what stands in for them."""
    if names.get("text") in header:
        return True
    ranks = [found for name in header if name and (found := rank("text", name)) is not None]
    titled = any(rank("title", name) is not None for name in header if name)
    return any(found < 200 for found in ranks) or bool(ranks and titled)
