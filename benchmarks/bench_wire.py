"""Bytes on the wire and waiting over a slow line, beside less, fzf and a stock Textual app."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("tests/terminal", "tui", "index")]

from terminals import wire  # noqa: E402
from terminals.link import SlowLink  # noqa: E402
from terminals.secure_shell import server  # noqa: E402
from terminals.session import Session, environment  # noqa: E402

SECONDS = {"first": 1.0, "key": 0.5, "20 downs": 0.5, "40 pages": 1.5}
"""Over 150 ms and 64 kbit/s: a first paint after the first byte, a key, and what held keys leave behind."""


def main() -> int:
    """Measure, print a table, and say whether seedread keeps to its budget."""
    over: list[str] = []
    with tempfile.TemporaryDirectory(prefix="seedread-wire-") as scratch:
        home = Path(scratch)
        folder = wire.make_articles(home / "articles")
        command = [
            sys.executable,
            "-m",
            "seedread",
            "index",
            "--annotate",
            "--ner-model",
            "rules",
            str(folder),
        ]
        subprocess.run(command, env=environment(home), check=True, capture_output=True)
        for size in wire.BUDGET:
            over += _bytes(folder, home, size)
        over += _start(folder, home)
        over += _slow_line(folder, home)
    print("\nwithin budget" if not over else f"\nover budget: {'; '.join(over)}")
    return 0 if not over else 1


def _programs(folder: Path) -> list[wire.Program]:
    programs = [wire.seedread(folder), wire.less(next(folder.glob("*.txt"))), wire.stock(folder)]
    if shutil.which("fzf"):
        programs.insert(2, wire.fzf(folder))
    else:
        print("fzf is not installed; left out")
    return [program for program in programs if shutil.which(program.command[0])]


def _bytes(folder: Path, home: Path, size: tuple[int, int]) -> list[str]:
    print(f"\nbytes at {size[0]}x{size[1]}  " + "".join(f"{action:>10}" for action in wire.ACTIONS))
    over: list[str] = []
    for program in _programs(folder):
        found = wire.measure(program, home, size)
        cells = [f"{found[action]:10.0f}" if action in found else f"{'-':>10}" for action in wire.ACTIONS]
        print(f"{program.name:16}" + "".join(cells), flush=True)
        if program.name == "seedread":
            over = wire.over_budget(found, size)
    budget = [f"{wire.BUDGET[size][action]:10}" for action in wire.ACTIONS]
    print(f"{'budget':16}" + "".join(budget))
    return over


def _start(folder: Path, home: Path) -> list[str]:
    """How long it takes until there is something to see, and until keys are taken, as ratios."""
    curses = "import curses; s = curses.initscr(); s.addstr('hello'); s.refresh(); s.getch()"
    textual = (
        "from textual.app import App; from textual.widgets import Input\n"
        "class Hello(App):\n    def compose(self):\n        yield Input(placeholder='hello')\nHello().run()"
    )
    reader = wire.seedread(folder)
    first = _best((sys.executable, "-c", curses), "hello", home)
    hello = _best((sys.executable, "-c", textual), "hello", home)
    script = Path(sys.executable).with_name("seedread")
    command = (str(script),) if script.exists() else reader.command[:3]
    skeleton = _best((*command, str(folder)), "Search", home)
    ready = _best(reader.command, reader.ready, home)
    print(f"\nseconds to start: skeleton {skeleton:.2f}, {skeleton / first:.1f}x a curses hello (budget 2x)")
    print(f"                  ready {ready:.2f}, {ready / hello:.1f}x a Textual hello (budget 1.5x)")
    over = [f"skeleton {skeleton / first:.1f}x a curses hello"] if skeleton > 2 * first else []
    return over + ([f"ready {ready / hello:.1f}x a Textual hello"] if ready > 1.5 * hello else [])


def _best(command: tuple[str, ...], ready: str, home: Path) -> float:
    """The shortest of some starts, in seconds until the screen shows a text."""
    times = []
    for _ in range(5):
        wire.forget_place(home)
        start = time.monotonic()
        with Session(command, environment(home)) as session:
            session.wait(lambda: re.search(ready, session.text), ready)
            times.append(time.monotonic() - start)
    return min(times)


def _slow_line(folder: Path, home: Path) -> list[str]:
    """The same over a secure shell on a line of 150 ms and 64 kbit/s; `first` is what the line adds."""
    print("\nseconds over ssh, 150 ms, 64 kbit/s" + "".join(f"{name:>10}" for name in SECONDS))
    try:
        with server(home / "keys") as (port, client), SlowLink(port) as link:
            over = []
            for program in (wire.seedread(folder), wire.less(next(folder.glob("*.txt"))), wire.stock(folder)):
                found = _wait_times(program, home, [*client, str(link.port)])
                found["first"] = max(found["first"] - _local_start(program, home), 0)
                cells = [f"{found[name]:10.2f}" if name in found else f"{'-':>10}" for name in SECONDS]
                print(f"{program.name:35}" + "".join(cells), flush=True)
                if program.name == "seedread":
                    slow = [name for name in SECONDS if found[name] > SECONDS[name]]
                    over = [f"{name} takes {found[name]:.2f} s over ssh" for name in slow]
            return over
    except FileNotFoundError as missing:
        print(f"left out: {missing} not installed")
        return [f"{missing} not installed"] if os.environ.get("CI") else []


def _wait_times(program: wire.Program, home: Path, client: list[str]) -> dict[str, float]:
    variables = [f"{name}={value}" for name, value in environment(home).items()]
    words = shlex.join(["env", *variables, *program.command])
    wire.forget_place(home)
    found: dict[str, float] = {}
    with Session([*client, f"exec {words}"], environment(home), answering=True) as session:
        session.wait(lambda: session.raw, "a first byte")
        start = time.monotonic()
        session.wait(lambda: re.search(program.ready, session.text), program.ready)
        found["first"] = time.monotonic() - start
        session.settle(1, at_most=4)
        if program.typed:
            found["key"] = median(_seconds(session, key) for key in program.typed)
        for keys in (program.to_list, program.to_text):
            if keys:
                _seconds(session, keys)
        if program.line:
            _hold(session, [program.line] * 20)
            found["20 downs"] = _seconds(session, "")
            _hold(session, [program.page, program.back] * 20)
            found["40 pages"] = _seconds(session, "")
    return found


def _local_start(program: wire.Program, home: Path) -> float:
    """Seconds from the first byte to the first paint without a line between."""
    wire.forget_place(home)
    with Session(program.command, environment(home)) as session:
        session.wait(lambda: session.raw, "a first byte")
        start = time.monotonic()
        session.wait(lambda: re.search(program.ready, session.text), program.ready)
        return time.monotonic() - start


def _hold(session: Session, keys: list[str]) -> None:
    """Press keys as a held key repeats: thirty times a second."""
    for key in keys:
        session.keys(key)
        session.pump(1 / 30)


def _seconds(session: Session, keys: str) -> float:
    """How long after the keys the last byte of the answer came."""
    start = last = time.monotonic()
    before = len(session.raw)
    if keys:
        session.keys(keys)
        session.wait(lambda: len(session.raw) > before, "an answer")
    last = time.monotonic()
    while last - start < 8 and session.pump(0.8):
        last = time.monotonic()
    return last - start


if __name__ == "__main__":
    sys.exit(main())
