"""A program in a pseudo-terminal of its own, watched through an emulator."""

from __future__ import annotations

import codecs
import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pexpect

import seedread
import seedread_index
from terminals.emulator import Emulator

PACKAGES = tuple(os.path.dirname(package.__path__[0]) for package in (seedread, seedread_index))
"""The folders that the packages under test lie in."""


def environment(home: Path, **changes: str | None) -> dict[str, str]:
    """The variables of a user with a home of their own and a common terminal, who is no beginner any more."""
    taken = Path(changes.get("XDG_STATE_HOME") or home / "state") / "seedread" / "steps.txt"
    taken.parent.mkdir(parents=True, exist_ok=True)
    taken.write_text("search\nopen\ncard\n", encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    base = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(home), "PYTHONWARNINGS": "error"}
    paths = {"PYTHONPATH": os.pathsep.join(PACKAGES)}
    made: dict[str, str | None] = {**kept, **folders, **base, **paths, **changes}
    return {name: value for name, value in made.items() if value is not None}


def _ignore(signals: Sequence[signal.Signals]) -> None:
    for number in signals:
        signal.signal(number, signal.SIG_IGN)


class Session:
    """A running program, what it wrote, and the screen that shows it."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        size: tuple[int, int] = (80, 24),
        ignoring: Sequence[signal.Signals] = (),
        patience: float = 120,
        answering: bool = False,
    ) -> None:
        self.screen = Emulator(*size)
        self.patience = patience
        self.answering = answering
        self.raw = b""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=dict(env),
            dimensions=(size[1], size[0]),
            preexec_fn=lambda: _ignore(ignoring),
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program and its terminal."""
        with contextlib.suppress(pexpect.ExceptionPexpect):
            self.child.close(force=True)

    @property
    def pid(self) -> int:
        """The process."""
        assert self.child.pid is not None
        return self.child.pid

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def keys(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            os.write(self.child.child_fd, key.encode())

    def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        self.screen.resize(height, width)
        self.child.setwinsize(height, width)

    def pump(self, seconds: float = 0.05) -> bool:
        """Take what the program has written by now; whether there was something."""
        if not select.select([self.child.child_fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.child.child_fd, 65536)
        except OSError:
            return False
        self.raw += data
        if self.answering:
            self.keys(*["\x1b[24;80R"] * data.count(b"\x1b[6n"))
        self.screen.feed(self._decode(data))
        return bool(data)

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Take output until a condition holds."""
        end = time.monotonic() + self.patience
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what or condition}; the screen:\n{self.text}")
            self.pump()

    def wait_for(self, *texts: str) -> None:
        """Take output until the screen shows some texts."""
        self.wait(lambda: all(text in self.text for text in texts), f"{texts} on the screen")

    def settle(self, seconds: float = 0.4, *, at_most: float = 8) -> bytes:
        """Take output until there was none for a while, or for long enough; what came."""
        before, end = len(self.raw), time.monotonic() + at_most
        while time.monotonic() < end and self.pump(seconds):
            pass
        return self.raw[before:]

    def wait_for_end(self) -> int:
        """Take output until the program has ended; its exit code, negative for a signal."""
        self.wait(lambda: not self.child.isalive(), "its end")
        while self.pump(0.05):
            pass
        status = self.child.exitstatus
        return -(self.child.signalstatus or 0) if status is None else status
