"""The careful reader and writer of the user's own files: never waits, names the line, leaves nothing."""

from __future__ import annotations

import fcntl
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.files.user_files import UserFileError, parse_toml, read_text, sweep, write_file


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "said"),
    [(_pipe, "a named pipe"), (_folder, "a folder"), (_socket, "a socket"), (_device, "a device")],
)
def test_what_is_no_regular_file_is_refused_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], said: str
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name is short
    make(Path("mine"))
    with pytest.raises(UserFileError, match=said):
        read_text(Path("mine"))


def test_a_pipe_put_in_place_of_the_file_after_the_look_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    path.write_text("a = 1")
    opened = os.open

    def swapped(name: object, flags: int, *rest: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(UserFileError, match="named pipe"):
        read_text(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("x" * 11)
    assert read_text(path, 11) == "x" * 11
    with pytest.raises(UserFileError, match="larger than 10 bytes"):
        read_text(path, 10)


def test_a_byte_that_is_not_utf_8_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_bytes(b"a = 1\r\nb = 2\nc = '\xff'\n")
    with pytest.raises(UserFileError, match="not UTF-8") as raised:
        read_text(path)
    assert raised.value.line == 3


def test_line_ends_stay_and_a_mark_before_the_text_goes(tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_text(path) == "a = 1\r\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = " + "[" * 100_000 + "]" * 100_000, 2),
        ("a = 1\n\nb = " + "{ x = " * 100_000, 3),
        ("\n" + ".".join(["a"] * 100_000) + " = 1", 2),
        ("\n[" + " . ".join(["a"] * 100_000) + "]", 2),
        ("b = " + "[\n" * 60, 51),
        ("a = \n", 1),
    ],
    ids=["lists", "tables", "key", "header", "lines", "value"],
)
def test_toml_that_is_wrong_or_nested_without_end_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UserFileError) as raised:
        parse_toml(text)
    assert raised.value.line == line


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UserFileError, match="not valid TOML"):
        parse_toml("a = " + "9" * 5000)


def test_brackets_and_dots_in_texts_and_comments_do_not_count() -> None:
    signs = "[" * 200 + "a." * 200
    text = f'# {signs}\na = "{signs}"\nb = \'{signs}\'\nc = """\n{signs}\\""""\nd = \'\'\'\n{signs}\'\'\'\n'
    assert parse_toml(text)["d"] == signs


def test_a_file_is_replaced_whole_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "mine"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["mine"]


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "mine").symlink_to("real")
    write_file(tmp_path / "mine", b"new")
    assert (tmp_path / "mine").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_write_that_fails_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    write_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["mine"]


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    kept = [
        "mine.toml",
        "mine.toml_old2024",
        ".mine.toml.swp",
        ".mine.toml.part",
        ".other.0123456789abcdef.part",
    ]
    for name in [*kept, ".mine.toml.0123456789abcdef.part"]:
        (tmp_path / name).write_text("x")
    (tmp_path / ".mine.toml.00000000000000aa.part").symlink_to("mine.toml")
    sweep(path)
    assert sorted(os.listdir(tmp_path)) == sorted([*kept, ".mine.toml.00000000000000aa.part"])


def test_a_file_that_another_process_is_writing_is_not_swept(tmp_path: Path) -> None:
    writing = tmp_path / ".mine.0123456789abcdef.part"
    with writing.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        sweep(tmp_path / "mine")
        assert writing.exists()
    sweep(tmp_path / "mine")
    assert not writing.exists()


def test_a_process_killed_while_it_writes_leaves_what_the_next_one_sweeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    child = os.fork()
    if not child:
        monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), 9))
        write_file(path, b"half")
        os._exit(0)
    os.waitpid(child, 0)
    assert len(os.listdir(tmp_path)) == 1
    write_file(path, b"whole")
    assert os.listdir(tmp_path) == ["mine"]
