"""One process writes at a time, the others are told which, and no lock outlives its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedread_index.files.write_lock import WriteLock
from seedread_index.model.errors import ArchiveError, LockedError
from seedread_index.processes.child import child_environment

HOLD = """
import sys
from pathlib import Path
from seedread_index.files.write_lock import WriteLock
WriteLock(Path(sys.argv[1], "lock")).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_writer_is_told_who_writes_and_since_when(tmp_path: Path) -> None:
    process = holder(tmp_path / "a")
    lock = WriteLock(tmp_path / "a" / "lock")
    with pytest.raises(LockedError) as caught:
        lock.acquire(0)
    writer = lock.writer()
    end(process)
    assert writer is not None
    assert (caught.value.pid, caught.value.since) == (process.pid, writer.since)
    assert str(process.pid) in caught.value.message
    assert "--wait" in caught.value.hint


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    end(holder(tmp_path / "a"))
    lock = WriteLock(tmp_path / "a" / "lock")
    assert lock.writer() is None
    lock.acquire(0)
    assert WriteLock(tmp_path / "a" / "lock").writer() is not None
    lock.release()
    assert lock.writer() is None


def test_waiting_ends_when_the_writer_does(tmp_path: Path) -> None:
    process = holder(tmp_path / "a")
    lock = WriteLock(tmp_path / "a" / "lock")
    with pytest.raises(LockedError):
        lock.acquire(0.2)
    end(process)
    lock.acquire(None)
    lock.release()


def test_a_forked_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "a" / "lock")
    lock.acquire(0)
    stop_out, stop_in = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(stop_in)
        os.read(stop_out, 1)
        os._exit(0)
    lock.release()
    free = WriteLock(tmp_path / "a" / "lock")
    try:
        free.acquire(2)
    finally:
        os.write(stop_in, b".")
        os.waitpid(child, 0)
        os.close(stop_in)
        os.close(stop_out)
        free.release()


def test_a_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir(mode=0o700)
    folder.chmod(0o777)
    with pytest.raises(ArchiveError, match="is writable by other users"):
        WriteLock(folder / "lock").acquire(0)
