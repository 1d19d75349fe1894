"""The subcommands, one a module with `configure(parser)` and `run(context) -> int`, and the table of them.

A module is imported when its command is run, so that no command waits for the others. Options that several
commands share are in `cli.parser`.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from seedread.cli import parser as shared
from seedread.cli.parser import Parser

COMMANDS = {
    "search": "find articles by a query",
    "show": "print articles: text, passages, mentions",
    "list": "list the articles, newest first",
    "entities": "list people, places and organisations; correct them",
    "correct": "correct the title, date, source, author or passages of articles",
    "star": "star articles, or list starred articles",
    "tag": "tag articles, or list tags and tagged articles",
    "note": "write, list and remove notes on articles and passages",
    "collection": "add articles to collections, remove and list them",
    "library": "list, export, import, adopt or undo what you keep",
    "saved": "list, add, rename and remove saved searches",
    "alert": "print new results of saved searches",
    "related": "find articles on the same subject, and say why",
    "compare": "compare the results of two queries",
    "export": "write a dossier with quotations, or citations",
    "kwic": "print every hit in context, one per line (a concordance)",
    "quotes": "list who said what, and about whom",
    "count": "count matching articles (and hits)",
    "index": "update the index; run the entity model; delete the index",
    "status": "show what is indexed, how fresh it is, and what was skipped",
    "mcp": "serve an archive to an AI assistant, read-only (Model Context Protocol)",
    "log": "show the log of searches and opened articles; repeat searches",
    "keys": "list the keys of the reader",
    "config": "show the settings and where they are stored",
    "completion": "print a completion script for bash, zsh or fish",
    "doctor": "diagnose terminal and index problems",
}
"""Every subcommand and what it does, in the order of the help."""


def parser_of(name: str) -> Parser:
    """The argument parser of a subcommand."""
    module = module_of(name)
    parser = Parser(
        f"seedread {name}", f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.", epilog=_epilog(module)
    )
    module.configure(parser)
    shared.add_verbosity(parser)
    return parser


_DESK = frozenset(
    {"star", "tag", "note", "collection", "library", "saved", "alert", "related", "compare", "export", "log"}
)
_PROGRAM = frozenset({"config", "completion", "doctor", "keys", "mcp"})
"""Those in folders of their own."""


def module_of(name: str) -> ModuleType:
    """The module of a subcommand, imported now."""
    folder = "desk." * (name in _DESK) + "program." * (name in _PROGRAM)
    return import_module(f"seedread.cli.commands.{folder}{name}")


def _epilog(module: ModuleType) -> str:
    text = str(getattr(module, "EPILOG", ""))
    return f"examples:\n{text}" if text.startswith("  seedread ") else text
