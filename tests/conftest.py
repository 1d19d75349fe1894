"""Fixtures that every test may use: no user's files are touched, and archives over the seeds are at hand."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import settings

from seedread.userdata.archive_choice import bundled_seeds
from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.processes.jobs import Answer, Job
from seedread_index.sync import explain
from seedread_index.sync.ingest import ingest, reading_jobs
from seedread_index.sync.ingest.worker import Worker
from seedread_index.sync.passes import enrich

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

PROJECT = Path(__file__).parent.parent
SEEDS = bundled_seeds()
_XDG = ("CACHE", "CONFIG", "DATA", "STATE")
_FOREIGN = (
    "SEEDREAD_ARCHIVE",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "PAGER",
    "VISUAL",
    "EDITOR",
    "TMUX",
)


def pytest_configure() -> None:
    """Let what the tests start be ended by signals that were ignored: in the background, and under nohup."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def no_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own and none of the caller's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in _XDG:
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two bundled articles."""
    return SEEDS


@pytest.fixture(scope="session")
def seeds_gold() -> dict[str, Any]:
    """The hand annotation of the two seeds."""
    gold: dict[str, Any] = json.loads((PROJECT / "tests/data/seeds_gold.json").read_text(encoding="utf-8"))
    return gold


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str], str]:
    """The path of a program; skips the test where it is missing, fails it in CI."""

    def find(name: str) -> str:
        if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            return found
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing, and in CI no test is skipped")
        pytest.skip(f"{name} is not installed")

    return find


def synced(roots: Sequence[Path], home: Path, settings: EngineSettings | None = None) -> Archive:
    """An archive with its cache and data under `home`, synced in this process."""
    archive = Archive.open(roots, settings, cache_root=home / "cache", data_root=home / "data")
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        archive.sync()
    return archive


@pytest.fixture(scope="session")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The seeds, synced with rules alone; read it, do not change it."""
    root = tmp_path_factory.mktemp("seeds-archive")
    archive = synced([SEEDS], root)
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def annotated_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The seeds with the entity model run over them; read it, do not change it."""
    pytest.importorskip("spacy", reason="the entity engine is not installed", exc_type=ImportError)
    root = tmp_path_factory.mktemp("annotated-archive")
    archive = synced([SEEDS], root)
    archive.annotate()
    yield archive
    archive.close()


def make_folder(root: Path, texts: dict[str, str]) -> Path:
    """Write texts by file name under a folder."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def folder_of() -> Callable[[Path, dict[str, str]], Path]:
    """A function that writes texts by file name under a folder."""
    return make_folder


class PoolHere:
    """A pool whose jobs are done in this process as they come, for tests that are not about processes.

    What goes through a pipe between processes is pickled here as well. An error of the work is the test's.
    """

    def __init__(self, settings: EngineSettings, *, ordered: bool, size: int | None = None) -> None:
        self._work = Worker(settings)
        self._events: deque[Answer] = deque()
        self.queued = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._work.close()

    @property
    def in_flight(self) -> int:
        """How many jobs have been submitted whose last event was not taken."""
        return sum(event.final for event in self._events)

    def submit(self, job: Job) -> None:
        """Do a job."""
        answering = self._work(pickle.loads(pickle.dumps(job.value)))
        while True:
            try:
                self._events.append(Answer(job, pickle.dumps(next(answering)), final=False))
            except StopIteration as last:
                self._events.append(Answer(job, pickle.dumps(last.value), final=True))
                return

    def take(self, patience: float) -> Answer | None:
        """The next event."""
        return self._events.popleft() if self._events else None

    def run(self, jobs: Iterable[Job], patience: float = 0.5) -> Iterator[Answer | None]:
        """Do all the jobs; their events."""
        for job in jobs:
            self.submit(job)
            while (event := self.take(patience)) is not None:
                yield event


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Have files read in this process: the start of another one costs more than most tests.

    Then a file may be read within moments of being written, which counts as being changed while it is read.
    """
    for module in (ingest, reading_jobs, explain, enrich):
        patch.setattr(module, "reading_pool", PoolHere)
    patch.setattr("seedread_index.extract.decoding.source._RACY_NS", 0)


@pytest.fixture(autouse=True)
def reads_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files read in this process, but for tests that are marked as being about processes."""
    if request.node.get_closest_marker("processes") is None:
        read_here(monkeypatch)
