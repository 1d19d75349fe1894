"""Run a selection of the tests with the lowest versions of the dependencies that pyproject.toml allows.

usage: python tools/test_lowest.py [arguments of pytest]
The environment is built in .venv/lowest by uv, which is installed beside it. The last line says how it went:
N passed, N failed, N skipped.
"""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = (
    "tests/cli/test_launch.py",
    "tests/cli/test_articles.py",
    "tests/cli/test_mcp.py",
    "tests/index/test_archive.py",
    "tests/index/ner/test_link.py",
    "tests/index/sync/test_readers.py",
    "tests/index/sync/test_index_engines.py",
    "tests/index/extract/test_formats.py",
    "tests/tui/test_themes.py",
    "tests/tui/test_keeping.py",
)
"""Those that use every dependency."""
HOME = ROOT / ".venv"
TOOL, LOWEST = HOME / "lock", HOME / "lowest"
COUNTED = ("passed", "failed", "skipped")


def build() -> Path:
    """The interpreter of an environment with the lowest versions and the tree in it."""
    if not (TOOL / "bin" / "uv").exists():
        venv.create(TOOL, with_pip=True)
        _run(TOOL / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv")
    uv = TOOL / "bin" / "uv"
    wanted = LOWEST.with_suffix(".txt")
    compiled = ("pip", "compile", "pyproject.toml", "--all-extras", "--group", "dev", "-q")
    _run(uv, *compiled, "--resolution", "lowest-direct", "--python", sys.executable, "-o", str(wanted))
    _run(uv, "venv", "-q", "--clear", "--python", sys.executable, str(LOWEST))
    python = LOWEST / "bin" / "python"
    _run(uv, "pip", "install", "-q", "--python", str(python), "-r", str(wanted))
    _run(uv, "pip", "install", "-q", "--python", str(python), "--no-deps", "-e", ".")
    return python


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def main(arguments: list[str]) -> int:
    """The exit code of pytest."""
    tests = [] if any(not each.startswith("-") for each in arguments) else list(TESTS)
    run = [str(build()), "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, *tests]
    done = subprocess.run(run, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="")
    last = done.stdout.splitlines()[-1]
    counts = {word: number for number, word in re.findall(r"(\d+) (\w+)", last)}
    print(", ".join(f"{counts.get(word, 0)} {word}" for word in COUNTED))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
