"""The MCP server as the official client of the SDK sees it, over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from seedread_index.model.installation import install_command

from .conftest import Run
from .test_hostile import CONTROL

TOOLS = {
    "status",
    "search",
    "count",
    "facets",
    "show_article",
    "list_entities",
    "entity_card",
    "quotations",
    "related_articles",
}
TEXT = """\
SOURCE: Harbour \x1b[31mNews
TITLE: The lighthouse\u202e of {town} is painted
PUBLISHED: 2021-03-0{day}

Mayor Anna Weber of {town} said on Friday that the lighthouse\x1b]0;x\x07 would be painted in white.

"We waited too long for this lighthouse," Anna Weber said. The keeper, Jonas Holm, agreed with her.

Ferries from {town} to Bergen will use the new lamp before the winter, the harbour office of {town} wrote.
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles with sequences that a terminal would obey."""
    folder = tmp_path_factory.mktemp("served")
    for day, town in enumerate(("Kiel", "Aarhus", "Stavanger", "Lerwick"), 1):
        (folder / f"{town}\x1b[2J.txt").write_text(TEXT.format(town=town, day=day), encoding="utf-8")
    return folder


Talk = Callable[[ClientSession], Awaitable[None]]


@pytest.fixture(scope="module")
def talk(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Talk], None]:
    """Run a conversation with a server of the articles."""
    home = tmp_path_factory.mktemp("home")
    environ = {**os.environ, "HOME": str(home)}
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())

    def run(conversation: Talk) -> None:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "seedread", "mcp", "-q", "-C", str(articles), "--ner-model", "rules"],
            env=environ,
        )

        async def whole() -> None:
            async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
                await session.initialize()
                await conversation(session)

        asyncio.run(whole())

    return run


def _answer(result: CallToolResult) -> dict[str, Any]:
    assert not result.isError, result.content
    assert result.structuredContent is not None
    assert not any(CONTROL.search(text) for text in _texts(result.structuredContent))
    return result.structuredContent


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_the_client_lists_and_calls_each_tool(talk: Callable[[Talk], None]) -> None:
    called = set()

    async def conversation(session: ClientSession) -> None:
        async def call(tool: str, /, **arguments: Any) -> dict[str, Any]:
            called.add(tool)
            return _answer(await session.call_tool(tool, arguments))

        listed = (await session.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        for tool in listed:
            assert tool.description and tool.annotations and tool.annotations.readOnlyHint
        assert (await call("status"))["articles"] == 4
        found = await call("search", query="lighthouse Kiel")
        (hit,) = found["hits"]
        assert found["total"] == 1 and not found["partial"] and "Kiel" in hit["title"]
        assert (await call("count", query="lighthouse", by="day"))["counts"][0]["articles"] == 1
        facets = await call("facets", query="lighthouse")
        assert {"value": "2021", "id": None, "count": 4} in facets["facets"]["year"]
        shown = await call("show_article", article=hit["id"], characters=40)
        assert shown["next_start"] == 40 and len(shown["text"]) == 40 and "mentions" not in shown
        rest = await call("show_article", article=hit["id"], start=40, mentions=True)
        assert len(shown["text"] + rest["text"]) == rest["total_characters"]
        assert any(mention["text"] == "Jonas Holm" for mention in rest["mentions"])
        names = await call("list_entities", name="weber", limit=1)
        assert names["entities"][0]["name"] == "Anna Weber" and names["next_start"] is None
        card = await call("entity_card", name="Anna Weber")
        assert card["articles"] == 4 and card["months"] == [{"month": "2021-03", "articles": 4}]
        said = await call("quotations", by="Anna Weber", limit=1)
        assert said["quotes"][0]["speaker"]["name"] == "Anna Weber" and said["next_start"] == 1
        about = await call("quotations", query="lighthouse Lerwick")
        assert {quote["article"] for quote in about["quotes"]} == {about["quotes"][0]["article"]}
        related = await call("related_articles", article=hit["id"])
        assert all(each["because"] for each in related["hits"])

    talk(conversation)
    assert called == TOOLS


def test_errors_and_empty_answers_are_in_words(talk: Callable[[Talk], None]) -> None:
    async def conversation(session: ClientSession) -> None:
        async def error(tool: str, /, **arguments: Any) -> str:
            result = await session.call_tool(tool, arguments)
            assert result.isError
            (content,) = result.content
            assert isinstance(content, TextContent) and not CONTROL.search(content.text.replace("\n", " "))
            return content.text

        assert "at character" in await error("search", query='lighthouse "open')
        assert "since: nonsense is not a date" in await error("count", query="a", since="nonsense")
        assert "list_entities finds names" in await error("entity_card", name="Nobody\x1b[31m")
        assert "no" in await error("show_article", article="nowhere.txt")
        assert "50" in await error("search", query="a", limit=51)
        empty = _answer(await session.call_tool("search", {"query": "lighthose"}))
        assert empty["total"] == 0 and any("did you mean lighthouse" in why for why in empty["why"])

    talk(conversation)


def test_without_the_sdk_a_command_that_adds_it_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedread.cli.commands.program.mcp.is_installed", lambda module: False)
    told = run("mcp")
    assert told.code == 2
    assert "the extra mcp" in told.err
    assert install_command("mcp") in told.err
