"""The documentation hangs together: links lead to files and headings that exist, tables are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from seedread.actions.chosen_keys import key_rows
from seedread.actions.command_table import COMMANDS as KEY_COMMANDS

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("docs/*/*.md"))
    if "_build" not in path.parts
)
LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and MyST make them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"^#{1,6} +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        name, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert broken == []


def test_every_page_of_the_docs_is_in_the_table_of_contents() -> None:
    listed = (PROJECT / "docs" / "index.md").read_text(encoding="utf-8").split()
    assert {path.stem for path in PROJECT.glob("docs/*.md")} - {"index"} <= set(listed)


def test_the_keys_of_the_readme_are_keys_of_the_reader() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    table = text.split("| key | | key | |")[1].split("\n\n")[0]
    keys = re.findall(r"`([^`]+)`", table)
    known = {key for _, shown, *_ in key_rows() for key in shown.split()}
    assert table.count("| `") == 12
    assert set(keys) <= known
    assert len(KEY_COMMANDS) > len(keys)


def test_the_readme_and_the_docs_promise_no_package_of_an_index() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?:pip|pipx|uv)[\w ]* install +'?seedread\b", text), page


def test_the_description_of_a_built_package_stands_alone() -> None:
    described = ProjectMetadata(str(PROJECT), PluginManager()).core.readme
    assert "![" not in described and "shared archives (`docs/shared-archive.md`)" in described
    assert all(re.match("https:", target) for target in LINK.findall(CODE.sub("", described)))
    assert described.startswith("# seedread\n") and "pipx install" in described
