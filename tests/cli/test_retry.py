"""What waits for another try is told by every command, and `index` says so with its exit code."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.processes import child
from seedread_index.processes.child import child_command

from .conftest import Run

pytestmark = pytest.mark.processes
CRASHING = """
import os
from seedread_index.sync.ingest import worker

article_of = worker.article_of

def article(draft, relative):
    made = article_of(draft, relative)
    if "harm" in made.text:
        os._exit(9)
    return made

worker.article_of = article
worker.main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles, of which one harms a reading process that crashes."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "good.txt").write_text("The lighthouse of the harbour was repainted on Tuesday, the town said.\n")
    (made / "bad.txt").write_text("The lighthouse came to harm in the storm of Friday, the town said.\n")
    return made


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Reading processes that crash over harm, until the function is called."""
    program = tmp_path / "crashing.py"
    program.write_text(CRASHING)

    def command(module: str, *arguments: str) -> list[str]:
        plain = child_command(module, *arguments)
        return [plain[0], str(program), *arguments] if module.endswith("ingest.worker") else plain

    monkeypatch.setattr(child, "child_command", command)
    return lambda: monkeypatch.setattr(child, "child_command", child_command)


def test_index_ends_with_5_and_its_last_line_says_how_many_wait_and_why(
    run: Run, folder: Path, crashing: Callable[[], None]
) -> None:
    for _ in range(2):
        ended = run("index", str(folder))
        last = ended.err.splitlines()[-1]
        assert ended.code == 5
        assert "1 file could not be read (memory, the disk or a crash); the next update tries again" in last
    report = run("index", "--json", str(folder))
    assert (report.code, report.document["retry"], report.document["articles"]) == (5, 1, 1)
    crashing()
    ended = run("index", str(folder))
    assert ended.code == 0
    assert "tries again" not in ended.err


def test_other_commands_warn_and_keep_their_own_exit_code(
    run: Run, folder: Path, crashing: Callable[[], None]
) -> None:
    found = run("search", "lighthouse", "--jsonl", "-C", str(folder))
    assert (found.code, len(found.rows)) == (0, 1)
    assert "1 file could not be read (memory, the disk or a crash)" in found.err
    assert run("search", "submarine", "-C", str(folder)).code == 1
    crashing()
    found = run("search", "lighthouse", "--jsonl", "-C", str(folder))
    assert (found.code, len(found.rows), found.err) == (0, 2, "")


@pytest.mark.usefixtures("crashing")
def test_status_lists_what_waits(run: Run, folder: Path) -> None:
    status = run("status", str(folder))
    assert status.code == 0
    assert "1 retry" in status.out
    (skipped,) = run("status", "--json", str(folder)).document["skipped"]
    assert (skipped["path"], skipped["status"]) == ("bad.txt", "retry")
    assert skipped["reason"] in status.out


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "out of memory"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "out of memory"),
        (RuntimeError("can't start new thread"), "out of memory"),
        (ImportError("libopen.so: failed to map segment from shared object"), "out of memory"),
        (OSError(errno.EMFILE, "Too many open files"), "too many files are open"),
    ],
)
def test_a_lack_of_memory_or_open_files_is_no_fault_of_the_program(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def starved(*_arguments: object, **_options: object) -> None:
        raise ValueError("while something was read") from error

    monkeypatch.setattr(Archive, "sync", starved)
    ran = run("index", str(folder))
    assert ran.code == 5
    assert said in ran.err
    assert "fault" not in ran.err


def test_another_error_is_a_fault_of_the_program(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("dictionary changed size during iteration")

    monkeypatch.setattr(Archive, "sync", broken)
    assert run("index", str(folder)).code == 70
