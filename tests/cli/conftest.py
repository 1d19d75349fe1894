"""The command run inside this process and as a process of its own, and a shared index of the seeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from seedread.__main__ import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process."""

    def ran(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        code = main(list(arguments))
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return ran


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command line as a process of its own, without a terminal."""

    def ran(*arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
        options.setdefault("stdin", subprocess.DEVNULL)
        environ = {**os.environ, **options.pop("environ", {})}
        return subprocess.run(
            [sys.executable, "-m", "seedread", *arguments],
            capture_output=True,
            check=False,
            env=environ,
            **options,
        )

    return ran


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that tests of the seeds share."""
    return tmp_path_factory.mktemp("cli-cache")


@pytest.fixture
def on_seeds(shared_cache: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command line on the bundled seeds, which are indexed once for all tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))
    return run
