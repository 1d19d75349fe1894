"""The command among other programs: cut pipes, full disks, no terminal, Ctrl-C, odd locales."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.archive import Archive

Program = Callable[..., subprocess.CompletedProcess[bytes]]
COMMAND = f"{sys.executable} -m seedread"


@pytest.fixture(autouse=True)
def one_cache(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Index each folder once for all tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two hundred articles."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(200):
        text = f"The lighthouse number {number} of the harbour was repainted on Tuesday. " * 20
        (folder / f"{number:03}.txt").write_text(text + "\n")
    return folder


def shell(line: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environ},
    )


@pytest.mark.parametrize("form", ["", "--jsonl", "--json", "--csv", "-0"])
def test_head_cuts_the_pipe_without_a_word(many: Path, form: str) -> None:
    ended = shell(f"{COMMAND} search lighthouse -n 0 {form} -C {many} -q | head -c 200")
    assert len(ended.stdout) == 200
    assert ended.stderr == b""


def test_a_full_disk_is_told(seeds: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    ended = shell(f"{COMMAND} search Kremlin --jsonl -C {seeds} > /dev/full")
    assert ended.returncode == 2
    assert b"cannot write to standard output" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


def test_closed_standard_streams_are_no_reason_to_fail(seeds: Path) -> None:
    assert shell(f"{COMMAND} search Kremlin -C {seeds} >&-").returncode == 0
    assert shell(f"{COMMAND} search zzzqq -C {seeds} 2>&-").returncode == 1
    assert shell(f"{COMMAND} search Kremlin --jsonl -C {seeds} <&- | wc -l").stdout.strip() == b"2"


def test_exit_codes(program: Program, seeds: Path) -> None:
    def code(*arguments: str) -> int:
        return program(*arguments).returncode

    assert code("search", "Kremlin", "-C", str(seeds)) == 0
    assert code("search", "zzzqq", "-C", str(seeds)) == 1
    assert code("search", '"a', "-C", str(seeds)) == 2
    assert code("search", "Kremlin", "-C", "/nowhere") == 3


def test_standard_output_holds_data_alone(program: Program) -> None:
    ended = program("search", "Kremlin", "--jsonl")
    assert ended.stdout.count(b"\n") == 2
    assert b"bundled samples" in ended.stderr


def test_without_a_terminal_the_reader_names_the_plain_commands(program: Program, tmp_path: Path) -> None:
    ended = program()
    assert ended.returncode == 2
    assert b"seedread search QUERY" in ended.stderr
    assert b"\x1b" not in ended.stdout + ended.stderr
    ended = program(str(tmp_path))
    assert f"-C {tmp_path}".encode() in ended.stderr


def test_no_progress_is_drawn_without_a_terminal(program: Program, many: Path, tmp_path: Path) -> None:
    ended = program("index", str(many), environ={"XDG_CACHE_HOME": str(tmp_path)})
    assert ended.returncode == 0
    assert b"\x1b" not in ended.stderr
    assert b"\r" not in ended.stderr
    assert b"200 articles added" in ended.stderr


def test_ctrl_c_ends_with_130_and_one_line(tmp_path: Path) -> None:
    fifo = tmp_path / "queries"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-m", "seedread", "search", "--queries", str(fifo)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with fifo.open("wb"):  # opens once the command reads
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert out == b""
    assert err == b"seedread search: interrupted\n"


def test_ctrl_c_keeps_what_is_indexed_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(1500):
        text = f"The lighthouse number {number} of the harbour was repainted on day {number}. " * 30
        (folder / f"{number:04}.txt").write_text(text + "\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "seedread", "index", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        while process.poll() is None and not articles_in(folder):
            os.sched_yield()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=300)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 130, err
    assert b"kept" in err
    assert b"Traceback" not in err
    kept = articles_in(folder)
    assert 0 < kept < 1500
    found = shell(f"{COMMAND} search lighthouse --no-sync -q --jsonl -n 0 -C {folder} | wc -l")
    assert int(found.stdout) > 0


def articles_in(folder: Path) -> int:
    """How many articles the index of a folder holds."""
    with contextlib.closing(Archive.open([folder])) as archive:
        return archive.status().articles


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_any_locale_gives_the_same_json(program: Program, seeds: Path, locale: str) -> None:
    environ = {"LC_ALL": locale, "LANG": locale}
    ended = program("search", "Russia", "--jsonl", "-C", str(seeds), environ=environ)
    assert ended.returncode == 0
    assert ended.stdout.count(b"\n") == 2


def test_an_encoding_without_the_letters_is_no_reason_to_fail(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "東京の灯台 lighthouse of the harbour — Erdoğan — was repainted.\n", "utf-8"
    )
    environ = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for form in ([], ["--json"], ["--csv"]):
        ended = program("search", "lighthouse", *form, "-C", str(tmp_path), environ=environ)
        assert ended.returncode == 0, ended.stderr


def test_a_query_that_is_not_utf_8_is_refused(program: Program, seeds: Path) -> None:
    ended = program(b"search", b"caf\xe9\x1b[31m", b"-C", os.fsencode(seeds))
    assert ended.returncode == 2
    assert b"not valid UTF-8" in ended.stderr
    assert b"\x1b" not in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [("search", "--queries", "-"), ("library", "--import", "-")])
def test_a_closed_standard_input_that_is_to_be_read_is_refused(
    program: Callable[..., subprocess.CompletedProcess[bytes]], seeds: Path, words: tuple[str, ...]
) -> None:
    ended = program(*words, "-C", str(seeds), preexec_fn=lambda: os.close(0), stdin=None)
    assert ended.returncode == 2
    assert b"standard input is closed" in ended.stderr
