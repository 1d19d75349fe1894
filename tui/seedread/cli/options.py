"""The flags that subcommands share, in groups."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence

from seedread.cli.parser import Parser

MOST = 1_000_000_000
"""Rows that may be asked for."""
_DIGITS = 20

TAKE_A_VALUE = frozenset(
    {"-C", "--archive", "-n", "--format", "--sort", "--since", "--until", "--color", "--ner-model"}
)
"""Shared options whose value may be the next argument."""


def add_talk(parser: Parser) -> None:
    """--quiet, --verbose, --debug."""
    group = parser.add_argument_group("messages (on standard error)")
    group.add_argument("-q", "--quiet", action="store_true", help="say errors only")
    group.add_argument("-v", "--verbose", action="store_true", help="say more")
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
        help="a folder or file of articles; repeatable (else SEEDREAD_ARCHIVE, else the bundled articles)",
    )
    group.add_argument("--no-sync", action="store_true", help="answer from the index as it is")
    group.add_argument(
        "--wait",
        nargs="?",
        const=None,
        default=0.0,
        type=_seconds,
        metavar="SECONDS",
        help="wait for another process that indexes (written --wait=SECONDS; without SECONDS: for ever)",
    )
    group.add_argument(
        "--ner-model",
        metavar="NAME",
        help='entity engine: the name or path of a spaCy pipeline, or "rules"',
    )


def add_output(parser: Parser, *, forms: Sequence[str] = ("json", "jsonl", "csv", "format", "null")) -> None:
    """How records are written; `forms` are those that the command knows."""
    group = parser.add_argument_group("output").add_mutually_exclusive_group()
    parser.set_defaults(json=False, jsonl=False, csv=False, format=None, null=False)
    if "json" in forms:
        group.add_argument("--json", action="store_true", help="one JSON document")
    if "jsonl" in forms:
        group.add_argument("--jsonl", action="store_true", help="one JSON record a line")
    if "csv" in forms:
        group.add_argument("--csv", action="store_true", help="CSV with a header, safe for spreadsheets")
    if "format" in forms:
        group.add_argument(
            "--format", metavar="TEMPLATE", help="one line a record, such as '{date} {title}'; also \\t \\n"
        )
    if "null" in forms:
        group.add_argument(
            "-0", "--null", action="store_true", help="file names only, each ended by NUL, for xargs -0"
        )


def add_color(parser: Parser) -> None:
    """--color."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour the text (default: auto)"
    )


def add_rows(parser: Parser, sorts: Sequence[str], limit_help: str) -> None:
    """How many rows, in which order; the first of `sorts` is the default."""
    group = parser.add_argument_group("rows")
    group.add_argument("-n", "--limit", type=whole(0, MOST, "rows"), metavar="N", help=limit_help)
    group.add_argument("--sort", choices=tuple(sorts), default=sorts[0], help=f"order (default: {sorts[0]})")


def add_period(parser: Parser) -> None:
    """--since and --until."""
    group = parser.add_argument_group("period")
    group.add_argument(
        "--since", metavar="DATE", help="articles of this date or later (2020, 2020-02, 'last week')"
    )
    group.add_argument("--until", metavar="DATE", help="articles of this date or earlier")


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


def whole(low: int, high: int, of: str) -> Callable[[str], int]:
    """Reads a whole number within bounds, both included; `of` is what it counts, for the error."""

    def read(text: str) -> int:
        number = int(text) if text.isdecimal() and len(text) <= _DIGITS else -1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"not a number of {of}: {text!r} (from {low:,} to {high:,})")
        return number

    return read
