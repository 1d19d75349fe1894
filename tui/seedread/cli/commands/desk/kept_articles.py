"""What the commands of the library share: articles named on the command line, and lists of what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from seedread.cli import parser as shared
from seedread.cli.commands.show import locate
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.library.journal import label_key
from seedread_index.model.library import Kept, LibraryChange

if TYPE_CHECKING:
    from seedread_index.library.archive_library import ArchiveLibrary

COLUMNS = ("path", "title", "date", "starred_at", "tags", "notes", "collections", "file", "id")


def add_keeping(parser: Parser, remove_help: str, list_help: str) -> None:
    """--remove, --list, and the options that all these commands share."""
    group = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    group.add_argument("--remove", action="store_true", help=remove_help)
    group.add_argument("--list", action="store_true", help=list_help)
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_color(parser)


def named(context: Context, archive: Archive, words: Sequence[str]) -> list[str] | None:
    """The ids of the articles that words name; None, with a warning for each, where some name none."""
    if not words:
        raise UsageError("no article given", f"{context.messages.name} … PATH; seedread list shows paths")
    found = locate(archive, words)
    for notice in found.missing:
        context.messages.warning(notice)
    return None if found.missing else list(found.ids)


def report(context: Context, change: LibraryChange) -> int:
    """Print what became of a change on standard error."""
    context.messages.info(safe(change.description))
    return FOUND if change.articles else NOTHING


@dataclass(frozen=True, slots=True)
class Named:
    """What articles can be kept under by a name: how it is called, and how it is listed and changed."""

    word: str
    kind: str
    nothing: str
    change: Callable[[ArchiveLibrary, list[str], str, bool], LibraryChange]


def run_named(context: Context, named_by: Named) -> int:
    """Put articles under the name of the first word, take them from it, or list; a name alone lists."""
    options = context.options
    name, words = (options.words[0], options.words[1:]) if options.words else ("", [])
    with open_archive(context) as archive:
        library = archive.library()
        if not name:
            return list_names(context, named_by.word, library.names(named_by.kind))
        if options.list or not (words or options.remove):
            wanted = label_key(name)
            return list_kept(
                context,
                archive,
                lambda kept: wanted in map(label_key, getattr(kept, named_by.kind)),
                named_by.nothing.format(name),
            )
        ids = named(context, archive, words)
        if ids is None:
            return NOTHING
        return report(context, named_by.change(library, ids, name, not options.remove))


def list_names(context: Context, kind: str, names: Mapping[str, int]) -> int:
    """Print the names of a kind (tag, collection); 1 where there are none."""
    if context.options.null:
        raise UsageError(f"-0 prints files: no {kind} given", f"{context.messages.name} NAME --list -0")
    records = Records(context, (kind, "articles"))
    for name, articles in names.items():
        record = {"schema": json_shapes.SCHEMA, kind: name, "articles": articles}
        records.write(record, lambda name=name, articles=articles: [f"{articles:>7,}  {safe(name)}"])  # type: ignore[misc]
    if not records.written:
        context.messages.info(f"no {kind}s yet ({context.messages.name} NAME PATH adds an article to one)")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), f"{kind}s": rows})
    return FOUND if records.written else NOTHING


def list_kept(context: Context, archive: Archive, wanted: Callable[[Kept], bool], nothing: str) -> int:
    """Print what is kept of the articles that are wanted, of other archives too; 1 where there are none."""
    library = archive.library()
    records = Records(context, COLUMNS)
    here = {kept.article.hash: article_id for article_id, kept in library.here().items()}
    headers = {header.id: header for header in archive.headers(list(here.values()))}
    for kept in filter(wanted, library.everything()):
        header = headers.get(here.get(kept.article.hash, ""))
        record = desk_shapes.kept(kept, header)
        lines = partial(_lines, context, record, here=header is not None)
        file = partial(archive.file_of, header.id) if header is not None else None
        records.write(record, lines, file)
    if not records.written:
        context.messages.info(nothing)
    _warn_unreadable(context, archive)
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "articles": rows})
    return FOUND if records.written else NOTHING


def _warn_unreadable(context: Context, archive: Archive) -> None:
    journal = archive.library().journal
    if lines := journal.unreadable:
        numbers = ", ".join(map(str, lines[:5])) + ", …" * (len(lines) > 5)
        word = "lines" if len(lines) > 1 else "line"
        context.messages.warning(
            f"{word} {numbers} of {safe(str(journal.path))} cannot be read and are left unchanged"
        )


def _lines(context: Context, record: json_shapes.Shape, *, here: bool) -> Iterator[str]:
    """An article for people: its path, what is kept of it, its title."""
    paint = context.paint
    facts = [paint("path", safe(record["path"]))]
    if record["date"]:
        facts.append(paint("date", record["date"]))
    if record["starred_at"]:
        facts.append("starred")
    facts += [f"#{safe(tag)}" for tag in record["tags"]]
    facts += [f"in {safe(name)}" for name in record["collections"]]
    for name, word in (("notes", "note"), ("passages", "starred passage")):
        if count := len(record[name]):
            facts.append(f"{count} {word}{'s' * (count != 1)}")
    if not here:
        facts.append(paint("faint", f"not in this archive: {safe(record['file'])}"))
    yield "  ".join(facts)
    yield "  " + paint("title", safe(record["title"]))
