"""A concordance: every place where a query matches with the words around it, sorted, and as records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seedread_index.archive import Archive
from seedread_index.export.lines import as_json, csv_line, flat, one_line
from seedread_index.model.results import Results
from seedread_index.text.folding import folded

Record = dict[str, object]

COLUMNS = ("path", "date", "left", "hit", "right", "start", "end", "id")
COLLOCATE_COLUMNS = ("word", "near", "total", "log_likelihood")
WINDOW = 5
"""How many words on each side of a hit are near it."""
_BATCH = 50
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ContextLine:
    """One line: a hit with what stands left and right of it; `start`, `end` are offsets in the text.

    `left`, `hit` and `right` have line ends and tabs as spaces.
    """

    id: str
    path: str
    title: str
    date: dt.date | None
    source: str | None
    start: int
    end: int
    left: str
    hit: str
    right: str


def context_lines(
    archive: Archive, results: Results, width: int, shortened: list[str]
) -> Iterator[ContextLine]:
    """The lines of all hits of results, with `width` characters on each side.

    The paths of articles in which the time was over before all hits were found are added to `shortened`.
    """
    for start in range(0, results.total, _BATCH):
        for article in archive.articles(results.ids(start, start + _BATCH)):
            matches = archive.matches(results, article.id)
            if matches.partial:
                shortened.append(article.path)
            text = article.text
            for span in matches.spans:
                yield ContextLine(
                    id=article.id,
                    path=article.path,
                    title=article.title,
                    date=article.date,
                    source=article.source,
                    start=span.start,
                    end=span.end,
                    left=one_line(text[max(0, span.start - 2 * width) : span.start])[-width:],
                    hit=one_line(text[span.start : span.end]),
                    right=one_line(text[span.end : span.end + 2 * width])[:width],
                )


def sorted_lines(lines: Iterable[ContextLine], sort: str) -> list[ContextLine]:
    """Lines by the words after the hit ("right"), or by those before it backwards ("left"); else as given.

    Case and accents do not count: é stands with e.
    """
    if sort == "right":
        return sorted(lines, key=lambda line: folded(line.right).split())
    if sort == "left":
        return sorted(lines, key=lambda line: folded(line.left).split()[::-1])
    return list(lines)


def record_of(line: ContextLine) -> Record:
    """A line as the record of `seedread kwic` (docs/contract.md)."""
    return {
        "schema": _SCHEMA,
        "id": line.id,
        "path": line.path,
        "title": line.title,
        "date": line.date.isoformat() if line.date else None,
        "source": line.source,
        "start": line.start,
        "end": line.end,
        "left": line.left,
        "hit": line.hit,
        "right": line.right,
    }


def collocate_records(archive: Archive, results: Results, *, window: int = WINDOW) -> Iterator[Record]:
    """The collocates of results as the records of `seedread kwic --collocates`, most telling first."""
    for each in archive.collocates(results, window=window):
        yield {
            "schema": _SCHEMA,
            "query": results.query,
            "word": each.word,
            "near": each.near,
            "total": each.total,
            "log_likelihood": round(each.likelihood, 2),
        }


def written(records: Iterable[Record], columns: tuple[str, ...], *, csv: bool) -> Iterator[str]:
    """Records as lines of a file, each with its end: CSV with a header, else JSON."""
    if csv:
        yield csv_line(columns)
    for record in records:
        yield csv_line([flat(record[name]) for name in columns]) if csv else f"{as_json(record)}\n"
