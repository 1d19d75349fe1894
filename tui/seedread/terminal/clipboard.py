"""Copying over any distance: the terminal's own clipboard by OSC 52, tmux's buffer, else a named file."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping
from pathlib import Path

from seedread.userdata.private_files import replace_file, state_root

LARGEST = 74_994
"""The longest OSC 52 sequence that terminals agree to take, in bytes."""

_SCREEN_CHUNK = 240
"""GNU screen cuts device control strings off after 256 bytes."""
_SCREEN_STRING = 700
"""GNU screen swallows a sequence that it does not know up to 768 bytes; the rest of it would be shown."""
_PATIENCE = 2.0


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The sequence that copies a text, wrapped for tmux or screen; None when it is too long.

    tmux gets it plain as well: that is what `set-clipboard on` takes, wrapped it needs `allow-passthrough`.
    Over SSH nobody tells whether a TERM of "screen…" is tmux or screen, so both get theirs.
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
    """Hand a text to the tmux around us: it takes that, and passes it on, whatever it lets programs write."""
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
