"""`seedread collection`: put articles into a collection, take them out, or list collections."""

from __future__ import annotations

from seedread.cli.commands.desk.kept_articles import add_keeping, list_kept, named, report
from seedread.cli.commands.desk.names import list_names
from seedread.cli.context import NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser, UsageError
from seedread_index.model.entity import fold_name

EPILOG = """\
  seedread collection 'Grain deal' --add seeds/003_*.txt
  seedread collection 'Grain deal'
  seedread export --collection 'Grain deal' -o grain.md"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME PATH|ID", "a collection, then files of the archive or ids of articles (none: list)")
    parser.add_argument("--add", action="store_true", help="put these articles in (the default)")
    add_keeping(parser, "take these articles out", "list the collections, or the articles of NAME")


def run(context: Context) -> int:
    """Change a collection, or list."""
    options = context.options
    if options.add and (options.remove or options.list):
        raise UsageError("--add, --remove and --list exclude each other", "give one of them")
    name, words = (options.words[0], options.words[1:]) if options.words else ("", [])
    with open_archive(context) as archive:
        library = archive.library()
        if not name:
            return list_names(context, "collection", library.names("collections"))
        if options.list or (not words and not options.remove and not options.add):
            wanted = fold_name(name)
            return list_kept(
                context,
                archive,
                lambda kept: wanted in map(fold_name, kept.collections),
                f"the collection {name} is empty",
            )
        ids = named(context, archive, words)
        if ids is None:
            return NOTHING
        return report(context, library.collect(ids, name, on=not options.remove))
