"""What a subcommand works with: its options, standard output and standard error."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from seedread.cli.streams.colour import Painter
from seedread.cli.streams.stderr import Talk
from seedread.cli.streams.stdout import Output

FOUND = 0
NOTHING = 1
USAGE = 2
INCOMPLETE = 5
"""`index` alone: some files could not be read for want of memory or by a crash, and are tried again."""
INTERRUPTED = 130
READER_GONE = 141
FAULT = 70


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a subcommand."""

    options: argparse.Namespace
    out: Output
    talk: Talk
    paint: Painter
