"""A fake child that does what its jobs say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from seedread_index.processes import child

FAKE = """
import os, sys, time
from seedread_index.processes.frames import Kind, framed
from seedread_index.processes.frames import Link, serve

link = Link()
link.first()

def work(job):
    for number, (do, value) in enumerate(job):
        if do == "part":
            yield (number, bytes(value))
        elif do == "die" or (do == "die once" and not os.path.exists(value)):
            if do == "die once":
                open(value, "w").close()
            os._exit(3)
        elif do == "stall":
            time.sleep(600)
        elif do == "compute":
            until = time.process_time() + value
            while time.process_time() < until:
                pass
        elif do == "half":
            os.write(link._answers.fileno(), framed(b"x" * 5000, Kind.ANSWER)[:value])
            os._exit(0)
        elif do == "rubbish":
            os.write(link._answers.fileno(), b"Traceback: something went wrong")
            time.sleep(600)
        elif do == "memory":
            raise MemoryError
        elif do == "wait":
            with open(value) as fifo:
                fifo.read()
        elif do == "pid":
            yield os.getpid()
    return len(job)

serve(link, work, lambda: ["goodbye"])
"""


@pytest.fixture(scope="module")
def fake_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of the fake child."""
    program = tmp_path_factory.mktemp("fake") / "fake.py"
    program.write_text(FAKE)
    return program


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, fake_program: Path) -> None:
    """Children that do what their jobs say: yield parts, die, stall, write half a frame."""
    monkeypatch.setattr(
        child, "child_command", lambda module, *arguments: [sys.executable, str(fake_program), *arguments]
    )
