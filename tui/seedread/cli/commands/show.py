"""`seedread show`: whole articles, as text for people or with passages and mentions as JSON."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import log_of, open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Lines, Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import HEADER_SORTS, explain_empty, rows
from seedread.cli.streams.stderr import safe
from seedread.cli.streams.stdout import Record
from seedread.userdata import archive_choice
from seedread_index.archive import Archive
from seedread_index.export.lines import one_line
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.explanation import ArticleExplanation

EPILOG = """\
  seedread show seeds/000_f3c12d9c3c59545f.txt
  seedread show seeds/000_f3c12d9c3c59545f.txt --explain
  seedread show --all --jsonl -C ~/articles > articles.jsonl
Put -- before a path that starts with a dash."""

COLUMNS = ("path", "part", "title", "date", "source", "lang", "text", "neutralised", "id")
_BATCH = 50
_FIELD = 9
_FIRST_WORDS = 60


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH|ID", "paths or ids of articles")
    parser.add_argument("--all", action="store_true", help="all articles (limit with -n, --since, --until)")
    parser.add_argument("--text", action="store_true", help="only the text, complete and unmodified")
    parser.add_argument("--boilerplate", action="store_true", help="include boilerplate")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="explain where title, date, source and author come from, and why a passage is boilerplate",
    )
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_rows(parser, HEADER_SORTS, "at most N articles, with --all (default: all)")
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the articles that are named. Raises UsageError."""
    options = context.options
    if bool(options.words) == options.all:
        raise UsageError("no article given", "give paths or ids (seedread list shows them), or --all")
    if options.explain and (options.text or options.csv or options.null or options.format is not None):
        raise UsageError("--explain prints text, --json or --jsonl only", "remove the other option")
    records = Records(
        context,
        COLUMNS,
        (
            *COLUMNS,
            "title_inferred",
            "date_from",
            "author",
            *json_shapes.ORIGIN,
            *desk_shapes.MARKS,
            "copies",
            "mentions",
            "path_hex",
        ),
    )
    missing = 0
    with open_archive(context, roots_of(options)) as archive:
        if options.all:
            found = Found([row.id for row in rows(archive, options)], ())
        else:
            found = locate(archive, options.words)
        for notice in found.missing:
            context.messages.warning(notice)
            missing += 1
        marks = desk_shapes.Marks(archive, context.messages)
        for start in range(0, len(found.ids), _BATCH):
            ids = found.ids[start : start + _BATCH]
            shown = (
                _explained(context, archive, ids) if options.explain else _whole(context, archive, ids, marks)
            )
            for record, lines, article_id in shown:
                if records.textual and records.written and not options.text:
                    context.out.line()
                records.write(record, lines, partial(archive.file_of, article_id))
        if not missing and not records.written:
            context.messages.info(explain_empty(archive))
        records.close(partial(_document, single=len(options.words) == 1))
    return FOUND if records.written and not missing else NOTHING


def _whole(
    context: Context, archive: Archive, ids: Sequence[str], marks: desk_shapes.Marks
) -> Iterator[tuple[Record, Lines, str]]:
    """Articles as records and as lines; those that were named are noted in the session log."""
    log = log_of(context, archive) if context.options.words else None
    for article in archive.articles(ids):
        if log is not None:
            log.note_opened(article)
        yield (
            json_shapes.article(article) | marks.of(article.id),
            partial(_lines, context, article),
            article.id,
        )


def _explained(context: Context, archive: Archive, ids: Sequence[str]) -> Iterator[tuple[Record, Lines, str]]:
    """Why articles are what they are, as records and as lines."""
    for value in archive.explain_articles(ids):
        shape = json_shapes.explanation(value)
        yield shape, partial(_explanation_lines, context, value), value.article.id


def _explanation_lines(context: Context, value: ArticleExplanation) -> Iterator[str]:
    """Where the fields of an article come from, then its passages with the rules that made them."""
    paint = context.paint
    yield f"{paint('path', value.article.path)}  {paint('faint', value.article.id)}"
    if value.read_as:
        yield f"read as {value.read_as}, recognised by {value.recognised_by}"
    if value.note:
        yield paint("bad", f"{value.article.path} {value.note}")
    yield ""
    for field in value.fields:
        shown = safe(field.chosen.value) if field.chosen is not None else ""
        yield f"{field.name:<{_FIELD}}{shown or paint('faint', 'none')}"
        yield from (" " * _FIELD + paint("faint", safe(source)) for source in field.sources)
    yield ""
    for run in value.runs:
        yield f"{run[0].kind.value:<13}{safe(run[0].because)}"
        for passage in run:
            stop = min(passage.end, passage.start + _FIRST_WORDS)
            words = one_line(value.article.text[passage.start : stop]) + "…" * (stop < passage.end)
            yield f"  {f'{passage.start}..{passage.end}':<15}" + paint("faint", words)


def _document(rows: list[Record], *, single: bool) -> object:
    """One article as itself; several (or a file of several) in a list."""
    if single and len(rows) == 1:
        return rows[0]
    return {"schema": json_shapes.SCHEMA, "total": len(rows), "articles": rows}


def _lines(context: Context, article: Article) -> Iterator[str]:
    """An article for people: its title and facts, then its paragraphs, boilerplate left out but named."""
    if context.options.text:
        yield article.text
        return
    paint = context.paint
    yield paint("title", article.title) + (
        paint("faint", "  (opening words)") if article.title_inferred else ""
    )
    facts = [paint("path", article.path), paint("faint", article.id)]
    facts[:0] = [paint("date", article.date.isoformat())] if article.date else []
    facts[1:1] = [safe(article.source)] if article.source else []
    if article.neutralised:
        facts.append(paint("bad", f"{article.neutralised} unsafe characters replaced"))
    yield "  ".join(facts)
    yield from (f"also: {paint('path', path)}" for path in article.copies)
    yield ""
    shown, hidden = _body(article, context.options.boilerplate)
    yield shown
    if hidden:
        count = f"{hidden} passage{'s' * (hidden != 1)}"
        context.messages.info(f"{article.path}: {count} of boilerplate left out (--boilerplate shows it)")


def _body(article: Article, boilerplate: bool) -> tuple[str, int]:
    """The text with its own gaps, without headline and date, and how many boilerplate passages went."""
    pieces: list[str] = []
    hidden = end = 0
    for passage in article.passages:
        gap, end = article.text[end : passage.start], passage.end
        if passage.kind is PassageKind.BOILERPLATE and not boilerplate:
            hidden += 1
        elif passage.kind not in {PassageKind.DATE, PassageKind.TITLE}:
            pieces += (gap, article.text[passage.start : passage.end])
    return "".join(pieces).strip("\n").lstrip(" "), hidden


_LOOKED_AT = 10_000


_NAMED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of articles, and a sentence for each name that gave none."""

    ids: Sequence[str]
    missing: tuple[str, ...]


def locate(archive: Archive, names: Sequence[str]) -> Found:
    """The articles that names stand for: a path first, then an id, then the start of one id."""
    ids: dict[str, None] = {}
    missing: list[str] = []
    for name in names:
        found = archive.find(os.fsencode(name))
        if not found and _hexadecimal(name):
            found = [name] if archive.headers([name]) else archive.ids_starting(name)
            if len(found) > 1:
                missing.append(f"{name} matches {len(found)} ids")
                continue
        if not found:
            missing.append(_why_missing(archive, name))
        ids.update(dict.fromkeys(found))
    return Found(list(ids), tuple(missing))


def roots_of(options: argparse.Namespace) -> list[str]:
    """The files named, where no archive was asked for and they lie outside the one that is used then."""
    source = archive_choice.choose(options.archive)
    if not archive_choice.unasked(source) or not options.words:
        return []
    roots = [root.resolve() for root in source.roots]
    files = [name for name in options.words if os.path.exists(name)]
    outside = [name for name in files if not any(map(Path(name).resolve().is_relative_to, roots))]
    return files if outside and len(files) == len(options.words) else []


def _why_missing(archive: Archive, name: str) -> str:
    wanted = os.path.realpath(os.fsencode(name))
    for skipped in archive.status().skipped:
        if any(os.path.join(_base(root), skipped.path_bytes) == wanted for root in archive.roots):
            return f"{safe(name)} was skipped ({skipped.status.value}): {skipped.reason}"
    if os.path.lexists(os.fsencode(name)):
        return f"{safe(name)} is not in this archive (choose another with -C PATH)"
    near = [row.path for row in archive.headers(archive.ids()[:_LOOKED_AT]) if safe(name) in row.path]
    if near:
        more = f" and {len(near) - _NAMED:,} more" if len(near) > _NAMED else ""
        return f"no such article: {safe(name)}; did you mean {', '.join(near[:_NAMED])}{more}?"
    return f"no such article: {safe(name)} (seedread list shows all)"


def _base(root: Path) -> bytes:
    return os.fsencode(root if root.is_dir() else root.parent)


def _hexadecimal(name: str) -> bool:
    return len(name) >= 4 and all(character in "0123456789abcdef" for character in name)
