"""The programs that an article is handed to: the editor at a line, the pager, a command of the shell."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from seedread_index.model.errors import SeedreadError

_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})
_GOTO_LINE = frozenset({"code", "codium", "code-insiders"})
_NO_LINE = frozenset({"ed", "gedit"})


def editor_command(path: Path, line: int, environ: Mapping[str, str]) -> list[str]:
    """$VISUAL or $EDITOR (else vi) on a file at a line, in the way that editor wants it."""
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

    Raises SeedreadError when it cannot be started.
    """
    try:
        if text is None:
            return subprocess.run(command, check=False).returncode
        data = text.encode("utf-8", "replace")
        return subprocess.run(command, check=False, input=data).returncode
    except (OSError, ValueError) as error:
        raise SeedreadError(f"{command[0]} cannot be started: {error}", "set EDITOR or PAGER") from error


def pipe_command(command: str) -> list[str]:
    """A command of the user's own, for the shell."""
    return ["sh", "-c", command]


def _words(command: str, name: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise SeedreadError(f"{name} cannot be read: {error}", f"mend the variable {name}") from error
    if not words:
        raise SeedreadError(f"{name} is empty", f"set the variable {name}")
    return words


def wait_for_enter(code: int) -> None:
    """Let somebody read what a command wrote, before the screen comes back."""
    ended = f" (ended with {code})" if code else ""
    sys.stderr.write(f"\n[seedread: Enter goes back{ended}] ")
    sys.stderr.flush()
    try:
        sys.stdin.readline()
    except KeyboardInterrupt:
        return
