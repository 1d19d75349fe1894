"""`seedread [PATH…]`: general help and version, or the terminal reader where there is a terminal."""

from __future__ import annotations

import argparse
import difflib
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from seedread import __version__
from seedread.cli import parser as shared
from seedread.cli.commands import COMMANDS
from seedread.cli.context import FOUND
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import Messages, safe
from seedread.cli.streams.stdout import Output
from seedread_index.model.errors import ArchiveError

if TYPE_CHECKING:
    from seedread.userdata.settings import Settings
    from seedread.userdata.sources import Source


_CLOSING = """\
seedread COMMAND --help tells more.
exit codes: 0 found, 1 nothing found, 2 wrong usage or query, 3 archive missing
or unreadable, 4 locked by another writer, 5 not all was done (run it again),
130 interrupted"""


def parser() -> Parser:
    """The parser of a command line without a subcommand."""
    width = max(map(len, COMMANDS)) + 2
    commands = "\n".join(f"  {name:<{width}}{what}" for name, what in COMMANDS.items())
    made = Parser(
        "seedread",
        "Read and search folders of articles in the terminal;\nfollow every person, place and organisation.",
        usage="seedread [PATH ...]\n       seedread COMMAND [OPTION ...] [WORD ...]",
        epilog=f"commands:\n{commands}\n\n{_CLOSING}",
    )
    made.words("PATH", "folders or files to open (none: the last archive, else the bundled articles)")
    made.add_argument("--version", action="store_true", help="show the version")
    shared.add_archive(made)
    shared.add_verbosity(made)
    return made


def launch(arguments: Sequence[str], out: Output, messages: Messages) -> int:
    """Answer --help and --version, or open the reader on the named paths."""
    own = parser()
    head = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "-h" in head or "--help" in head:
        out.line(own.format_help(), end="")
        return FOUND
    if "--version" in head:
        out.line(f"seedread {__version__}")
        return FOUND
    options = own.parse(arguments)
    messages.quiet, messages.verbose = options.quiet, options.verbose
    _check_paths(options.words)
    from seedread.userdata import sources

    source = sources.choose([*options.archive, *options.words], last=True)
    _check_paths(str(root) for root in source.roots)
    return _open(source, options)


def _check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that do not exist, and suggest a subcommand of a similar name."""
    for position, path in enumerate(paths):
        if not path or os.path.exists(os.path.expanduser(path)):  # Path.exists fails on names too long
            continue
        shown = safe(path)
        near = difflib.get_close_matches(path.lower(), COMMANDS, 1, 0.6) if position == 0 else []
        if near and os.sep not in path:
            raise UsageError(
                f"there is no command {shown}, and no file or folder of that name",
                f"did you mean seedread {near[0]}?   seedread --help lists the commands",
            )
        raise ArchiveError(
            f"there is no file or folder {shown}",
            f"name a folder of articles, or search with: seedread search {shown}",
        )


def _open(source: Source, options: argparse.Namespace) -> int:
    """Open the reader; without a terminal, name the commands that do the work instead."""
    import shlex

    from seedread.cli.context import load_settings
    from seedread.userdata import sources

    place = (
        "" if source.origin is not sources.Origin.NAMED else f" -C {safe(shlex.quote(str(source.roots[0])))}"
    )
    plain = f"for pipes and scripts: seedread search QUERY{place}, seedread list{place}"
    if not (_is_terminal(0) and _is_terminal(2)):
        raise UsageError("the reader needs a terminal, and this is none", plain)
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        return _line_mode(source, load_settings(options.ner_model))
    from seedread.terminal import early_paint

    early_paint.paint()
    try:
        settings = load_settings(options.ner_model)
        if settings.line_mode or settings.driver != "cells":
            early_paint.restore()
        if settings.line_mode:
            return _line_mode(source, settings)
        from seedread import app

        sources.note(source)
        return app.run(source.roots, settings)
    finally:
        early_paint.restore()


def _line_mode(source: Source, settings: Settings) -> int:
    """The reader's commands at a prompt, for terminals that cannot draw and for those who listen."""
    from seedread import linemode
    from seedread.userdata import sources

    sources.note(source)
    return linemode.run(source.roots, settings)


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
