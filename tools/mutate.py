"""Puts known faults into a copy of the code, one at a time, and sees that the tests named for each fail.

    python tools/mutate.py [NAME ...]

A fault that no test notices has survived, which counts as failed; so does one whose text is not found exactly
once, or whose tests do not run or fail without it. Nothing in the working folder is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MUTANTS = Path(__file__).with_name("mutants.toml")
_PATIENCE = 300.0
"""Seconds for the tests of one mutant; those that hang count as failing, as a test that waits would."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: `new` in place of `old`, and the tests that must fail with it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


class Outcome(Enum):
    """How tests ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


def load(path: Path) -> list[Mutant]:
    """The mutants of a TOML file, in its order."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Mutant(name, table["file"], table["old"], table["new"], tuple(table["tests"]))
        for name, table in tables.items()
    ]


def copy_tree(target: Path) -> None:
    """Copy every file that git knows, as it is in the working folder."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout
    for name in filter(None, listed.split(b"\0")):
        source, copied = PROJECT / os.fsdecode(name), target / os.fsdecode(name)
        if source.is_file():
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copied)


def run_tests(tree: Path, tests: Sequence[str]) -> Outcome:
    """Run tests against the packages of a tree."""
    packages = os.pathsep.join([str(tree / "index"), str(tree / "tui")])
    environment = os.environ | {"PYTHONPATH": packages, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        ended = subprocess.run(
            command,
            cwd=tree,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome.FAILED
    return {0: Outcome.PASSED, 1: Outcome.FAILED}.get(ended.returncode, Outcome.NOT_RUN)


def verdict(tree: Path, mutant: Mutant) -> str:
    """What became of a mutant: `killed`, or what is wrong."""
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8") if path.is_file() else ""
    if (found := whole.count(mutant.old)) != 1:
        return f"its text stands {found} times in {mutant.file}"
    path.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        outcome = run_tests(tree, mutant.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
    if outcome is Outcome.FAILED:
        return "killed"
    return "survived" if outcome is Outcome.PASSED else f"its tests did not run: {' '.join(mutant.tests)}"


def main(names: Sequence[str]) -> int:
    """Try the mutants named, or all; 0 when every one was killed."""
    mutants = load(MUTANTS)
    if unknown := set(names) - {mutant.name for mutant in mutants}:
        print(f"mutate: there is no mutant {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    chosen = [mutant for mutant in mutants if not names or mutant.name in names]
    killed = 0
    with tempfile.TemporaryDirectory(prefix="seedread-mutants-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        if (
            run_tests(tree, sorted({test for mutant in chosen for test in mutant.tests}))
            is not Outcome.PASSED
        ):
            print("mutate: the tests do not pass without any mutant", file=sys.stderr)
            print(f"0 passed, {len(chosen)} failed, 0 skipped")
            return 1
        for mutant in chosen:
            told = verdict(tree, mutant)
            killed += told == "killed"
            print(f"{mutant.name}: {told}", flush=True)
    print(f"{killed} passed, {len(chosen) - killed} failed, 0 skipped")
    return 0 if killed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
