"""Runs the contract test on another Whoosh than the pinned one: a check that there is a way back.

python benchmarks/whoosh_contract.py [REQUIREMENT]      (whoosh==2.7.4 by default; fetched with pip)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TESTS = ("test_whoosh_contract.py", "test_index.py", "test_results.py")


def main(requirement: str = "whoosh==2.7.4") -> int:
    """The exit status of the tests."""
    with tempfile.TemporaryDirectory(prefix="seedread-whoosh-") as folder:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, requirement]
        subprocess.run(pip, check=True)
        tests = [str(PROJECT / "tests" / "index" / "searching" / name) for name in TESTS]
        # Old versions warn of their own syntax; only ours may fail the run.
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-W",
            "ignore",
            "-o",
            "filterwarnings=ignore",
            *tests,
        ]
        search_path = os.pathsep.join([folder, str(PROJECT / "index")])
        environment = {**os.environ, "PYTHONPATH": search_path}
        told = "import sys, whoosh; print('Whoosh', *whoosh.__version__, 'on Python', *sys.version_info[:3])"
        subprocess.run([sys.executable, "-c", told], env=environment, check=True)
        return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
