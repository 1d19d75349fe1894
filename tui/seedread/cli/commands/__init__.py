"""The subcommands, one a module with `configure(parser)` and `run(context) -> int`, and the table of them.

A module is imported when its command is run, so that none pays for the others.
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
    "entities": "list people, places, organisations; merge and mend them",
    "correct": "correct the title, date, source, author or passages of articles",
    "star": "star articles, or list the starred ones",
    "tag": "tag articles, or list tags and what has them",
    "note": "write notes on articles and passages, list and remove them",
    "collection": "collections of articles: put in, take out, list",
    "library": "all that is kept: list, export, import, adopt, undo",
    "saved": "saved searches: list, add, rename, remove",
    "alert": "what is new in saved searches since the last look",
    "related": "the articles that tell of the same as one, and why",
    "compare": "what two queries find in common and alone",
    "export": "hand over articles: a dossier with quotations, or citations",
    "kwic": "every hit in its line of context, a concordance",
    "quotes": "what is said in articles, by whom and about whom",
    "count": "count the articles and places that meet a query",
    "index": "bring the index level with its folders; annotate, forget",
    "status": "what is indexed, how fresh it is, what was skipped and why",
    "mcp": "serve an archive to an assistant, read-only (Model Context Protocol)",
    "keys": "the keys of the terminal reader",
    "config": "the settings and where they are kept",
    "completion": "a completion script for bash, zsh or fish",
    "doctor": "check the terminal, the index and the entity engine",
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
    {"star", "tag", "note", "collection", "library", "saved", "alert", "related", "compare", "export"}
)
_PROGRAM = frozenset({"config", "completion", "doctor", "keys", "mcp"})
"""Those in folders of their own."""


def module_of(name: str) -> ModuleType:
    """The module of a subcommand, imported now."""
    folder = "desk." * (name in _DESK) + "program." * (name in _PROGRAM)
    return import_module(f"seedread.cli.commands.{folder}{name}")


def _epilog(module: ModuleType) -> str:
    return str(getattr(module, "EPILOG", ""))
