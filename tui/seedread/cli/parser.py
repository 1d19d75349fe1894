"""The argument parser: errors are raised with a hint, and words and options may come in any order."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import NoReturn

from seedread_index.errors import SeedreadError

PATHS = frozenset({"PATH", "FILE", "PATH|ID"})
"""What stands in the help for names of files, whose bytes may be any."""
_BYTES = re.compile("[\ud800-\udfff]")


class UsageError(SeedreadError):
    """A command line that cannot be understood."""


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
        self.add_argument_group("words").add_argument("words", nargs="*", metavar=metavar, help=help)

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
            raise UsageError(f"{first} is one word too many", f"see {self.prog} --help")
        name = first.partition("=")[0]
        long = name.startswith("--")
        near = difflib.get_close_matches(name, self.option_names(), 1, 0.7) if long else []
        hint = f"did you mean {near[0]}?" if near else f"see {self.prog} --help"
        if "words" in {action.dest for action in self._actions}:
            hint = f"a word that starts with a minus comes after --: {self.prog} -- {first}" + (
                f"   ({hint})" if long else ""
            )
        raise UsageError(f"there is no option {name}", hint)


def _plain(message: str) -> str:
    """An argparse message without its jargon."""
    message = re.sub(r"^argument (\S+): ", lambda match: f"{match[1].replace('/', ', ')}: ", message)
    return message.replace("invalid int value:", "not a whole number:")
