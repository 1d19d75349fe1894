"""From a command line to an exit code: finds the subcommand, runs it, and reports errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from seedread.cli import parser as shared
from seedread.cli.commands import COMMANDS, module_of, parser_of
from seedread.cli.context import FAULT, FOUND, INCOMPLETE, INTERRUPTED, READER_GONE, USAGE, Context
from seedread.cli.parser import UsageError
from seedread.cli.streams.stderr import Messages, safe
from seedread.cli.streams.stdout import Output, OutputError, Painter, ReaderGone, colour_enabled
from seedread.terminal import early_paint
from seedread_index.model.errors import SeedreadError


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
        messages.warning(f"standard output cannot be written to: {error}")
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
        if _lacks_memory(error):
            messages.warning("there is not enough memory; what is already stored is kept")
            messages.warning("end other programs or raise the limit (ulimit -v), and run it again")
            return INCOMPLETE
        messages.warning(f"a fault in seedread: {type(error).__name__}: {error}")
        messages.warning("run it again with --debug to see where; a report is welcome")
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
        from seedread.cli.launch import launch

        return launch(rest, out, messages)
    early_paint.restore()  # a folder called like a command may have had it painted
    messages.name = f"seedread {name}"
    parser = parser_of(name)
    head = rest[: rest.index("--")] if "--" in rest else rest
    if "-h" in head or "--help" in head:
        out.line(parser.format_help(), end="")
        return FOUND
    options = parser.parse(rest)
    messages.quiet, messages.verbose = options.quiet, options.verbose
    paint = Painter(colour_enabled(getattr(options, "color", "auto"), out.interactive))
    code: int = module_of(name).run(Context(options, out, messages, paint))
    return code


def _plain_words(arguments: Sequence[str]) -> Sequence[str]:
    """`help [COMMAND]` and `version` as options, unless something is called so."""
    if arguments and arguments[0] in {"help", "version"} and not os.path.lexists(arguments[0]):
        unknown = [word for word in arguments[1:2] if word not in COMMANDS and not word.startswith("-")]
        if arguments[0] == "help" and unknown:
            raise UsageError(f"there is no command {safe(unknown[0])}", "seedread --help lists the commands")
        return [*arguments[1:2], f"--{arguments[0]}"]
    return arguments


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, is for want of memory.

    Python raises a RuntimeError where a thread gets no stack, an ImportError where a library is not mapped.
    """
    while error is not None:
        starved = isinstance(error, OSError) and error.errno == errno.ENOMEM
        unmapped = isinstance(error, RuntimeError | ImportError) and any(
            part in str(error)
            for part in ("can't start new thread", "failed to map segment", "Cannot allocate memory")
        )
        if isinstance(error, MemoryError) or starved or unmapped:
            return True
        error = error.__cause__ or error.__context__
    return False


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
