"""Tables of articles in Parquet: a row is an article, its columns or the fields of its structs are named."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty, not_installed
from seedread_index.extract.formats.left_out import unreadable_kind
from seedread_index.extract.records.identity import UpTo, identified
from seedread_index.extract.records.keys import FIELDS, rank
from seedread_index.extract.records.record import Fields, draft_of, fields_of, is_article
from seedread_index.extract.records.table import reason_to_skip
from seedread_index.model.installation import PARQUET
from seedread_index.model.status import SkipStatus

_MAGIC = b"PAR1"
_BATCH, _BUFFER = 256, 1 << 20
_LARGEST_FOOTER = 64 << 20
_NO_BOMB, _BOMB_RATIO = 16 << 20, 250
"""Values of more than so many bytes are at most so many times as large as their file."""


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
        wanted = _columns_of_articles(table.schema_arrow, names)
        header = [*dict.fromkeys(map(str, table.schema_arrow.names)), *_within_structs(table.schema_arrow)]
    except faults as error:
        return broken(f"is a damaged Parquet table ({type(error).__name__}); fetch it again")
    if reason := reason_to_skip(header, names):
        return Found((), SkipStatus.SKIP, reason)
    rows = _ParquetRows(
        table, names, wanted, min(limit, max(_NO_BOMB, _BOMB_RATIO * file.seek(0, io.SEEK_END)))
    )
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

    def __init__(self, table: Any, names: Mapping[str, str], wanted: list[str], limit: int) -> None:
        self._table = table
        self._names = names
        self._wanted = wanted
        self._left = limit
        self.read = 0
        """How many rows were read."""
        self.too_large = False

    def __iter__(self) -> Iterator[Draft]:
        for batch in self._table.iter_batches(_BATCH, columns=self._wanted, use_threads=False):
            self._left -= batch.nbytes
            if self._left < 0:
                self.too_large = True
                return
            for row in _rows_of(batch):
                self.read += 1
                fields = _fields_of_row(row, self._names)
                if is_article(fields, alike=True):
                    yield draft_of(fields, str(self.read))


def _fields_of_row(row: Mapping[str, Any], names: Mapping[str, str]) -> Fields:
    """The fields of a row; where its text stands in a struct, what else that says counts first."""
    fields = fields_of(row, names)
    if fields.text:
        return fields
    structs = [fields_of(cell, names) for cell in row.values() if isinstance(cell, Mapping)]
    inner = next((found for found in structs if found.text), None)
    return fields if inner is None else inner.within(fields_of(row, names, of_text=True))


def _within_structs(schema: Any) -> list[str]:
    """The names of the fields of a table's structs."""
    import pyarrow as arrow

    structs = [field.type for field in schema if arrow.types.is_struct(field.type)]
    return [str(struct.field(place).name) for struct in structs for place in range(struct.num_fields)]


def _columns_of_articles(schema: Any, names: Mapping[str, str]) -> list[str]:
    """The columns that may be of an article; a struct counts with what it has."""
    import pyarrow as arrow

    wanted: dict[str, None] = {}
    for field in schema:
        inner = _within_structs([field]) if arrow.types.is_struct(field.type) else ()
        if any(_may_be_of_article(str(name), names) for name in (field.name, *inner)):
            wanted[str(field.name)] = None
    return list(wanted)


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
