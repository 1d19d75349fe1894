"""`seedread star`: star articles, take stars off, or list what is starred."""

from __future__ import annotations

from seedread.cli.commands.desk.kept_articles import add_keeping, list_kept, named, report
from seedread.cli.commands.show import roots_of
from seedread.cli.context import NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser

EPILOG = """\
  seedread star seeds/003_*.txt
  seedread star --list --format '{path}'
A star follows the article's text into every archive that contains it."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH|ID", "paths or ids of articles (none: list)")
    add_keeping(parser, "remove the stars of these articles", "list the starred articles")


def run(context: Context) -> int:
    """Star the named articles, take their stars off, or list what is starred."""
    options = context.options
    with open_archive(context, roots_of(options)) as archive:
        if options.list or (not options.words and not options.remove):
            return list_kept(
                context, archive, lambda kept: kept.starred_at is not None, "no starred articles"
            )
        ids = named(context, archive, options.words)
        if ids is None:
            return NOTHING
        return report(context, archive.library().star(ids, on=not options.remove))
