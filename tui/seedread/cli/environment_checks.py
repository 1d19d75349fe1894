"""What `doctor` looks at outside the archive: versions, terminal, colours, clipboard, locale, folders."""

from __future__ import annotations

import locale
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from seedread_index.model.installation import READ_WITH, extra_of, install_command, is_installed


class Level(StrEnum):
    """The result of a check."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was found and, where something is wrong, how to fix it."""

    area: str
    level: Level
    found: str
    fix: str = ""


Environment = Mapping[str, str]

_PACKAGES = ("textual", "rich", "whoosh3", "platformdirs", "chardet")
_SMALLEST = (20, 6)
_MULTIPLEXERS = (
    ("TMUX", "tmux", "leave TERM to tmux: set -g default-terminal tmux-256color"),
    ("STY", "screen", "leave TERM to screen: term screen-256color in its .screenrc"),
)


def versions() -> Iterator[Check]:
    """The program, Python and the libraries that it stands on."""
    import importlib.metadata
    import platform

    from seedread import __version__

    system = f"{platform.system()} {platform.release()}"
    yield Check("versions", Level.OK, f"seedread {__version__}, Python {platform.python_version()}, {system}")
    found, missing = [], []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(package)
    yield Check("versions", Level.OK, ", ".join(found))
    if missing:
        fix = "reinstall seedread (see Install in README.md)"
        yield Check("versions", Level.WRONG, "not installed: " + ", ".join(missing), fix)
    absent = [module for module in READ_WITH if not is_installed(module)]
    if absent:
        extras = sorted({extra_of(module) for module in absent})
        unread = ", ".join(READ_WITH[module] for module in absent)
        yield Check("formats", Level.NOTE, f"cannot read: {unread}", install_command(*extras))
    else:
        yield Check("formats", Level.OK, "all formats supported")


def terminal(environ: Environment) -> Iterator[Check]:
    """Whether the reader can run here, and how large."""
    term = environ.get("TERM", "")
    if not (_is_terminal(0) and _is_terminal(2)):
        yield Check("terminal", Level.NOTE, "not a terminal: the reader cannot run here, commands can")
    elif term in {"", "dumb"}:
        fix = "set TERM to your terminal's type, such as xterm-256color"
        yield Check("terminal", Level.NOTE, "TERM does not name a full-screen terminal; using line mode", fix)
    else:
        width, height = _size()
        if width and (width < _SMALLEST[0] or height < _SMALLEST[1]):
            yield Check("terminal", Level.NOTE, f"{term}, only {width}x{height}", "use 80x24 or more")
        else:
            yield Check("terminal", Level.OK, f"{term}, {width}x{height}")
    for variable, name, fix in _MULTIPLEXERS:
        if environ.get(variable) and not term.startswith(("screen", "tmux", "dumb")):
            yield Check("terminal", Level.NOTE, f"TERM is {term or 'empty'} inside {name}", fix)
            break
    if preset := [name for name in ("COLUMNS", "LINES") if name in environ]:
        yield Check("terminal", Level.NOTE, " and ".join(preset) + " set; the reader ignores them")


def colours(environ: Environment) -> Iterator[Check]:
    """How many colours there are, and whether NO_COLOR is set."""
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        yield Check("colours", Level.OK, "none (NO_COLOR is set); using bold and underline")
    elif environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        yield Check("colours", Level.OK, "24 bits; the default theme uses the terminal's own 16")
    elif "256" in term:
        yield Check("colours", Level.OK, "256; the default theme uses the terminal's own 16")
    else:
        yield Check("colours", Level.OK, "16")


def clipboard(environ: Environment, way: str) -> Iterator[Check]:
    """How copied text reaches the clipboard; `way` is the setting."""
    over = "over SSH, " if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY") else ""
    if way == "file":
        yield Check("clipboard", Level.OK, "to a file, as set in the settings")
    elif environ.get("TMUX"):
        allowed = _tmux_option("set-clipboard")
        if allowed == "off":
            fix = 'in tmux: set -g set-clipboard on   (or clipboard = "file" in the settings)'
            yield Check(
                "clipboard", Level.WRONG, "tmux does not pass on copied text (set-clipboard off)", fix
            )
        else:
            yield Check("clipboard", Level.OK, f"{over}OSC 52 through tmux")
    elif environ.get("STY"):
        yield Check("clipboard", Level.OK, f"{over}OSC 52 through screen, in pieces")
    else:
        found = f"{over}OSC 52, where the terminal allows it"
        yield Check(
            "clipboard", Level.OK, found, 'if copying does not work: clipboard = "file" in the settings'
        )


def language(environ: Environment) -> Iterator[Check]:
    """Whether text can be shown as it is."""
    named = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    encoding = (sys.stdout.encoding if sys.stdout else "") or locale.getpreferredencoding(False)
    if encoding.lower().replace("-", "") != "utf8":
        fix = "set LANG to a UTF-8 locale, such as C.UTF-8"
        yield Check(
            "locale", Level.WRONG, f"{named or 'none'}, {encoding}: many characters cannot be displayed", fix
        )
    elif named and "utf" not in named.lower().replace("-", ""):
        fix = "set LANG to a UTF-8 locale, such as C.UTF-8"
        yield Check("locale", Level.NOTE, f"{named}: drawing frames and marks in ASCII", fix)
    else:
        yield Check("locale", Level.OK, f"{named or 'not set'}, {encoding}")


def folders() -> Iterator[Check]:
    """Whether the user's folders can be written, by their owner alone."""
    import platformdirs

    for area, folder in (
        ("cache", platformdirs.user_cache_path("seedread", appauthor=False)),
        ("data", platformdirs.user_data_path("seedread", appauthor=False)),
        ("state", platformdirs.user_state_path("seedread", appauthor=False)),
        ("config", platformdirs.user_config_path("seedread", appauthor=False)),
    ):
        yield _folder(area, folder)


def _folder(area: str, folder: Path) -> Check:
    there = folder
    while not os.path.exists(there) and there != there.parent:
        there = there.parent
    if not os.path.isdir(there) or not os.access(there, os.W_OK | os.X_OK):
        fix = f"make it writable, or set XDG_{area.upper()}_HOME"
        return Check(area, Level.WRONG, f"cannot write to {folder}", fix)
    if there != folder:
        return Check(area, Level.OK, f"{folder} (created when needed)")
    found = folder.stat()
    if found.st_uid not in {os.geteuid(), 0}:
        fix = f"chown it, or set XDG_{area.upper()}_HOME"
        return Check(area, Level.WRONG, f"{folder} belongs to another user", fix)
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Check(area, Level.WRONG, f"{folder} is writable by other users", f"chmod go-w {folder}")
    return Check(area, Level.OK, str(folder))


def _tmux_option(name: str) -> str:
    """What tmux says of an option; empty where it cannot be asked."""
    import shutil
    import subprocess

    tmux = shutil.which("tmux")
    if tmux is None:
        return ""
    try:
        asked = subprocess.run(
            [tmux, "show-options", "-gsv", name], capture_output=True, text=True, timeout=2, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def _size() -> tuple[int, int]:
    try:
        size = os.get_terminal_size(2)
    except OSError:
        return 0, 0
    return size.columns, size.lines


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
