"""`seedread star`: star articles, take stars off, or list what is starred."""

from __future__ import annotations

from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import add_keeping, list_kept, named, report
from seedread.cli.commands.show import roots_of
from seedread.cli.context import NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser, UsageError

EPILOG = """\
  seedread star seeds/003_*.txt
  seedread star 3f1c2a --at 1200..1312
  seedread star --list --format '{path}'
Offsets are those that seedread show --json prints.
A star follows the article's text into every archive that contains it."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH|ID", "paths or ids of articles (none: list)")
    parser.add_argument(
        "--at",
        metavar="START..END",
        type=shared.place,
        help="star this passage of the article (again to remove the star)",
    )
    add_keeping(parser, "remove the stars of these articles", "list the starred articles")


def run(context: Context) -> int:
    """Star the named articles, take their stars off, or list what is starred."""
    options = context.options
    if options.at is not None and (options.list or options.remove or len(options.words) != 1):
        raise UsageError("--at takes one article", "seedread star PATH --at START..END")
    with open_archive(context, roots_of(options)) as archive:
        if options.list or (not options.words and not options.remove):
            return list_kept(
                context,
                archive,
                lambda kept: kept.starred_at is not None or bool(kept.passages),
                "no starred articles (seedread star PATH stars one)",
            )
        ids = named(context, archive, options.words)
        if ids is None:
            return NOTHING
        if options.at is not None:
            if len(ids) > 1:
                raise UsageError(f"{options.words[0]} contains several articles", "give the id of one")
            return report(context, archive.library().star_passage(ids[0], options.at))
        return report(context, archive.library().star(ids, on=not options.remove))
