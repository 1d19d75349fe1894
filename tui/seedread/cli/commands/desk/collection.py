"""`seedread collection`: put articles into a collection, take them out, or list collections."""

from __future__ import annotations

from seedread.cli.commands.desk.kept_articles import Named, add_keeping, run_named
from seedread.cli.context import Context
from seedread.cli.parser import Parser, UsageError

EPILOG = """\
  seedread collection 'Grain deal' --add seeds/003_*.txt
  seedread collection 'Grain deal'
  seedread export --collection 'Grain deal' -o grain.md"""


_COLLECTION = Named(
    "collection",
    "collections",
    "the collection {} is empty",
    lambda library, ids, name, on: library.collect(ids, name, on=on),
)


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME PATH|ID", "a collection, then paths or ids of articles (none: list)")
    parser.add_argument("--add", action="store_true", help="add these articles (default)")
    add_keeping(parser, "remove these articles", "list the collections, or the articles of NAME")


def run(context: Context) -> int:
    """Change what has a collection, or list."""
    options = context.options
    if options.add and (options.remove or options.list):
        raise UsageError("--add, --remove and --list cannot be combined", "use only one of them")
    if options.add and len(options.words) < 2:
        raise UsageError("no article given", "seedread collection NAME --add PATH; seedread list shows paths")
    return run_named(context, _COLLECTION)
