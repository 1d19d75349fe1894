"""Check the limits of the layout: modules a folder, lines a module, modules in all, and import cycles.

Modules are counted beside `__init__`.

usage: python tools/check_structure.py [PACKAGE…]  (the folders of packages; else those of this project)
A cycle counts wherever its imports stand: at the top of a module, inside a function or behind TYPE_CHECKING.
Exit status 1 and a line for each finding.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST_MODULES_IN_FOLDER = 14
MOST_LINES = 300
MOST_MODULES = 440
# 259 before quotations, the library and the commands of the desk, each with folders of their own.
PACKAGES = (Path("index/seedread_index"), Path("tui/seedread"))


def module_name(path: Path, package: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST, package: str, known: frozenset[str]) -> Iterator[str]:
    """The modules of ours that a module of a package imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            outer = node.module or ""
            if node.level:
                above = package.split(".")[: package.count(".") + 2 - node.level]
                outer = ".".join([*above, outer]).rstrip(".")
            for alias in node.names:
                inner = f"{outer}.{alias.name}"
                if inner in known:
                    yield inner
                elif outer in known:
                    yield outer


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while True:
                member = stack.pop()
                component.append(member)
                if member == node:
                    break
            if len(component) > 1:
                found.append(sorted(component))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def findings_in(packages: Sequence[Path]) -> list[str]:
    """What breaks a limit."""
    modules = {module_name(path, package): path for package in packages for path in package.rglob("*.py")}
    known = frozenset(modules)
    findings = []
    folders: dict[Path, int] = defaultdict(int)
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        text = path.read_text(encoding="utf-8")
        if path.name != "__init__.py":
            folders[path.parent] += 1
        if (lines := text.count("\n")) > MOST_LINES:
            findings.append(f"{path}: {lines} lines, at most {MOST_LINES}")
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        graph[name] = set(imported(ast.parse(text), package, known)) - {name}
    findings += [
        f"{folder}: {count} modules beside __init__, at most {MOST_MODULES_IN_FOLDER}"
        for folder, count in sorted(folders.items())
        if count > MOST_MODULES_IN_FOLDER
    ]
    if (count := sum(folders.values())) > MOST_MODULES:
        findings.append(f"{count} modules beside __init__, at most {MOST_MODULES}")
    findings += ["import cycle: " + " ".join(cycle) for cycle in cycles(graph)]
    return findings


def main(arguments: Sequence[str]) -> int:
    """Print what breaks a limit; 1 where anything does."""
    findings = findings_in([Path(each) for each in arguments] or PACKAGES)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
