"""`seedread completion`: a completion script for bash, zsh or fish, made from the parsers themselves."""

from __future__ import annotations

import argparse

from seedread.cli import main
from seedread.cli import parser as shared
from seedread.cli.commands import COMMANDS, parser_of
from seedread.cli.commands.program.completion_scripts import Command, Option, bash, fish, zsh
from seedread.cli.commands.program.completion_values import KINDS, values
from seedread.cli.context import FOUND, Context
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe

SHELLS = ("bash", "zsh", "fish")

EPILOG = """\
  seedread completion bash > ~/.local/share/bash-completion/completions/seedread
  seedread completion zsh > ~/.zfunc/_seedread
  seedread completion fish > ~/.config/fish/completions/seedread.fish"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("SHELL", ", ".join(SHELLS))
    parser.add_argument(
        "--values",
        choices=KINDS,
        metavar="KIND",
        help="print the values of KIND that start with a word (used by the scripts): " + ", ".join(KINDS),
    )
    shared.add_archive(parser)


def run(context: Context) -> int:
    """Print the script of one shell. Raises UsageError."""
    words = context.options.words
    if context.options.values:
        for value in values(context, context.options.values, " ".join(words)):
            context.out.line(value)
        return FOUND
    if len(words) != 1 or words[0] not in SHELLS:
        notice = f"unknown shell: {safe(' '.join(words))}" if words else "no shell given"
        raise UsageError(notice, "seedread completion " + "|".join(SHELLS))

    context.out.line(script(words[0]), end="")
    return FOUND


_FILES = {"PATH", "FILE", "PATH|ID", "TAG PATH|ID", "NAME PATH|ID", "PATH|ID TEXT"}
_WORDS = {
    "alert": "saved",
    "saved": "saved",
    "collection": "collections",
    "tag": "tags",
    "config": "settings",
    "entities": "entities",
}
"""The live values that the arguments of a command can be, beside queries."""
_VALUES = {
    **dict.fromkeys(("--about", "--with", "--merge", "--hide", "--split", "--alias", "--retype"), "entities"),
    "--saved": "saved",
    "--collection": "collections",
    "--tagged": "tags",
    "--source": "sources",
}
"""The live values of options, wherever they are."""


def script(shell: str) -> str:
    """The completion script of a shell."""
    commands = [_command("", "", main.reader_parser())]
    commands += [_command(name, what, parser_of(name)) for name, what in COMMANDS.items()]
    return {"bash": bash, "zsh": zsh, "fish": fish}[shell](commands)


def _command(name: str, what: str, parser: Parser) -> Command:
    options = tuple(_option(action) for action in parser.actions if action.option_strings)
    words = next((action for action in parser.actions if action.dest == "words"), None)
    listed = SHELLS if name == "completion" else ()
    metavar = words.metavar if words is not None else None
    live = "query" if isinstance(metavar, str) and "QUERY" in metavar else ""
    return Command(name, what, options, listed, metavar in _FILES, _WORDS.get(name, live))


def _option(action: argparse.Action) -> Option:
    return Option(
        names=tuple(action.option_strings),
        help=(action.help or "").split(" (")[0],
        value=action.nargs not in {0, "?"},
        choices=tuple(str(choice) for choice in action.choices or ()),
        files=action.metavar in _FILES,
        live=_live(action),
    )


def _live(action: argparse.Action) -> str:
    """The kind of the live values of an option; --by is a group of counts elsewhere."""
    if "--by" in action.option_strings and action.metavar == "NAME":
        return "entities"
    return next((_VALUES[name] for name in action.option_strings if name in _VALUES), "")
