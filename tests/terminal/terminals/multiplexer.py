"""A program in a tmux server of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from terminals.session import Session


class Tmux:
    """A tmux server with one window of 80 by 24 cells, which runs a command."""

    def __init__(self, program: str, folder: Path, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._tmux = [program, "-S", str(folder / "socket"), "-f", "/dev/null"]
        self._env = dict(env)
        words = [*self._tmux, "new-session", "-d", "-x", "80", "-y", "24", *command]
        subprocess.run(words, env=self._env, check=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.told("kill-server")

    def told(self, *words: str) -> str:
        """What a tmux command says."""
        done = subprocess.run(
            [*self._tmux, *words], env=self._env, check=False, capture_output=True, text=True
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press keys, named as tmux names them."""
        self.told("send-keys", *keys)

    @property
    def text(self) -> str:
        """What the window shows."""
        return self.told("capture-pane", "-p")

    def buffer(self) -> str:
        """What was copied last."""
        return self.told("show-buffer")

    def wait_for(self, *texts: str, within: Callable[[], str] | None = None) -> str:
        """Wait until the window, or what else is looked at, shows some texts; what it shows then."""
        seen = ""

        def shown() -> bool:
            nonlocal seen
            seen = within() if within else self.text
            return all(text in seen for text in texts)

        with Session(["cat"], self._env) as patience:
            patience.wait(shown, f"{texts} in tmux")
        return seen
