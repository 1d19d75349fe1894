"""Terminal programs over the same articles, for speed_page.py: start, memory, bytes, time of a key."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import formatdate
from html import escape
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("tests/terminal", "tui", "index")]

from speed_peers import texts  # noqa: E402
from terminals import wire  # noqa: E402
from terminals.session import Session, environment  # noqa: E402

_QUIET = 0.3
"""Seconds without a byte after which a key is answered."""
_STARTS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one program: seconds until its first screen, megabytes of its process then, bytes by action, and the
    median milliseconds from a key to the last byte of its answer, by the clock."""

    start: float
    megabytes: float
    sent: dict[str, float]
    key: float | None


def programs(home: Path) -> Iterator[wire.Program | str]:
    """The programs on a folder of reports, the reader first; of one that is not installed only the name."""
    folder = wire.make_articles(home / "reports")
    subprocess.run(
        [sys.executable, "-m", "seedread", "index", "-q", "--ner-model", "rules", "-C", str(folder)],
        check=True,
        env=environment(home),
    )
    yield wire.seedread(folder)
    yield replace(wire.stock(folder), name="a stock Textual app")
    less = wire.less(next(folder.glob("*.txt")))
    yield less if shutil.which("less") else "less"
    shell = f"rg -n . {folder} | fzf --no-mouse"
    fzf = replace(wire.fzf(folder), name="fzf with ripgrep", command=("sh", "-c", shell))
    yield fzf if shutil.which("fzf") and shutil.which("rg") else fzf.name
    yield _newsboat(folder, home) if shutil.which("newsboat") else "newsboat"


def _newsboat(folder: Path, home: Path) -> wire.Program:
    """newsboat on a feed of the articles, which it has fetched already."""
    place = home / "newsboat"
    place.mkdir(parents=True, exist_ok=True)
    items = "".join(
        f"<item><title>{escape(name)}</title><guid>{escape(name)}</guid>"
        f"<pubDate>{formatdate(number * 3600.0)}</pubDate><description>{escape(text)}</description></item>"
        for number, (name, text) in enumerate(texts(folder))
    )
    feed = place / "feed.xml"
    feed.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>',
        encoding="utf-8",
    )
    for name, text in (("urls", f"file://{feed}\n"), ("config", "")):
        (place / name).write_text(text, encoding="utf-8")
    command = [
        *("newsboat", "-u", str(place / "urls"), "-c", str(place / "cache.db"), "-C", str(place / "config"))
    ]
    subprocess.run([*command, "-x", "reload"], check=True, capture_output=True, env=environment(home))
    return wire.Program(
        "newsboat",
        tuple(command),
        "News",
        to_list="\r",
        cursor="\x1bOB",
        to_text="\r",
        line="\x1bOB",
        page="\x1b[6~",
        back="\x1b[5~",
        leave="qqq",
    )


def measured(program: wire.Program, home: Path) -> Figures:
    """The figures of a program at 80x24."""
    figures = start_of(program, home)
    return replace(figures, sent=wire.measure(program, home, (80, 24)))


def start_of(program: wire.Program, home: Path) -> Figures:
    """The figures of a program but for the bytes."""
    starts, key, megabytes = [], None, 0.0
    for number in range(_STARTS):
        wire.forget_place(home)
        begun = time.monotonic()
        with Session(program.command, environment(home)) as session:
            session.wait(lambda session=session: re.search(program.ready, session.text), program.ready)  # type: ignore[misc]
            starts.append(time.monotonic() - begun)
            if number == 0:
                session.settle(0.8, at_most=4)
                megabytes = _resident(session.pid)
                key = _key(session, program)
    return Figures(min(starts), megabytes, {}, key)


def _resident(pid: int) -> float:
    """Megabytes that a process and its children hold."""
    held = 0.0
    for each in (pid, *_children(pid)):
        status = Path(f"/proc/{each}/status").read_text(encoding="ascii", errors="replace")
        found = re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)
        held += int(found[1]) / 1024 if found else 0
    return held


def _children(pid: int) -> list[int]:
    known = Path(f"/proc/{pid}/task/{pid}/children")
    near = [int(each) for each in known.read_text(encoding="ascii").split()] if known.exists() else []
    return near + [each for child in near for each in _children(child)]


def _key(session: Session, program: wire.Program) -> float | None:
    """The median milliseconds of letters typed into a query, or else of lines down."""
    keys = list(program.typed)
    if not keys:
        for step in (program.to_list, program.to_text):
            if step:
                _answer(session, step)
        keys = [program.line or program.cursor] * 6
    return statistics.median(_answer(session, key) for key in keys) * 1000


def _answer(session: Session, key: str) -> float:
    """Seconds from a key to the last byte of its answer."""
    begun = last = time.monotonic()
    before = len(session.raw)
    session.keys(key)
    session.wait(lambda: len(session.raw) > before, f"an answer to {key!r}")
    last = time.monotonic()
    while last - begun < 4 and session.pump(_QUIET):
        last = time.monotonic()
    return last - begun
