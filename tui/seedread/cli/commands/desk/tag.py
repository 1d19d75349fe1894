"""`seedread tag`: give articles a tag, take it off, or list tags and what has them."""

from __future__ import annotations

from seedread.cli.commands.desk.kept_articles import Named, add_keeping, run_named
from seedread.cli.context import Context
from seedread.cli.parser import Parser

EPILOG = """\
  seedread tag grain seeds/003_*.txt
  seedread tag grain --list
  seedread tag --list
Quote a tag of several words: seedread tag 'war crimes' PATH"""


_TAG = Named(
    "tag", "tags", "no articles tagged {}", lambda library, ids, name, on: library.tag(ids, name, on=on)
)


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("TAG PATH|ID", "a tag, then paths or ids of articles (none: list)")
    add_keeping(parser, "remove the tag from these articles", "list tags, or the articles tagged TAG")


def run(context: Context) -> int:
    """Change what has a tag, or list."""
    return run_named(context, _TAG)
