"""`seedread mcp`: an archive for assistants, by the Model Context Protocol over standard input and output."""

from __future__ import annotations

import contextlib
import os
import sys

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.parser import Parser, UsageError
from seedread_index.model.installation import install_command, is_installed

EPILOG = """\
Read-only tools: status, search, count, facets, show_article, list_entities,
entity_card, quotations, related_articles. The assistant starts the command;
add it to the JSON of its configuration:

  {"mcpServers": {"news": {"command": "seedread",
                           "args": ["mcp", "-C", "/home/you/news"]}}}"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.usage = f"{parser.prog} [OPTION ...]"
    shared.add_archive(parser)


def run(context: Context) -> int:
    """Answer until standard input ends. Raises UsageError where the SDK is not installed."""
    if sys.stdin is None:
        raise UsageError("standard input is closed", "let an assistant run it")
    if not is_installed("mcp.server"):
        raise UsageError("the MCP server needs the extra mcp", install_command("mcp"))
    with open_archive(context) as archive:
        import anyio

        from seedread.cli.mcp.server import make_server

        if context.messages.interactive:
            context.messages.info("waiting for an assistant on standard input (Ctrl-D quits)")
        # The SDK closes the standard output that it is given.
        with open(os.dup(1), "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            try:
                anyio.run(make_server(archive).run_stdio_async)
            except* OSError as errors:
                why = errors.exceptions[0]
                raise UsageError(f"cannot read standard input: {why}", "let an assistant run it") from errors
    return FOUND
