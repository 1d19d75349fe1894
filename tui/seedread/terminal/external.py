"""What leaves the app: the clipboard (OSC 52, tmux or a file), the editor, the pager, shell commands."""

from __future__ import annotations

import base64
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from seedread.userdata.session_state import state_root
from seedread_index.files.user_files import replace_file
from seedread_index.model.errors import SeedreadError
from seedread_index.text.sanitize import clean_line

_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})
_GOTO_LINE = frozenset({"code", "codium", "code-insiders"})
_NO_LINE = frozenset({"ed", "gedit"})


def editor_command(path: Path, line: int, environ: Mapping[str, str]) -> list[str]:
    """$VISUAL or $EDITOR (else vi) on a file at a line, in the syntax of that editor."""
    words = _words(environ.get("VISUAL") or environ.get("EDITOR") or "vi", "EDITOR")
    program = Path(words[0]).name
    if program in _COLON_LINE:
        return [*words, f"{path}:{line}"]
    if program in _GOTO_LINE:
        return [*words, "--wait", "--goto", f"{path}:{line}"]
    if program in _NO_LINE:
        return [*words, str(path)]
    return [*words, f"+{line}", str(path)]


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """$PAGER (else less), reading what it shows from its input."""
    return _words(environ.get("PAGER") or "less", "PAGER")


def run_program(command: Sequence[str], text: str | None = None) -> int:
    """Run a program on the terminal, a text on its input if there is one; its exit code.

    Raises SeedreadError when it cannot be run.
    """
    try:
        if text is None:
            return subprocess.run(command, check=False).returncode
        data = text.encode("utf-8", "replace")
        return subprocess.run(command, check=False, input=data).returncode
    except (OSError, ValueError) as error:
        raise SeedreadError(f"{command[0]} cannot be run: {error}", "set EDITOR or PAGER") from error


def pipe_command(command: str) -> list[str]:
    """A shell command that the user typed."""
    return ["sh", "-c", command]


def _words(command: str, name: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise SeedreadError(f"{name} cannot be read: {error}", f"fix the variable {name}") from error
    if not words:
        raise SeedreadError(f"{name} is empty", f"set the variable {name}")
    return words


def wait_for_enter(code: int) -> None:
    """Wait for Enter, so that the output of a command can be read; `code` is what it ended with."""
    ended = f" (exit status {code})" if code else ""
    sys.stderr.write(f"\n[seedread: press Enter to return{ended}] ")
    sys.stderr.flush()
    try:
        sys.stdin.readline()
    except KeyboardInterrupt:
        return


_LONGEST_ADDRESS = 2000
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
_NO_LINKS = ("linux", "dumb", "vt", "screen.")
"""Beginnings of TERM where an unknown sequence may be printed as text."""


def web_address(address: str) -> str | None:
    """An address that a browser may be given; None where it is none of the web, or hides where it leads.

    It has a host, no user name before it, and after this only ASCII: other letters are percent-encoded, and
    in the host written as in DNS (xn--…), so that what is shown is what is opened.
    """
    text = address.strip()
    if len(text) > _LONGEST_ADDRESS or any(not c.isprintable() or c in ' "<>\\^`{|}' for c in text):
        return None
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except (UnicodeError, ValueError):
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    place = f"[{host}]" if ":" in host else host
    place = f"{place}:{port}" if port is not None else place
    path, query, fragment = (quote(each, safe="%/:;=@&?!$'()*+,~-._") for each in parts[2:])
    return urlunsplit((parts.scheme.lower(), place, path, query, fragment))


def opener_command(environ: Mapping[str, str], platform: str) -> list[str] | None:
    """The system's program that opens an address; None over SSH, and where there is no display."""
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return None
    if platform == "darwin":
        return ["open"]
    return ["xdg-open"] if any(environ.get(name) for name in _DISPLAYS) else None


def start_program(command: Sequence[str]) -> None:
    """Start a program that is not waited for and has no part in the terminal. Raises SeedreadError."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise SeedreadError(f"{command[0]} cannot be started: {error}", "install xdg-utils") from error


def hyperlink(address: str, environ: Mapping[str, str]) -> str:
    """An address as a hyperlink (OSC 8) where the terminal may know them, else as it is."""
    term = environ.get("TERM", "dumb")
    if term.startswith(_NO_LINKS) or environ.get("STY"):
        return address
    return f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\"


def show_hyperlink(address: str, environ: Mapping[str, str]) -> None:
    """Print an address on the terminal as a hyperlink, and wait for Enter."""
    sys.stdout.write(f"\n{hyperlink(address, environ)}\n")
    sys.stdout.flush()
    wait_for_enter(0)


LARGEST = 74_994
"""The longest OSC 52 sequence that terminals agree to take, in bytes."""

_SCREEN_CHUNK = 240
"""GNU screen cuts device control strings off after 256 bytes."""
_SCREEN_STRING = 700
"""GNU screen swallows a sequence that it does not know up to 768 bytes; the rest of it would be shown."""
_PATIENCE = 2.0


KEPT_TITLE, TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
"""Have the terminal keep its title, and show that one again (xterm and most others; the rest ignore it)."""


def title_sequence(title: str) -> str:
    """The sequence that names the terminal's window or tab."""
    return f"\x1b]2;{clean_line(title)}\x07"


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The sequence that copies a text, wrapped for tmux or screen; None when it is too long.

    tmux gets it plain as well: that is what `set-clipboard on` takes, wrapped it needs `allow-passthrough`.
    Over SSH it is unknown whether a TERM of "screen…" is tmux or screen, so both get theirs.
    """
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\x07"
    if len(plain) > LARGEST:
        return None
    term = environ.get("TERM", "")
    if environ.get("TMUX"):
        return f"{plain}\x1bPtmux;{plain.replace(chr(27), chr(27) * 2)}\x1b\\"
    if environ.get("STY") or term.startswith("screen."):
        return _for_screen(plain)
    if not term.startswith("screen"):
        return plain
    if len(plain) <= _SCREEN_STRING:
        return _for_screen(plain) + plain
    return plain if term.startswith("screen-") else None


def _for_screen(plain: str) -> str:
    chunks = (plain[start : start + _SCREEN_CHUNK] for start in range(0, len(plain), _SCREEN_CHUNK))
    return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)


def to_tmux(text: str, environ: Mapping[str, str]) -> None:
    """Load a text into the buffer of the surrounding tmux, which passes it on to the clipboard."""
    if environ.get("TMUX"):
        try:
            subprocess.run(
                ["tmux", "load-buffer", "-w", "-"],
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(environ),
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return


def to_file(text: str, path: Path | None = None) -> Path:
    """Put a text into the clipboard file of the state folder; where it is. Raises OSError."""
    path = path or state_root() / "clipboard.txt"
    replace_file(path, text)
    return path
