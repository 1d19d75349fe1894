"""The layout: its checks find what they are for, and docstrings and docs name what is there."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
STRUCTURE = PROJECT / "tools" / "check_structure.py"
BROKEN = {
    "the index package knows no terminal": ("seedread_index.model.errors", "import rich"),
    "layers of the index package": ("seedread_index.text.folding", "import seedread_index.search.searcher"),
    "layers of the terminal package": ("seedread.widgets.single_line", "import seedread.screens.help"),
    "the terminal uses the public API only": (
        "seedread.themes",
        "import seedread_index.linking.corrections_file",
    ),
    "child processes know the model only": (
        "seedread_index.processes.frames",
        "import seedread_index.text.folding",
    ),
    "only the Whoosh engine knows Whoosh": (
        "seedread_index.linking.corrections_file",
        "import whoosh.fields",
    ),
    "the catalogue knows no engine": (
        "seedread_index.catalogue.publications",
        "import seedread_index.engines.base",
    ),
    "only the OpenSearch engine knows OpenSearch": ("seedread_index.engines.rows", "import opensearchpy"),
    "only the tantivy engine knows tantivy": ("seedread_index.engines.rows", "import tantivy"),
    "sync and search use any engine by its protocol": (
        "seedread_index.search.facets",
        "import seedread_index.engines.whoosh.engine",
    ),
    "only the catalogue knows SQLite": ("seedread_index.sync.sync", "import sqlite3"),
    "only the MCP server knows its SDK": ("seedread.cli.output.records", "import mcp.types"),
    "only ner.spacy knows spaCy": ("seedread_index.ner.annotate", "import spacy"),
}
"""By the contract's name, an import that breaks it and the module that it stands in."""
PACKAGES = (PROJECT / "index" / "seedread_index", PROJECT / "tui" / "seedread")
NO_MODULES = {"server", "large", "mcp", "data_bind", "find_quotations"}
"""What docstrings of folders have in backticks besides modules: extras, a method of Textual's, a function."""
FOLDERS = sorted(init for package in PACKAGES for init in package.rglob("__init__.py"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says of each contract in a copy of the code that breaks all of them."""
    folder = tmp_path_factory.mktemp("broken")
    for package in ("tui/seedread", "index/seedread_index"):
        pattern = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / package, folder / Path(package).name, ignore=pattern)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for module, line in BROKEN.values():
        path = folder / (module.replace(".", "/") + ".py")
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
            *("--no-logo", "--no-cache"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
    )
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, re.MULTILINE))


def test_every_contract_is_broken_by_one_import(verdicts: dict[str, str]) -> None:
    assert verdicts == dict.fromkeys(BROKEN, "BROKEN")


@pytest.fixture
def structure(tmp_path: Path) -> Callable[[dict[str, str]], list[str]]:
    """What the check of the layout finds in a package of these modules (source by path)."""

    def check(modules: dict[str, str]) -> list[str]:
        for name, source in {"__init__.py": "", **modules}.items():
            path = tmp_path / "made" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        command = [sys.executable, str(STRUCTURE), str(tmp_path / "made")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == (1 if done.stdout else 0), done.stderr
        return done.stdout.splitlines()

    return check


def test_small_packages_without_cycles_are_well(structure: Callable[[dict[str, str]], list[str]]) -> None:
    modules = {f"m{number}.py": "import made.m0\n" * 300 for number in range(14)}
    assert (
        structure({**modules, "m0.py": "", "inner/__init__.py": "", "inner/a.py": "from made import m1\n"})
        == []
    )


def test_crowded_folders_and_long_modules_are_found(
    structure: Callable[[dict[str, str]], list[str]],
) -> None:
    crowd = {f"m{number}.py": "" for number in range(15)}
    found = structure({**crowd, "m0.py": "#\n" * 301})
    assert [line.rpartition("made")[2] for line in found] == [
        "/m0.py: 301 lines, at most 300",
        ": 15 modules beside __init__, at most 14",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("import made.b\n", "import made.a\n"),
        ("from made import b\n", "from made.a import x\n"),
        ("from . import b\n", "from .a import x\n"),
        ("def f():\n    from made import b\n", "if TYPE_CHECKING:\n    from made import a\n"),
    ],
    ids=["plain", "from", "relative", "hidden"],
)
def test_import_cycles_are_found(
    structure: Callable[[dict[str, str]], list[str]], one: str, other: str
) -> None:
    assert structure({"a.py": one, "b.py": other}) == ["import cycle: made.a made.b"]


def test_too_many_modules_are_found(structure: Callable[[dict[str, str]], list[str]]) -> None:
    modules = {f"f{folder}/m{number}.py": "" for folder in range(50) for number in range(14)}
    assert re.fullmatch(r"700 modules beside __init__, at most \d+", structure(modules)[0])


@pytest.mark.parametrize("init", FOLDERS, ids=lambda init: init.parent.relative_to(PROJECT).as_posix())
def test_the_docstring_of_a_folder_names_modules_that_are_there(init: Path) -> None:
    described = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))
    assert described
    there = {path.stem for folder in (init.parent, *PACKAGES) for path in folder.iterdir()}
    there |= NO_MODULES | {package.name for package in PACKAGES}
    assert set(re.findall(r"`([a-z_]+)`", described)) <= there


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/decisions.md", "CONTRIBUTING.md"])
def test_the_modules_that_a_page_names_are_there(page: str) -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", (PROJECT / page).read_text(encoding="utf-8")))
    assert named
    folders = ("index", "tui", "tests", "tools", "benchmarks")
    paths = [f"/{path.as_posix()}" for folder in folders for path in (PROJECT / folder).rglob("*.py")]
    assert [each for each in sorted(named) if not any(path.endswith(f"/{each}") for path in paths)] == []


def test_every_fault_that_make_mutate_inserts_has_its_place_and_its_tests() -> None:
    faults = tomllib.loads((PROJECT / "tools" / "mutants.toml").read_text(encoding="utf-8"))
    assert faults
    for name, fault in faults.items():
        assert (PROJECT / fault["file"]).read_text(encoding="utf-8").count(fault["old"]) == 1, name
        for test in fault["tests"]:
            file, _, function = test.partition("::")
            assert function.partition("[")[0] in (PROJECT / file).read_text(encoding="utf-8"), name
