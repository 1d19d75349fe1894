"""From a command line to an exit code: runs the subcommand, or opens the reader, and reports errors.

`seedread [PATH…]`, without a subcommand, is general help and version, or the reader on a terminal.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from seedread import __version__
from seedread.cli import parser as shared
from seedread.cli.commands import COMMANDS, module_of, parser_of
from seedread.cli.context import (
    FAULT,
    FOUND,
    INCOMPLETE,
    INTERRUPTED,
    READER_GONE,
    USAGE,
    Context,
    load_settings,
)
from seedread.cli.parser import Parser, UsageError, did_you_mean
from seedread.cli.streams.stderr import Messages, safe
from seedread.cli.streams.stdout import Output, OutputError, Painter, ReaderGone, colour_enabled
from seedread.terminal import early_paint
from seedread_index.model.errors import ArchiveError, SeedreadError, typed_root
from seedread_index.server_address import is_address

if TYPE_CHECKING:
    from types import ModuleType

    from seedread.userdata.archive_choice import Source
    from seedread.userdata.settings import Settings


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors are reported on standard error."""
    out, messages = Output(sys.stdout), Messages(sys.stderr)
    debug = "--debug" in arguments
    try:
        try:
            code = _dispatch(arguments, out, messages)
            out.flush()
        finally:
            early_paint.restore()  # before anything is said of a fault
    except ReaderGone:
        _abandon_stdout()
        return READER_GONE
    except OutputError as error:
        _abandon_stdout()
        messages.warning(f"cannot write to standard output: {error}")
        return USAGE
    except KeyboardInterrupt:
        messages.warning("interrupted")
        return INTERRUPTED
    except SeedreadError as error:
        if debug:
            _print_traceback(messages)
        messages.error(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last border: a fault of the program's own, said in one line
        if debug:
            _print_traceback(messages)
        lacking = _lacking(error)
        if lacking:
            what, limit = lacking
            messages.warning(f"{what}; everything stored so far is kept")
            messages.warning(f"close other programs or raise the limit ({limit}), then run it again")
            return INCOMPLETE
        messages.warning(f"internal error: {type(error).__name__}: {error}")
        messages.warning("run it again with --debug, and please report what it prints")
        return FAULT
    return code


def split(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The subcommand of a command line, with everything else; shared options may stand before it."""
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        if argument == "--":
            break
        if not argument.startswith("-") or argument == "-":
            if argument in COMMANDS:
                return argument, [*arguments[:position], *arguments[position + 1 :]]
            break
        position += 2 if argument in shared.OPTIONS_WITH_VALUE else 1
    return None, list(arguments)


def _dispatch(arguments: Sequence[str], out: Output, messages: Messages) -> int:
    name, rest = split(_plain_words(arguments))
    if name is None:
        return launch(rest, out, messages)
    early_paint.restore()  # a folder called like a command may have had it painted
    messages.name = f"seedread {name}"
    own = parser_of(name)
    head = rest[: rest.index("--")] if "--" in rest else rest
    if "-h" in head or "--help" in head:
        out.line(own.format_help(), end="")
        return FOUND
    options = own.parse(rest)
    messages.quiet, messages.verbose = options.quiet, options.verbose
    paint = Painter(colour_enabled(getattr(options, "color", "auto"), out.interactive))
    code: int = module_of(name).run(Context(options, out, messages, paint))
    return code


def _plain_words(arguments: Sequence[str]) -> Sequence[str]:
    """`help [COMMAND]` and `version` as options, unless something is called so."""
    if arguments and arguments[0] in {"help", "version"} and not os.path.lexists(arguments[0]):
        unknown = [word for word in arguments[1:2] if word not in COMMANDS and not word.startswith("-")]
        if arguments[0] == "help" and unknown:
            hint = did_you_mean(unknown[0], COMMANDS, "seedread --help lists all commands")
            raise UsageError(f"unknown command: {safe(unknown[0])}", hint)
        return [*arguments[1:2], f"--{arguments[0]}"]
    return arguments


def _lacking(error: BaseException | None) -> tuple[str, str] | None:
    """What the system lacks where an error, or what it came from, is for want of it, and whose limit it is.

    Python raises a RuntimeError where a thread gets no stack, an ImportError where a library is not mapped.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            return "too many files are open", "ulimit -n"
        starved = isinstance(error, OSError) and error.errno == errno.ENOMEM
        unmapped = isinstance(error, RuntimeError | ImportError) and any(
            part in str(error)
            for part in ("can't start new thread", "failed to map segment", "Cannot allocate memory")
        )
        if isinstance(error, MemoryError) or starved or unmapped:
            return "out of memory", "ulimit -v"
        error = error.__cause__ or error.__context__
    return None


def _print_traceback(messages: Messages) -> None:
    import traceback  # costs as much as all the rest of --help

    for line in traceback.format_exc().splitlines():
        messages.plain(line)


def _abandon_stdout() -> None:
    """Keep Python from writing the rest of the buffer, and complaining, when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, descriptor)
    os.close(devnull)


_CLOSING = """\
Run 'seedread COMMAND --help' for details.
exit codes: 0 found, 1 nothing found, 2 usage or query error, 3 archive missing
or unreadable, 4 locked by another process, 5 incomplete (run it again),
130 interrupted"""


def reader_parser() -> Parser:
    """The parser of a command line without a subcommand."""
    width = max(map(len, COMMANDS)) + 2
    commands = "\n".join(f"  {name:<{width}}{what}" for name, what in COMMANDS.items())
    made = Parser(
        "seedread",
        "Search and read folders of news articles in the terminal, and follow the\n"
        "people, places and organisations in them.",
        usage="seedread [PATH ...]\n       seedread COMMAND [OPTION ...] [WORD ...]",
        epilog=f"commands:\n{commands}\n\n{_CLOSING}",
    )
    made.words(
        "PATH",
        f"folders or files to open (default: {shared.DEFAULT_ARCHIVE})",
    )
    made.add_argument("--version", action="store_true", help="print the version")
    shared.add_archive(made)
    shared.add_verbosity(made)
    return made


def launch(arguments: Sequence[str], out: Output, messages: Messages) -> int:
    """Answer --help and --version, or open the reader on the named paths."""
    own = reader_parser()
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
    from seedread.userdata import archive_choice

    source = archive_choice.choose([*options.archive, *options.words])
    _check_paths(str(root) for root in source.roots)
    return _open(source, options)


def _check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that do not exist, and suggest a subcommand of a similar name."""
    for position, path in enumerate(paths):
        if not path or is_address(path) or os.path.exists(os.path.expanduser(path)):  # names may be too long
            continue
        shown = safe(path)
        import difflib

        near = difflib.get_close_matches(path.lower(), COMMANDS, 1, 0.6) if position == 0 else []
        if near and os.sep not in path:
            raise UsageError(
                f"unknown command: {shown}, and no such file or folder",
                f"did you mean seedread {near[0]}?   seedread --help lists all commands",
            )
        raise ArchiveError(
            f"no such file or folder: {shown}",
            f"give a folder of articles, or search with: seedread search {shown}",
        )


def _open(source: Source, options: argparse.Namespace) -> int:
    """Open the reader; without a terminal, name the commands that do the work instead."""
    import shlex

    from seedread.userdata import archive_choice

    named = source.origin is archive_choice.Origin.NAMED
    place = f" -C {safe(shlex.quote(typed_root(str(source.roots[0]))))}" if named else ""
    plain = f"for pipes and scripts: seedread search QUERY{place}, seedread list{place}"
    if not (_is_terminal(0) and _is_terminal(2)):
        raise UsageError("the reader needs a terminal (standard output is not one)", plain)
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    if os.environ.get("TERM", "dumb") in {"", "dumb"}:
        return _line_mode(source, load_settings(options.ner_model, options.cache, private=options.private))
    early_paint.paint()
    early_paint.show_name(archive_choice.archive_name(source.roots))
    try:
        settings = load_settings(options.ner_model, options.cache, private=options.private)
        if settings.line_mode or settings.driver != "cells":
            early_paint.restore()
        if settings.line_mode:
            return _line_mode(source, settings)
        app = _imported_app()
        if not settings.private:
            archive_choice.note(source)
        code: int = app.run(source.roots, settings)
        return code
    finally:
        early_paint.restore()


def _imported_app() -> ModuleType:
    """The app, imported without a search for garbage, which took a tenth of the time and found none."""
    import gc

    gc.disable()
    try:
        from seedread import app
    finally:
        gc.freeze()  # what is imported stays; later collections need not look at it either
        gc.enable()
    return app


def _line_mode(source: Source, settings: Settings) -> int:
    """The reader's commands at a prompt, for terminals that cannot draw and for those who listen."""
    from seedread import linemode
    from seedread.userdata import archive_choice

    if not settings.private:
        archive_choice.note(source)
    return linemode.run(source.roots, settings, COMMANDS)


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
