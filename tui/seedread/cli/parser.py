"""The argument parser: errors are raised with a hint, and words and options may come in any order."""

from __future__ import annotations

import argparse
import difflib
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from seedread_index.model.article import Span
from seedread_index.model.errors import SeedreadError
from seedread_index.text.sanitize import SURROGATES

PATHS = frozenset({"PATH", "FILE", "PATH|ID"})
"""What stands in the help for names of files, whose bytes may be any."""
_BYTES = re.compile(f"[{SURROGATES}]")


class UsageError(SeedreadError):
    """A command line that cannot be understood."""


def did_you_mean(word: str, known: Iterable[str], listed: str) -> str:
    """A hint: the known word that is most like one, if any is, and before all of them."""
    near = difflib.get_close_matches(word.lower(), list(known), 1, 0.6)
    return f"did you mean {near[0]}?   {listed}" if near else listed


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with a narrow left column, 80 columns wide whatever COLUMNS says."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=80)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser without abbreviations whose faults are UsageErrors."""

    def __init__(self, prog: str, description: str, *, usage: str | None = None, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=HelpFormatter,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="store_true", help="show this help")

    def words(self, metavar: str, help: str) -> None:
        """Declare the command's words, kept as `options.words`."""
        if self.usage is None:
            self.usage = f"{self.prog} [OPTION ...] [{metavar} ...]"
        self.add_argument_group("arguments").add_argument("words", nargs="*", metavar=metavar, help=help)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Read a command line; everything after `--` is a word, whatever it looks like."""
        head, tail = list(arguments), []
        if "--" in head:
            cut = head.index("--")
            head, tail = head[:cut], head[cut + 1 :]
        head = ["--wait=" if argument == "--wait" else argument for argument in head]
        options, unknown = self.parse_known_intermixed_args(head)
        if unknown:
            self._refuse(unknown)
        options.words = [*getattr(options, "words", ()), *tail]
        self._refuse_bytes(options)
        return options

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """Everything declared, in order."""
        return tuple(self._actions)

    def option_names(self) -> list[str]:
        """Every option in every spelling."""
        return [name for action in self._actions for name in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """Raise a UsageError instead of ending the process."""
        raise UsageError(_plain(message), f"see {self.prog} --help")

    def _refuse_bytes(self, options: argparse.Namespace) -> None:
        """Refuse arguments that are not UTF-8, where no name of a file is wanted."""
        for action in self._actions:
            if action.metavar in PATHS:
                continue
            value = getattr(options, action.dest, None)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str) and _BYTES.search(each):
                    name = "" if action.dest == "words" else f"{action.option_strings[-1]}: "
                    raise UsageError(
                        f"{name}not valid UTF-8: {_BYTES.sub('?', each)}", "type it in a UTF-8 terminal"
                    )

    def _refuse(self, unknown: Sequence[str]) -> NoReturn:
        first = unknown[0]
        if not first.startswith("-"):
            raise UsageError(f"unexpected argument: {first}", f"see {self.prog} --help")
        name = first.partition("=")[0]
        long = name.startswith("--")
        near = difflib.get_close_matches(name, self.option_names(), 1, 0.7) if long else []
        hint = f"did you mean {near[0]}?   " if near else ""
        if "words" in {action.dest for action in self._actions}:
            hint += f"put -- before an argument that starts with a dash: {self.prog} -- {first}"
        else:
            hint += f"see {self.prog} --help"
        raise UsageError(f"unknown option {name}", hint)


def _plain(message: str) -> str:
    """An argparse message without its jargon."""
    message = re.sub(r"^argument (\S+): ", lambda match: f"{match[1].replace('/', ', ')}: ", message)
    return message.replace("invalid int value:", "not a whole number:")


MAX_ROWS = 1_000_000_000
"""Rows that may be asked for."""
_DIGITS = 20

DEFAULT_ARCHIVE = "SEEDREAD_ARCHIVE, else the last archive opened, else the bundled samples"
"""Which archive is used where none is named."""

OPTIONS_WITH_VALUE = frozenset(
    {"-C", "--archive", "-n", "--format", "--sort", "--since", "--until", "--color", "--ner-model", "--cache"}
)
"""Shared options whose value may be the next argument."""


def add_verbosity(parser: Parser) -> None:
    """--private, --quiet, --verbose, --debug."""
    parser.add_argument("--private", action="store_true", help="keep no history, reading places or log")
    group = parser.add_argument_group("messages (on standard error)")
    group.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    group.add_argument("-v", "--verbose", action="store_true", help="print more detail")
    group.add_argument("--debug", action="store_true", help="show a traceback when something fails")


def add_archive(parser: Parser) -> None:
    """Which archive, and how to wait for another writer."""
    group = parser.add_argument_group("archive")
    group.add_argument(
        "-C",
        "--archive",
        action="append",
        default=[],
        metavar="PATH",
        help=f"a folder or file of articles; repeatable (default: {DEFAULT_ARCHIVE})",
    )
    group.add_argument("--no-sync", action="store_true", help="do not update the index first")
    group.add_argument(
        "--wait",
        nargs="?",
        const=None,
        default=0.0,
        type=_seconds,
        metavar="SECONDS",
        help="wait for another indexing process, up to SECONDS if given (write --wait=SECONDS)",
    )
    group.add_argument(
        "--ner-model",
        metavar="NAME",
        help='entity engine: the name or path of a spaCy pipeline, or "rules"',
    )
    group.add_argument(
        "--cache",
        metavar="DIR",
        help="folder for indexes, shared with others if they can read it (default: engine.cache)",
    )


def add_output(parser: Parser, *, forms: Sequence[str] = ("json", "jsonl", "csv", "format", "null")) -> None:
    """How records are written; `forms` are those that the command knows."""
    group = parser.add_argument_group("output").add_mutually_exclusive_group()
    parser.set_defaults(json=False, jsonl=False, csv=False, format=None, null=False)
    if "json" in forms:
        group.add_argument("--json", action="store_true", help="one JSON document")
    if "jsonl" in forms:
        group.add_argument("--jsonl", action="store_true", help="one JSON record per line")
    if "csv" in forms:
        group.add_argument(
            "--csv", action="store_true", help="CSV with a header row, safe to open in a spreadsheet"
        )
    if "format" in forms:
        group.add_argument(
            "--format", metavar="TEMPLATE", help="one line per record, such as '{date} {title}'; also \\t \\n"
        )
    if "null" in forms:
        group.add_argument(
            "-0", "--null", action="store_true", help="file names only, NUL-terminated, for xargs -0"
        )


def add_color(parser: Parser) -> None:
    """--color."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour the text (default: auto)"
    )


def add_rows(parser: Parser, sorts: Sequence[str], limit_help: str) -> None:
    """How many rows, in which order; the first of `sorts` is the default."""
    group = parser.add_argument_group("rows")
    group.add_argument("-n", "--limit", type=whole_number(0, MAX_ROWS, "rows"), metavar="N", help=limit_help)
    group.add_argument("--sort", choices=tuple(sorts), default=sorts[0], help=f"order (default: {sorts[0]})")


def add_period(parser: Parser) -> None:
    """--since and --until."""
    group = parser.add_argument_group("period")
    group.add_argument(
        "--since", metavar="DATE", help="only articles dated DATE or later (2020, 2020-02, 'last week')"
    )
    group.add_argument("--until", metavar="DATE", help="only articles dated DATE or earlier")


def _seconds(text: str) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"not a number of seconds: {text!r}")
    return seconds


def whole_number(low: int, high: int, of: str) -> Callable[[str], int]:
    """Reads a whole number within bounds, both included; `of` is what it counts, for the error."""

    def read(text: str) -> int:
        number = int(text) if text.isdecimal() and len(text) <= _DIGITS else -1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"not a number of {of}: {text!r} (from {low:,} to {high:,})")
        return number

    return read


_PLACE = re.compile(r"(\d{1,12})\.\.(\d{1,12})")


def place(text: str) -> Span:
    """Reads START..END as offsets, the end excluded."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"not START..END: {text!r} (such as 1200..1312; END is exclusive)")
    return Span(int(match[1]), int(match[2]))
