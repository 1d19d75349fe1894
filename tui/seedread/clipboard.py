"""Copying over any distance: the terminal's own clipboard by OSC 52, else a named file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from seedread.private_files import replace_file, state_root

LARGEST = 74_994
"""The longest OSC 52 sequence that terminals agree to take, in bytes."""

_SCREEN_CHUNK = 240
"""GNU screen cuts device control strings off after 256 bytes."""


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The sequence that copies a text, wrapped for tmux or screen; None when it is too long."""
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\x07"
    if len(plain) > LARGEST:
        return None
    if environ.get("TMUX"):
        return f"\x1bPtmux;{plain.replace(chr(27), chr(27) * 2)}\x1b\\"
    if environ.get("STY") or environ.get("TERM", "").startswith("screen"):
        chunks = (plain[start : start + _SCREEN_CHUNK] for start in range(0, len(plain), _SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return plain


def to_file(text: str, path: Path | None = None) -> Path:
    """Put a text into the clipboard file of the state folder; where it is. Raises OSError."""
    path = path or state_root() / "clipboard.txt"
    replace_file(path, text)
    return path
