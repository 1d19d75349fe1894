"""`seedread correct`: the title, date, source and author of articles, and what is their body."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from typing import get_args

from seedread.cli import parser as shared
from seedread.cli.commands.show import locate, roots_of
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive, warn_of_corrections
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.article import Span
from seedread_index.model.correction import (
    CLEAR,
    ArticleCorrection,
    ArticleCorrectionKind,
    CorrectionResult,
    ListedCorrection,
)

EPILOG = """\
  seedread correct seeds/003_*.txt --date 2019-04-02 --author none
  seedread correct a.txt b.txt --source 'The Guardian'
  seedread correct a.txt --boilerplate 1200..1312
  seedread correct --list
Offsets are those that seedread show --json prints.
The path of a file with several articles means all of them."""

COLUMNS = ("do", "articles", "value", "text", "line", "problem")
KINDS: tuple[ArticleCorrectionKind, ...] = get_args(ArticleCorrectionKind)


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH|ID", "paths or ids of articles")
    group = parser.add_argument_group(
        "corrections",
        "stored in your own file; 'none' clears a value",
    )
    group.add_argument("--title", metavar="TITLE", help="the headline")
    group.add_argument("--date", metavar="DATE", help="the publication date, such as 2021-03-05")
    group.add_argument("--source", metavar="SOURCE", help="the newspaper, agency or site")
    group.add_argument("--author", metavar="AUTHOR", help="the author, or several separated by commas")
    for flag, help_text in (
        ("--boilerplate", "mark this passage as boilerplate"),
        ("--body", "mark this passage as the article's own text"),
        ("--no-name", "mark these words as not a name in this article"),
    ):
        group.add_argument(flag, metavar="START..END", type=shared.place, help=help_text)
    group.add_argument(
        "--undo", action="store_true", help="undo the last correction (of these articles, if given)"
    )
    group.add_argument("--list", action="store_true", help="list the corrections of articles")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Correct the named articles, or list or undo corrections."""
    options = context.options
    wanted = [kind for kind in KINDS if getattr(options, kind) is not None]
    _refuse_mixed(options, wanted)
    with open_archive(context, roots_of(options)) as archive:
        found = locate(archive, options.words)
        for notice in found.missing:
            context.messages.warning(notice)
        if found.missing:
            return NOTHING
        if options.list:
            return _list(archive, context, found.ids)
        if options.undo:
            result = archive.undo(found.ids, wait=options.wait)
            if result is None:
                context.messages.info("nothing to undo")
                return NOTHING
            _print(context, archive, "undone: ", result)
            return FOUND
        corrections = [_correction(kind, getattr(options, kind), found.ids) for kind in wanted]
        _print(context, archive, "", archive.correct(*corrections, wait=options.wait))
    return FOUND


def _refuse_mixed(options: argparse.Namespace, wanted: Sequence[str]) -> None:
    if options.list and options.undo:
        raise UsageError("--list and --undo cannot be combined", "use only one of them")
    if wanted and (options.list or options.undo):
        raise UsageError(
            f"{_flag(wanted[0])} cannot be combined with --list or --undo", "use only one of them"
        )
    if wanted and not options.words:
        raise UsageError("no article given", "seedread correct PATH --title TITLE; seedread list shows paths")
    if not wanted and not options.list and not options.undo:
        raise UsageError(
            "nothing to correct", f"give {', '.join(map(_flag, KINDS[:-1]))} or {_flag(KINDS[-1])}"
        )


def _flag(kind: str) -> str:
    """The option that asks for a kind of correction."""
    return f"--{kind.replace('_', '-')}"


def _correction(do: ArticleCorrectionKind, value: str | Span, articles: Sequence[str]) -> ArticleCorrection:
    if isinstance(value, Span):
        if len(articles) > 1:
            raise UsageError(f"{_flag(do)} takes one article, not {len(articles)}", "give one path or id")
        return ArticleCorrection(do, tuple(articles), span=value)
    return ArticleCorrection(do, tuple(articles), None if value == CLEAR else value)


def _list(archive: Archive, context: Context, articles: Sequence[str]) -> int:
    """Print the corrections of articles, or of those named; 1 where there are none."""
    warn_of_corrections(archive, context)
    records = Records(context, COLUMNS)
    ids = frozenset(articles)
    for listed in () if archive.corrections_problem() else archive.article_corrections():
        names = {name.id for name in listed.correction.articles}
        if not ids or not ids.isdisjoint(names):
            records.write(json_shapes.correction(listed), partial(_lines, context, listed))
    if not records.written:
        context.messages.info("no corrections")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "corrections": rows})
    return FOUND if records.written else NOTHING


def _lines(context: Context, listed: ListedCorrection) -> Iterator[str]:
    yield safe(str(listed.correction))
    if listed.problem:
        yield context.paint("bad", f"  not applied: {safe(listed.problem)}")


def _print(context: Context, archive: Archive, lead: str, result: CorrectionResult) -> None:
    context.messages.info(f"{lead}{safe(result.correction)}")
    context.messages.detail(f"stored in {archive.folder.corrections}")
    for problem in result.problems:
        context.messages.warning(safe(problem))
