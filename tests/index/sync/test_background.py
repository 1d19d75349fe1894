"""The background process tells of its work, obeys, and ends with the program that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.files.write_lock import WriteLock
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, LockedError, SeedreadError
from seedread_index.model.status import Progress, Stage, SyncReport, Writer
from seedread_index.processes.child import child_environment
from seedread_index.processes.frames import FrameBuffer, framed
from seedread_index.sync.background import Background, Event

STARTS = """
import sys
from pathlib import Path
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.sync.background import Background

files = ArchiveFolder(Path(sys.argv[2]), Path(sys.argv[2], "none"))
background = Background([Path(sys.argv[1])], files, EngineSettings(), annotate=False)
background.start()
next(iter(background))
print(background._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    "event",
    [
        Progress(Stage.READ, 3, None, 1),
        SyncReport(1, 2, 3, 4, interrupted=True, retry=2),
        Writer(7, "2020-02-28T10:00:00+00:00"),
        ArchiveError("it is\ndamaged", "make it anew"),
        LockedError("busy", "wait", 7, "2020-02-28T10:00:00+00:00"),
    ],
)
def test_events_come_through_as_they_are(event: Event) -> None:
    (frame,) = FrameBuffer().feed(framed(event))
    back = frame.value()
    if isinstance(event, SeedreadError):
        assert type(back) is type(event)
        assert isinstance(back, SeedreadError)
        assert (back.message, back.hint) == (event.message, event.hint)
    else:
        assert back == event


def test_it_syncs_and_reports(news: Path, cache: Path, files: ArchiveFolder) -> None:
    (news / "one.txt").write_text("Ministers met in Geneva.\n", encoding="utf-8")
    background = Background([news], files, EngineSettings(ner_model="rules"))
    background.start()
    events = list(background)
    background.close()
    assert SyncReport(added=1) in events
    assert any(isinstance(event, Progress) for event in events)
    assert not any(isinstance(event, SeedreadError) for event in events)
    assert not background.running
    catalogue = Catalogue.open(cache / "catalogue.db")
    assert len(catalogue.ids()) == 1
    catalogue.close()


def test_it_waits_for_another_writer_and_says_for_whom(news: Path, cache: Path, files: ArchiveFolder) -> None:
    (news / "one.txt").write_text("Ministers met in Geneva.\n", encoding="utf-8")
    lock = WriteLock(cache / "lock")
    lock.acquire(0)
    background = Background([news], files, EngineSettings(), annotate=False)
    background.start()
    events = iter(background)
    waiting = next(events)
    assert isinstance(waiting, Writer)
    assert waiting.pid == os.getpid()
    lock.release()
    assert SyncReport(added=1) in list(events)
    background.close()


def test_what_fails_is_told(news: Path, cache: Path, files: ArchiveFolder) -> None:
    background = Background([news / "nowhere"], files, EngineSettings(), annotate=False)
    background.start()
    events = list(background)
    background.close()
    assert [type(event) for event in events] == [ArchiveError]


def test_closing_ends_it_at_once(news: Path, cache: Path, files: ArchiveFolder) -> None:
    lock = WriteLock(cache / "lock")
    lock.acquire(0)
    background = Background([news], files, EngineSettings(), annotate=False)
    background.start()
    next(iter(background))
    background.close()
    assert not background.running
    assert background.poll() == []
    lock.release()


def test_it_ends_with_the_program_that_started_it(news: Path, cache: Path) -> None:
    lock = WriteLock(cache / "lock")
    lock.acquire(0)
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS, str(news), str(cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    tick = threading.Event()
    for _ in range(2000):
        try:
            if "(zombie)" in Path(f"/proc/{child}/status").read_text():
                break
        except OSError:
            break
        tick.wait(0.05)
    else:
        pytest.fail("the background process lives on")
    lock.release()
