"""`seedread library`: all that is kept, taken to another machine, adopted after a move, undone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import list_kept, report
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread.export import write_output
from seedread_index.archive import Archive
from seedread_index.files.user_files import UserFileError, read_bytes
from seedread_index.library.journal import MAX_BYTES

EPILOG = """\
  seedread library
  seedread library --export desk.jsonl
  seedread library --adopt -C ~/moved
The library is library.jsonl in your data folder; deleting the cache is safe."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.usage = f"{parser.prog} [OPTION ...]"
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    group = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    group.add_argument(
        "--export", metavar="FILE", help="write the whole library to FILE (- for standard output)"
    )
    group.add_argument("--import", metavar="FILE", dest="import_", help="add the contents of another library")
    group.add_argument(
        "--adopt", action="store_true", help="reattach stars, tags and notes to files that moved and changed"
    )
    group.add_argument("--undo", action="store_true", help="undo the last change to the library")
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """List, export, import, adopt or undo."""
    options = context.options
    if options.words:
        raise UsageError(f"unexpected argument: {options.words[0]}", "see seedread library --help")
    with open_archive(context) as archive:
        library = archive.library()
        if options.export is not None:
            return _export(context, archive, options.export)
        if options.import_ is not None:
            return _import(context, archive, options.import_)
        if options.adopt:
            return report(context, library.adopt())
        if options.undo:
            undone = library.undo()
            context.messages.info(safe(undone.description) if undone else "nothing to undo")
            return FOUND if undone else NOTHING
        code = list_kept(
            context, archive, lambda _: True, "nothing kept yet (seedread star PATH keeps an article)"
        )
        if found := len(library.adoptable()):
            articles = f"{found:,} article{'s' * (found != 1)}"
            context.messages.info(
                f"{articles} moved here and changed since (seedread library --adopt reattaches them)"
            )
        return code


def _export(context: Context, archive: Archive, name: str) -> int:
    changes = archive.library().journal.changes()
    text = "".join(f"{change.line()}\n" for change in changes)
    if name == "-":
        context.out.line(text, end="")
        return FOUND
    write_output(archive, Path(name), text.encode("utf-8"))
    context.messages.info(f"{len(changes):,} changes written to {safe(name)}")
    return FOUND


def _import(context: Context, archive: Archive, name: str) -> int:
    if name == "-" and sys.stdin is None:
        raise UsageError("standard input is closed", "give a file that library --export wrote")
    try:
        data = sys.stdin.buffer.read(MAX_BYTES) if name == "-" else read_bytes(Path(name), MAX_BYTES)
    except OSError as problem:
        raise UsageError(
            f"{safe(name)} cannot be read: {problem.strerror}", "give a file that exists"
        ) from problem
    except UserFileError as problem:
        raise UsageError(f"{safe(name)} {problem.message}", problem.hint) from problem
    added, unreadable = archive.library().journal.add(data.decode("utf-8", "replace"))
    if unreadable:
        lines = f"{unreadable:,} line{'s' * (unreadable != 1)}"
        context.messages.warning(f"{lines} of {safe(name)} cannot be read; skipped")
    context.messages.info(f"{added:,} change{'s' * (added != 1)} added")
    return FOUND if added else NOTHING
