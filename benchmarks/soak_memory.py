"""Memory of the app under random keys: `soak_memory.py [--minutes 3 30 | --keys 2000 20000] [--seed 7]`.

The app runs in a pseudo-terminal over made-up articles and takes the keys of all commands, typed queries, `:`
lines and other folders, chosen by a seed; now and then an article changes. Reported is the memory of the
app's own process, without the child that indexes, at the first and at the second mark: after so many
minutes, or after so many keys where the machine is shared.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("tests/terminal", "tui", "index")]

import pexpect  # noqa: E402
from terminals import wire  # noqa: E402
from terminals.session import environment  # noqa: E402

from seedread.actions.command_table import COMMANDS  # noqa: E402

TIMES = 1.2
"""How much the memory may grow from the first mark to the second."""
SETTINGS = """\
[keys]
back = "escape"
quit = "f12"
[engine]
ner_model = "rules"
"""
"""No random key ends the app: `q` and `Q` do nothing."""
CODES = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
}
LEFT_OUT = frozenset("qQ:|") | {"ctrl+c", "ctrl+z"}
"""Keys that are not pressed: they end or stop the app, or what follows would be run as a command."""
LINES = (
    *("sort title", "sort date", "theme dark", "theme terminal", "explain", "types person", "messages"),
    *("search NEAR(bridge budget)", 'search "the new bridge"', "filter date:2021-03", "clear-filter", "help"),
    *("search gover*", "search person:Kern AND NOT Lisbon", "search -", "entities", "undo", "jump-back", "x"),
)
WORDS = (
    "bridge",
    "ferry",
    "Geneva",
    "grain",
    "water",
    "summer",
    "press",
    "Kern",
    "Harbour",
    "budget",
    "letter",
)
QUIET, LONE_ESCAPE, PATIENCE = 0.02, 0.15, 0.5
"""Seconds without output after which the next key is pressed, and how long to wait for that."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process takes, by the kernel's word."""

    resident: int
    proportional: int
    threads: int
    files: int

    @classmethod
    def of(cls, pid: int) -> Memory:
        """The memory of a process in KiB, its threads and its open files."""
        rows = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
        sizes = {row[0]: int(row[1]) for row in rows}
        count = [len(os.listdir(f"/proc/{pid}/{folder}")) for folder in ("task", "fd")]
        return cls(sizes["Rss:"], sizes["Pss:"], *count)

    def __str__(self) -> str:
        return (
            f"{self.resident / 1024:6.1f} MiB resident, {self.proportional / 1024:6.1f} proportional,"
            f" {self.threads} threads, {self.files} files"
        )


def strokes(chance: random.Random, folders: tuple[Path, ...]) -> Iterator[tuple[str, ...]]:
    """Random keys for ever; some come with what has to follow them."""
    names = sorted({key for command in COMMANDS for key in command.keys} - LEFT_OUT) + list("123456789")
    singles = [CODES.get(name) or (chr(ord(name[-1]) & 31) if "+" in name else name) for name in names]
    while True:
        kind = chance.random()
        if kind < 0.90:
            yield (chance.choice(singles),)
        elif kind < 0.94:
            yield ("\x1b", "S", "\x15", *" ".join(chance.sample(WORDS, chance.randint(1, 3))), "\r")
        elif kind < 0.98:
            yield ("\x1b", ":", chance.choice(LINES), "\r")
        elif kind < 0.985:
            yield ("\x1b", ":", f"open {chance.choice(folders)}", "\r")
        else:
            yield ("\x1b", "|", "cat", "\r", "\r")


class App:
    """The reader in a pseudo-terminal; what it draws is thrown away."""

    def __init__(self, folder: Path, home: Path, size: tuple[int, int]) -> None:
        env = environment(home, PAGER="true", EDITOR="true", PYTHONWARNINGS="default")
        command = [sys.executable, "-m", "seedread", str(folder)]
        width, height = size
        self._child = pexpect.spawn(
            command[0], command[1:], env=env, dimensions=(height, width), cwd=str(home), echo=False
        )
        assert self._child.pid is not None
        self.pid = self._child.pid
        self.keys = 0
        self.tail = b""
        self.last: deque[str] = deque(maxlen=40)

    def press(self, text: str) -> None:
        """Press a key, or type a text, and wait until the screen rests."""
        os.write(self._child.child_fd, text.encode())
        self.keys += 1
        self.last.append(text)
        self.rest(PATIENCE, LONE_ESCAPE if text == "\x1b" else QUIET)

    def rest(self, at_most: float, quiet: float = QUIET) -> None:
        """Take output until there is none for a moment."""
        end = time.monotonic() + at_most
        while time.monotonic() < end and select.select([self._child.child_fd], [], [], quiet)[0]:
            try:
                self.tail = (self.tail + os.read(self._child.child_fd, 65536))[-4000:]
            except OSError:
                self._child.wait()
                raise SystemExit(
                    f"the app ended (exit {self._child.exitstatus}, signal {self._child.signalstatus})"
                    f" after {self.keys} keys, of them last {list(self.last)}:\n"
                    f"{self.tail.decode('utf-8', 'replace')}"
                ) from None

    def close(self) -> None:
        """End it."""
        self._child.close(force=True)


def change(folder: Path, chance: random.Random) -> None:
    """Write one article anew."""
    path = chance.choice(sorted(folder.glob("*.txt")))
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text(
        "\n\n".join([*paragraphs[:3], *chance.sample(paragraphs[3:], 20)]) + "\n", encoding="utf-8"
    )


def soak(
    app: App, marks: tuple[float, float], clock: Callable[[], float], seed: int, folders: tuple[Path, ...]
) -> int:
    """Press keys until the second mark; 1 where the memory grew by more than it may since the first."""
    chance = random.Random(seed)
    first: Memory | None = None
    reported = 0.0
    app.rest(5)
    for sequence in strokes(chance, folders):
        for key in sequence:
            app.press(key)
        if chance.random() < 0.003:
            change(chance.choice(folders), chance)
            app.press("R")
        done = clock()
        if done - reported >= marks[0] / 4 or done >= marks[1]:
            reported = done
            print(f"{done:8.1f} {app.keys:7} keys: {Memory.of(app.pid)}", flush=True)
        if first is None and done >= marks[0]:
            first = Memory.of(app.pid)
        if first is not None and done >= marks[1]:
            break
    last = Memory.of(app.pid)
    grown = last.proportional / (first or last).proportional
    good = grown <= TIMES
    print(f"{grown:.2f}x from {marks[0]:g} to {marks[1]:g} (at most {TIMES}x)  {'ok' if good else 'GROWS'}")
    return 0 if good else 1


def main(options: argparse.Namespace) -> int:
    """Make the articles, index them and drive the app."""
    with tempfile.TemporaryDirectory(prefix="seedread-soak-") as scratch:
        home = Path(scratch)
        folders = (wire.make_articles(home / "articles", 300), wire.make_articles(home / "others", 40))
        settings = home / "config" / "seedread" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        for folder in folders:
            command = [sys.executable, "-m", "seedread", "index", "--annotate", str(folder)]
            subprocess.run(command, env=environment(home), check=True, capture_output=True)
        app = App(folders[0], home, (options.width, options.height))
        begun = time.monotonic()
        try:
            if options.keys:
                return soak(app, tuple(options.keys), lambda: float(app.keys), options.seed, folders)
            return soak(
                app, tuple(options.minutes), lambda: (time.monotonic() - begun) / 60, options.seed, folders
            )
        finally:
            app.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, nargs=2, default=(3, 30))
    parser.add_argument("--keys", type=int, nargs=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--width", type=int, default=140)
    parser.add_argument("--height", type=int, default=40)
    sys.exit(main(parser.parse_args()))
