"""The commands that editors and pagers are called by."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread.terminal.external import (
    editor_command,
    hyperlink,
    opener_command,
    pager_command,
    run_program,
    web_address,
)
from seedread_index.model.errors import SeedreadError


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, ["vi", "+7", "/a b.txt"]),
        ({"EDITOR": "nano -w"}, ["nano", "-w", "+7", "/a b.txt"]),
        ({"EDITOR": "nano", "VISUAL": "/usr/bin/vim"}, ["/usr/bin/vim", "+7", "/a b.txt"]),
        ({"EDITOR": "hx"}, ["hx", "/a b.txt:7"]),
        ({"EDITOR": "code"}, ["code", "--wait", "--goto", "/a b.txt:7"]),
    ],
)
def test_an_editor_is_called_at_the_line(environ: dict[str, str], command: list[str]) -> None:
    assert editor_command(Path("/a b.txt"), 7, environ) == command


def test_the_pager_is_the_users() -> None:
    assert pager_command({"PAGER": "less -S"}) == ["less", "-S"]
    assert pager_command({}) == ["less"]


def test_a_variable_that_cannot_be_read_is_told() -> None:
    with pytest.raises(SeedreadError, match="EDITOR"):
        editor_command(Path("x"), 1, {"EDITOR": "vi 'x"})


def test_a_program_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeedreadError, match="cannot be run"):
        run_program([str(tmp_path / "none")])


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  HTTP://Example.org:8080/x  ", "http://example.org:8080/x"),
        ("https://example.org/Ёлка", "https://example.org/%D0%81%D0%BB%D0%BA%D0%B0"),
        ("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://[::1]/", "http://[::1]/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org/", None),
        ("https://", None),
        ("-https://example.org", None),
        ("https://bank.example@evil.example/", None),
        ("https://example.org/\x1b]0;x\x07", None),
        ("https://example.org/a b", None),
        ("https://example.org/\u202ecod.exe", None),
        ("https://example.org:port/", None),
        (f"https://example.org/{'x' * 3000}", None),
        ("", None),
    ],
)
def test_only_plain_addresses_of_the_web_are_opened(address: str, wanted: str | None) -> None:
    assert web_address(address) == wanted


def test_over_ssh_and_without_a_display_nothing_is_opened_here() -> None:
    assert opener_command({"DISPLAY": ":0"}, "linux") == ["xdg-open"]
    assert opener_command({"WAYLAND_DISPLAY": "wayland-0"}, "linux") == ["xdg-open"]
    assert opener_command({}, "darwin") == ["open"]
    assert opener_command({}, "linux") is None
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        assert opener_command({"DISPLAY": ":0", name: "x"}, "linux") is None
        assert opener_command({name: "x"}, "darwin") is None


def test_an_address_is_a_hyperlink_where_the_terminal_can() -> None:
    address = "https://example.org/"
    assert hyperlink(address, {"TERM": "xterm-256color"}) == f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\"
    for environ in ({"TERM": "linux"}, {"TERM": "vt100"}, {}, {"TERM": "screen", "STY": "1.x"}):
        assert hyperlink(address, environ) == address
