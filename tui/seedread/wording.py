"""Queries, counts, progress and what a sync did, in words: `person:"Vladimir Putin"`, "1,204 articles"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from seedread_index.model.article import Article, EntityType
from seedread_index.model.errors import SeedreadError
from seedread_index.model.quotation import Quotation
from seedread_index.model.status import Indexer, Progress, Stage, SyncReport

if TYPE_CHECKING:
    from seedread_index.archive import Archive

_FIELDS = {
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.ORG: "org",
    EntityType.GROUP: "group",
}
_STAGES = {
    Stage.WALK: "scanning folders",
    Stage.READ: "reading",
    Stage.INDEX: "indexing",
    Stage.ANNOTATE: "finding names",
    Stage.COMPARE: "comparing articles",
    Stage.LINK: "linking names",
    Stage.QUOTE: "finding quotations",
    Stage.PUBLISH: "publishing",
}


SILENT = dt.timedelta(minutes=15)
"""From when on an indexer that said nothing counts as silent."""


def silence(indexer: Indexer, now: dt.datetime) -> dt.timedelta:
    """For how long nothing was heard of an indexer."""
    try:
        return now - dt.datetime.fromisoformat(indexer.at)
    except (TypeError, ValueError):
        return dt.timedelta.max


def freshness(indexers: Sequence[Indexer], now: dt.datetime) -> str:
    """How fresh a shared archive is: "3 indexers, newest 40 s ago; wire-2 silent since 2026-11-30 09:12"."""
    if not indexers:
        return "nobody has published yet"
    newest = max(0, int(min(silence(each, now) for each in indexers).total_seconds()))
    ago = f"{newest} s" if newest < 120 else f"{newest // 60} min" if newest < 7200 else f"{newest // 3600} h"
    quiet = [each for each in indexers if silence(each, now) > SILENT]
    silent = [f"{each.label} silent since {each.at[:16].replace('T', ' ')}" for each in quiet]
    return "; ".join((f"{counted(len(indexers), 'indexer')}, newest {ago} ago", *silent))


_Name = TypeVar("_Name", bound=str)


def named_or_next(typed: str, known: Sequence[_Name], current: str, noun: str = "order") -> _Name:
    """The name that begins with what was typed; without that the one after the current one.

    Raises SeedreadError where none begins so.
    """
    matching = [name for name in known if name.startswith(typed)]
    if not matching:
        raise SeedreadError(f"unknown {noun} {typed}", f"choose one of {', '.join(known)}")
    return matching[0] if typed else known[(known.index(current) + 1) % len(known) if current in known else 0]


def named(name: str, kind: EntityType) -> str:
    """The query for articles that mention somebody or something: person:"Vladimir Putin"."""
    return with_field(_FIELDS.get(kind), name)


def with_field(field: str | None, value: str) -> str:
    """A value as one piece of a query, in a field if one is given; quotes in it, which end it, left out."""
    plain = " ".join(value.replace('"', " ").split())
    return f'{field}:"{plain}"' if field else f'"{plain}"'


_PLURALS = {"copy": "copies", "match": "matches", "person": "people", "org": "organisations"}


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {_PLURALS.get(noun, f'{noun}s')}"


_FIRST_WORD = re.compile(r"[a-z]+(?=[ ,;:]|$)")


def sentence(text: str) -> str:
    """A message with its first word in a capital, as the app shows messages; names and commands stay."""
    return text[:1].upper() + text[1:] if _FIRST_WORD.match(text) else text


def excluding(query: str, named_query: str) -> str:
    """A query that excludes what another one matches."""
    query = query.strip()
    return f"({query}) -{named_query}" if " OR " in query else f"{query} -{named_query}".strip()


def whole_query(query: str, filter: str) -> str:
    """A query with its filter, as one query."""
    query, filter = query.strip(), filter.strip()
    return f"({query}) ({filter})" if query and filter else query or filter


_OPERATORS = frozenset({"AND", "&&", "OR", "||", "NOT", "!"})


def pieces(query: str) -> list[str]:
    """The pieces of a query that stand one after the other; what is in quotes or brackets is whole."""
    found: list[str] = []
    depth, quoted, begun = 0, False, -1
    for at, character in enumerate(f"{query} "):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        if character.isspace() and not quoted and not depth:
            if begun >= 0:
                found.append(query[begun:at])
            begun = -1
        elif begun < 0:
            begun = at
    return [*found, query[begun:]] if begun >= 0 else found


def toggled(query: str, piece: str, *, exclude: bool = False) -> str:
    """A query narrowed to a piece, or to what does not match it; without it where it is narrowed already."""
    wanted, opposite = (f"-{piece}", piece) if exclude else (piece, f"-{piece}")
    parts = pieces(query)
    if wanted in parts:
        return " ".join(_without(parts, wanted))
    parts = _without(parts, opposite)
    rest = " ".join(parts)
    return f"({rest}) {wanted}" if _OPERATORS.intersection(parts) else f"{rest} {wanted}".strip()


def narrowed(query: str, piece: str) -> str:
    """A query narrowed to a piece; the same one where it is narrowed to that already."""
    return query if piece in pieces(query) else toggled(query, piece)


def _without(parts: list[str], piece: str) -> list[str]:
    """The pieces without one that no operator stands beside."""
    return [
        each
        for at, each in enumerate(parts)
        if each != piece
        or (at and parts[at - 1] in _OPERATORS)
        or (at + 1 < len(parts) and parts[at + 1] in _OPERATORS - {"NOT", "!"})
    ]


def progress_text(progress: Progress) -> str:
    """How far work has come: "reading 1,204 of 9,000"; a total that is not known is left out."""
    name = _STAGES[progress.stage]
    if not progress.total:
        return f"{name} {progress.done:,}" if progress.done else name
    return f"{name} {progress.done:,} of {progress.total:,}"


def sync_news(report: SyncReport, reasons: str) -> str:
    """What a sync found, for a status line; empty when there was nothing to do.

    `reasons` is the command that tells why files were skipped.
    """
    counts = ((report.added, "added"), (report.changed, "changed"), (report.removed, "removed"))
    done = [(count, word) for count, word in counts if count]
    parts = [
        f"{f'{count:,}' if at else counted(count, 'article')} {word}" for at, (count, word) in enumerate(done)
    ]
    if parts and report.skipped:
        parts.append(f"{report.skipped:,} skipped ({reasons} lists them)")
    return ", ".join(parts)


def sync_summary(report: SyncReport) -> str:
    """What a sync did, with all its counts, as a message."""
    skipped = counted(report.skipped - report.retry, "file")
    added = f"{counted(report.added, 'article')} added"
    notice = f"{added}, {report.changed:,} changed, {report.removed:,} removed; {skipped} skipped"
    return f"{notice}; {retry_summary(report)}" if report.retry else notice


def retry_summary(report: SyncReport) -> str:
    """What is left for the next sync, as a message."""
    files = counted(report.retry, "file")
    return f"{files} could not be read (memory, the disk or a crash); the next update tries again"


_FIRST_WORDS = 60


def reasons(archive: Archive, article: Article) -> Iterator[str]:
    """Where the fields come from, and which rule made each passage; the file is read again for it."""
    for found in archive.explain_articles([article.id]):
        if found.read_as:
            yield f"read as {found.read_as}, recognised by {found.recognised_by}"
        if found.note:
            yield f"the file {found.note}"
        for field in found.fields:
            yield f"  {field.name:<13}{field.chosen.value if field.chosen else 'none'}"
            yield from (f"  {'':<13}{source}" for source in field.sources)
        for run in found.runs:
            yield f"  {run[0].kind.value:<13}{run[0].because}"
            for passage in run:
                words = " ".join(found.article.text[passage.start : passage.end].split())
                yield f"  {'':<13}{words[:_FIRST_WORDS]}"


def speaker_of(quotation: Quotation) -> str:
    """The name of who speaks, or the words that stand for it; empty where nobody is told."""
    speaker = quotation.speaker
    return " ".join((speaker.name or speaker.text).split()) if speaker is not None else ""
