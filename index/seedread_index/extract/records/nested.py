"""The articles in a value of objects and lists, however these are nested, or laid out as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from statistics import median
from typing import Any

from seedread_index.extract.draft import Draft
from seedread_index.extract.records.exports.telegram import is_telegram_chat
from seedread_index.extract.records.identity import identified
from seedread_index.extract.records.json_values import INVALID, value_of_json
from seedread_index.extract.records.keys import FIELDS, rank
from seedread_index.extract.records.record import Fields, draft_of, fields_of, holds_articles, is_article
from seedread_index.extract.records.values import address_of
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.header.bylines import is_name
from seedread_index.extract.segmentation.header.date_lines import metadata_date
from seedread_index.text.dates import Leading, leads, order_shown

_OF_EXCHANGE = frozenset(("startedDateTime", "timings"))
DEEPEST = 8
"""So deep objects and lists are looked for articles."""
_PROSE, _LONG_PROSE = 60, 200
"""An object of nothing but a text is an article with so many characters: alone in its file, or deep in it."""
_LONGEST_NAME = 60
MOST_COLUMNS = 2000
SAMPLE, _MOSTLY = 50, 0.8
_LEAST_TEXT, _LONGEST_TITLE, _LONGEST_DATE = 60, 250, 40
"""By so many rows, and the share of them that are alike, it is told what the columns of a table without a
header are; a text has so many characters at least, a title and a date less than these."""


_SOME = 200
_NAMES = ("columns", "fields", "header", "headers", "columnNames", "column_names", "cols", "vars")
_ROWS = ("data", "rows", "values", "records", "items")


def rows_of(value: Any) -> Any:
    """The rows of a table written column by column, below a list of its columns, or as a list of lists.

    So pandas writes one: {"title": {"0": …}, "text": {"0": …}}, or "columns" beside "data". Texts under names
    that are no keys of an article are rows, too. Anything else is given back as it is.
    """
    if isinstance(value, list):
        listed_in = bool(value) and isinstance(value[0], list)
        return [row for _, row in with_keys(enumerate(value))] if listed_in else value
    if not isinstance(value, dict) or len(value) < 2:
        return value
    first, *others = value.values()
    if isinstance(first, str):
        return _named_texts(value) if all(map(_is_prose, value.values())) else _below_names(value) or value
    if isinstance(first, dict):
        keys = first.keys()
        if not keys or not all(map(str.isdigit, keys)):
            return _below_names(value) or value
        if not all(isinstance(one, dict) and one.keys() == keys for one in others):
            return value
        return [{name: column[key] for name, column in value.items()} for key in keys]
    columns = list(value.values())
    if not all(isinstance(one, list) and len(one) == len(first) > 1 for one in columns):
        return _below_names(value) or value
    if any(isinstance(cell, (dict, list)) for column in columns for cell in column):
        return _below_names(value) or value
    return [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _below_names(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an object that has the names of columns in one list and lists of cells in another."""
    rows = next((found for key in _ROWS if isinstance(found := value.get(key), list)), [])
    if not rows or not all(isinstance(row, list) for row in rows):
        return []
    lists = (found for key in _NAMES if isinstance(found := value.get(key), list))
    names = next((found for found in lists if len(found) == len(rows[0])), None)
    if not names:
        return []
    header = [str(name.get("name", "")) if isinstance(name, dict) else str(name) for name in names]
    return [dict(zip(header, row, strict=False)) for row in rows]


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= _SOME and value.count(" ") * 12 > len(value)


def _named_texts(value: dict[str, Any]) -> Any:
    """Texts under their names or addresses as records; the value itself where its keys are fields."""
    if any(rank(field, str(key)) is not None for key in islice(value, _SOME) for field in FIELDS):
        return value
    return [{"url" if address_of(key) else "name": key, "text": text} for key, text in value.items()]


def with_keys(records: Iterable[tuple[int | str, Any]]) -> Iterator[tuple[int | str, Any]]:
    """Records with their parts, lists of cells among them as objects whose keys the first rows tell."""
    waiting = iter(records)
    first = list(islice(waiting, SAMPLE))
    header = _header_of([row for _, row in first if isinstance(row, list)])
    for part, row in chain(first, waiting):
        if not header or not isinstance(row, list):
            yield part, row
        elif row[: len(header)] != header:
            yield part, dict(zip(header, row, strict=False))


def _header_of(rows: list[list[Any]]) -> list[str]:
    """The keys of rows, by the first of them or by the cells of all; none where these are no cells."""
    if len(rows) < 2 or any(isinstance(cell, (list, dict)) for row in rows for cell in row):
        return []
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if all(len(name) < _LONGEST_NAME for name in cells[0]) and has_texts(cells[0], {}):
        return cells[0]
    return columns_by_cells(cells) if cells[0] else []


def are_alike(values: list[Any]) -> bool:
    """Whether a list is of two objects or more that share their keys."""
    if len(values) < 2 or not all(isinstance(value, dict) for value in values):
        return False
    keys = set(values[0])
    return all(len(keys & set(value)) * 2 >= len(keys | set(value)) for value in values[:_SOME])


def columns_by_cells(rows: list[list[str]]) -> list[str]:
    """The columns of a table without a header, as far as their cells tell what they are; none without texts.

    Of names nobody can tell whether they are of writers, of papers or of places.
    """
    width = len(rows[0])
    alike = [row for row in rows if len(row) == width]
    if width > MOST_COLUMNS or len(alike) < _MOSTLY * len(rows):
        return []
    found = [""] * width
    sizes: list[tuple[float, int]] = []
    for place, cells in enumerate(zip(*alike, strict=True)):
        told = [cell for cell in cells if cell.strip()]
        if len(told) * 2 <= len(cells):
            continue
        many = _MOSTLY * len(told)
        if sum(address_of(cell) is not None for cell in told) >= many:
            found[place] = "url"
        elif sum(len(cell) < _LONGEST_DATE and metadata_date(cell) is not None for cell in told) >= many:
            found[place] = "date"
        elif sum(" " in cell.strip() and not is_name(cell) for cell in told) >= many:
            sizes.append((median(map(len, told)), place))
    texts = [place for size, place in sorted(sizes, reverse=True) if size >= _LEAST_TEXT]
    prose = sum(is_closed(row[texts[0]]) for row in alike) if texts else 0
    if prose * 2 < len(alike) or not texts or len(rows[0][texts[0]]) < _LEAST_TEXT:
        return []
    found[texts[0]] = "text"
    titles = [(size, place) for size, place in sizes if place != texts[0] and size < _LONGEST_TITLE]
    if titles:
        found[max(titles)[1]] = "title"
    return found


def has_texts(header: list[str], names: Mapping[str, str]) -> bool:
    """Whether a column holds texts, or, beside titles, what stands in for them."""
    if names.get("text") in header:
        return True
    ranks = [found for name in header if name and (found := rank("text", name)) is not None]
    titled = any(rank("title", name) is not None for name in header if name)
    return any(found < 200 for found in ranks) or bool(ranks and titled)


def articles_in_values(
    values: Iterable[tuple[str, Any]], names: Mapping[str, str], around: Fields, depth: int
) -> Iterator[Draft]:
    """The articles in values that come one after the other with their parts, `depth` levels down."""
    return in_records(values, names, depth, around, deep=depth > 2)


def articles_in_value(loaded: Any, names: Mapping[str, str]) -> tuple[Draft, ...]:
    """The articles in what a file of JSON, or of anything that was turned into it, holds."""
    drafts = list(drafts_in(loaded, names, ""))
    if len(drafts) == 1:
        return (replace(drafts[0], part=None, part_id=None),)
    return tuple(identified(drafts))


def in_records(
    records: Iterable[tuple[int | str, Any]],
    names: Mapping[str, str],
    depth: int = 0,
    around: Fields | None = None,
    *,
    deep: bool = False,
) -> Iterator[Draft]:
    """The articles in the values of a list or of lines; whether they are alike the first of them tell.

    A `deep` list is within an object that is within another one: that its objects are alike says nothing.
    """
    waiting = with_keys(records)
    first = list(islice(waiting, _SOME))
    alike = not deep and are_alike([value for _, value in first if isinstance(value, (dict, list))])
    order = _order_of([value for _, value in first])
    for part, value in chain(first, waiting):
        with leads(order):
            found = list(drafts_in(value, names, str(part), depth, around, alike=alike))
        yield from found


def _order_of(records: list[Any]) -> Leading:
    """What leads in the dates of records, by those of the first that can be read in one way alone."""
    keyed = (pair for one in records[:_SOME] if isinstance(one, dict) for pair in islice(one.items(), _SOME))
    return order_shown(value for key, value in keyed if rank("date", str(key)) is not None)


def drafts_in(
    value: Any,
    names: Mapping[str, str],
    part: str,
    depth: int = 0,
    around: Fields | None = None,
    *,
    alike: bool = False,
) -> Iterator[Draft]:
    """Every article in a JSON value; `part` is the path of keys and places to it.

    `around` are the fields of the objects that hold this one, `alike` says that it is one of many with the
    same keys.
    """
    if depth > DEEPEST:
        return
    value = rows_of(_loaded(value))
    if isinstance(value, list):
        inner_alike, order = depth <= 1 and are_alike(value), _order_of(value)
        for place, inner in enumerate(value):
            inner_part = f"{part}.{place}" if part else str(place)
            with leads(order):
                found = list(drafts_in(inner, names, inner_part, depth + 1, around, alike=inner_alike))
            yield from found
        return
    if not isinstance(value, dict) or is_telegram_chat(value):
        return
    if "request" in value and "response" in value and (value.keys() & _OF_EXCHANGE):
        from seedread_index.extract.records.web_archive import page_of_exchange

        yield from filter(None, [page_of_exchange(value)])
        return
    fields = fields_of(value, names)
    if is_nested_article(fields, value, depth, alike=alike, around=around):
        yield draft_of(fields, part or None, around or Fields())
        return
    of_all = Fields(source=fields.source, lang=fields.lang)
    many = are_alike([inner for inner in value.values() if isinstance(inner, dict)])
    for key, inner in value.items():
        if isinstance(inner, (dict, list)):
            handed = of_all if many or isinstance(inner, list) else fields.within(around)
            inner_part = f"{part}.{key}" if part else str(key)
            yield from drafts_in(inner, names, inner_part, depth + 1, handed, alike=many and depth == 0)


def _loaded(value: Any) -> Any:
    """A value that was written as JSON into a string, as queues and tables of databases have it."""
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return value_of_json(value)
    except INVALID:
        return value


def is_nested_article(
    fields: Fields, record: dict[str, Any], depth: int, *, alike: bool, around: Fields | None
) -> bool:
    """Whether an object at a depth is an article, and not what holds articles or belongs to one."""
    if not fields.text.strip() or (fields.weak and any(map(holds_articles, record.values()))):
        return False
    if is_article(fields, alike=alike):
        return True
    if fields.weak:
        return False
    beside = around is not None and bool(around.title or around.date or around.url)
    named = depth == 0 and any(
        rank(name, str(key)) is not None for key in record for name in ("title", "date")
    )
    return beside or named or len(fields.text) >= (_PROSE if depth == 0 else _LONG_PROSE)
