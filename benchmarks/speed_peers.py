"""Other search programs over the same articles, for speed_page.py: how they index, and what a query costs.

Each is asked in the way it is used: libraries in a running program, commands with their start included. All
give the ten best of a single word; grep, ripgrep and fzf give all lines or files. Xapian's module comes with
the system's packages, so the system's Python runs it (xapian_peer.py).
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol

from search_peers import timed

_TEN = 10
_SYSTEM_PYTHON = "/usr/bin/python3"
_EVERY = 5


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of the articles."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of some work in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def of_children(command: Sequence[str], env: Mapping[str, str] | None = None) -> float:
    """Processor seconds of a command with all that it starts. Raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
    )
    if done.returncode > 1:  # 1: nothing was found
        raise subprocess.CalledProcessError(done.returncode, list(command))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def started(
    command: Callable[[str], Sequence[str]], words: Sequence[str], env: Mapping[str, str] | None = None
) -> float:
    """The median milliseconds of a command that is started for every fifth word."""
    return statistics.median(of_children(command(word), env) for word in words[::_EVERY]) * 1000


def size(place: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """What an index cost: processor seconds and megabytes; and the median query in milliseconds.

    `seconds` is None for what has no index.
    """

    query: float
    seconds: float | None = None
    megabytes: float | None = None


class Peer(Protocol):
    """A program to compare with, by its name and how it is asked."""

    name: str
    starts: bool
    """Whether a query starts a process."""

    def missing(self) -> bool:
        """Whether it is not installed."""

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        """Index the articles below a folder, its files below another, and ask for each of some words."""


class Fts5:
    """SQLite FTS5 with Porter's stemmer."""

    name, starts = "SQLite FTS5", False

    def missing(self) -> bool:
        return False

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        database = sqlite3.connect(scratch / "fts.db")
        database.execute("CREATE VIRTUAL TABLE articles USING fts5(name, text, tokenize='porter')")

        def fill() -> None:
            with database:
                database.executemany("INSERT INTO articles VALUES (?, ?)", texts(folder))

        seconds = cpu(fill)
        asked = "SELECT name FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10"
        query, _ = timed(lambda word: database.execute(asked, (word,)).fetchall(), words)
        database.close()
        return Cost(query, seconds, size(scratch))


class Tantivy:
    """The tantivy library with its English stemmer, the texts stored."""

    name, starts = "tantivy", False

    def missing(self) -> bool:
        return importlib.util.find_spec("tantivy") is None

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        engine: Any = importlib.import_module("tantivy")
        builder = engine.SchemaBuilder()
        builder.add_text_field("name", stored=True)
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        index = engine.Index(builder.build(), path=str(scratch))

        def fill() -> None:
            writer = index.writer()
            for name, text in texts(folder):
                writer.add_document(engine.Document(name=name, text=text))
            writer.commit()
            writer.wait_merging_threads()

        seconds = cpu(fill)
        index.reload()
        searcher = index.searcher()
        query, _ = timed(lambda word: searcher.search(index.parse_query(word, ["text"]), _TEN).hits, words)
        return Cost(query, seconds, size(scratch))


class Whoosh:
    """The Whoosh library as its manual uses it, with its stemming analyzer."""

    name, starts = "Whoosh (plain)", False

    def missing(self) -> bool:
        return importlib.util.find_spec("whoosh") is None

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        fields: Any = importlib.import_module("whoosh.fields")
        analysis: Any = importlib.import_module("whoosh.analysis")
        parser: Any = importlib.import_module("whoosh.qparser")
        storage: Any = importlib.import_module("whoosh.index")
        schema = fields.Schema(
            name=fields.ID(stored=True),
            text=fields.TEXT(stored=True, analyzer=analysis.StemmingAnalyzer()),
        )
        index = storage.create_in(str(scratch), schema)

        def fill() -> None:
            writer = index.writer()
            for name, text in texts(folder):
                writer.add_document(name=name, text=text)
            writer.commit()

        seconds = cpu(fill)
        with index.searcher() as searcher:
            read = parser.QueryParser("text", schema).parse
            query, _ = timed(lambda word: [h["name"] for h in searcher.search(read(word), limit=_TEN)], words)
        return Cost(query, seconds, size(scratch))


class Xapian:
    """The Xapian library by its Python module, with its English stemmer, the texts stored."""

    name, starts = "Xapian", False

    def missing(self) -> bool:
        command = [_SYSTEM_PYTHON, "-c", "import xapian"]
        if not os.path.exists(_SYSTEM_PYTHON):
            return True
        return subprocess.run(command, check=False, capture_output=True).returncode != 0

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        script = Path(__file__).with_name("xapian_peer.py")
        done = subprocess.run(
            [_SYSTEM_PYTHON, str(script), str(folder), str(scratch), *words],
            check=True,
            capture_output=True,
            text=True,
        )
        figures = json.loads(done.stdout)
        return Cost(figures["query"], figures["seconds"], size(scratch))


class Recoll:
    """recollindex and recollq, with a configuration of its own."""

    name, starts = "recoll", True

    def missing(self) -> bool:
        return not (shutil.which("recollindex") and shutil.which("recollq"))

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        (scratch / "recoll.conf").write_text(f"topdirs = {folder}\n", encoding="utf-8")
        place = ["-c", str(scratch)]
        seconds = of_children(["recollindex", *place, "-z"])
        return Cost(
            started(lambda word: ["recollq", *place, "-n", str(_TEN), word], words), seconds, size(scratch)
        )


class Notmuch:
    """notmuch over a mail for each article."""

    name, starts = "notmuch", True

    def missing(self) -> bool:
        return shutil.which("notmuch") is None

    def measured(self, folder: Path, scratch: Path, words: Sequence[str]) -> Cost:
        mails = scratch / "mail"
        for number, (name, text) in enumerate(texts(folder)):
            mail = EmailMessage()
            mail["From"], mail["Subject"] = "desk@example.org", name
            mail["Message-ID"] = f"<{number}@example.org>"
            mail.set_content(text)
            path = mails / "cur" / f"{number}:2,S"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes(mail))
        settings = scratch / "notmuch.conf"
        settings.write_text(f"[database]\npath={mails}\n[user]\nname=desk\nprimary_email=desk@example.org\n")
        env = {"NOTMUCH_CONFIG": str(settings)}
        seconds = of_children(["notmuch", "new", "--quiet"], env)
        ask = ["notmuch", "search", f"--limit={_TEN}"]
        query = started(lambda word: [*ask, word], words, env)
        return Cost(query, seconds, size(mails / ".notmuch"))


class Scan:
    """A program that reads every article for each query."""

    starts = True

    def __init__(self, name: str, *command: str) -> None:
        self.name = name
        self._command = command

    def missing(self) -> bool:
        return shutil.which(self._command[0]) is None

    def measured(self, folder: Path, _scratch: Path, words: Sequence[str]) -> Cost:
        return Cost(started(lambda word: [*self._command, word, str(folder)], words))


class Fzf:
    """fzf over the lines that ripgrep prints of all articles."""

    name, starts = "fzf with ripgrep", True

    def missing(self) -> bool:
        return not (shutil.which("fzf") and shutil.which("rg"))

    def measured(self, folder: Path, _scratch: Path, words: Sequence[str]) -> Cost:
        shell = 'rg -n . "$1" | fzf --exact --filter "$2"'
        return Cost(started(lambda word: ["sh", "-c", shell, "sh", str(folder), word], words))


PEERS: tuple[Peer, ...] = (
    Fts5(),
    Tantivy(),
    Whoosh(),
    Xapian(),
    Recoll(),
    Notmuch(),
    Scan("grep", "grep", "-rlwi"),
    Scan("ripgrep", "rg", "-lwi"),
    Fzf(),
)
"""The first one is what ratios are of."""
