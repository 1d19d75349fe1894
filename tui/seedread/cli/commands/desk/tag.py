"""`seedread tag`: give articles a tag, take it off, or list tags and what has them."""

from __future__ import annotations

from seedread.cli.commands.desk.kept_articles import add_keeping, list_kept, named, report
from seedread.cli.commands.desk.names import list_names
from seedread.cli.context import NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser
from seedread_index.model.entity import fold_name

EPILOG = """\
  seedread tag grain seeds/003_*.txt
  seedread tag grain --list
  seedread tag --list
A tag of several words is quoted: seedread tag 'war crimes' PATH"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("TAG PATH|ID", "a tag, then files of the archive or ids of articles (none: list)")
    add_keeping(parser, "take the tag off these articles", "list the tags, or the articles that have TAG")


def run(context: Context) -> int:
    """Tag the named articles, take the tag off, or list."""
    options = context.options
    tag, words = (options.words[0], options.words[1:]) if options.words else ("", [])
    with open_archive(context) as archive:
        library = archive.library()
        if not tag:
            return list_names(context, "tag", library.names("tags"))
        if options.list or (not words and not options.remove):
            wanted = fold_name(tag)
            return list_kept(
                context,
                archive,
                lambda kept: wanted in map(fold_name, kept.tags),
                f"no article is tagged {tag}",
            )
        ids = named(context, archive, words)
        if ids is None:
            return NOTHING
        return report(context, library.tag(ids, tag, on=not options.remove))
