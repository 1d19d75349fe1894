"""The man pages are those that the tables of --help and docs/query.md give, and render without warnings."""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from seedread.cli.commands import COMMANDS, parser_of
from seedread_index.engines.query_ast import FIELDS

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def man_pages() -> ModuleType:
    """The script that writes them."""
    spec = importlib.util.spec_from_file_location("man_pages", PROJECT / "tools" / "generate_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_up_to_date(man_pages: ModuleType) -> None:
    written = {
        str(path.relative_to(PROJECT / "man")): path.read_text(encoding="utf-8")
        for path in (PROJECT / "man").glob("man*/*")
    }
    made = man_pages.pages()
    assert set(written) == set(made), "run: make generate"
    assert [name for name in made if made[name] != written[name]] == [], "run: make generate"


def test_every_command_has_a_page_with_all_its_options(man_pages: ModuleType) -> None:
    made = man_pages.pages()
    for name in COMMANDS:
        page = made[f"man1/seedread-{name}.1"].replace("\\-", "-")
        assert all(f"\\fB{option}\\fR" in page for option in parser_of(name).option_names())
        assert f"seedread-{name}" in made["man1/seedread.1"].replace("\\-", "-")


def test_the_page_of_queries_has_every_field(man_pages: ModuleType) -> None:
    page = man_pages.pages()["man7/seedread-query.7"]
    assert [field for field in FIELDS if f"{field}:" not in page] == []


def test_no_page_has_a_warning(needs_program: Callable[[str], str]) -> None:
    pages = sorted(map(str, (PROJECT / "man").glob("man*/*")))
    lint = [needs_program("mandoc"), "-T", "lint", "-W", "warning", *pages]
    checked = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert (checked.stdout, checked.stderr, checked.returncode) == ("", "", 0)


def test_a_line_that_roff_would_obey_is_text(man_pages: ModuleType) -> None:
    assert list(man_pages.example([".so /etc/passwd", "'nothing"]))[2:4] == [
        "\\&.so /etc/passwd",
        "\\&\\(aqnothing",
    ]
