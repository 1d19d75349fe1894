"""How a module of this package is run in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import seedread_index


def child_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; never one from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def child_environment() -> dict[str, str]:
    """The environment of a child: this package is found in it wherever it was found here."""
    home = str(Path(seedread_index.__file__).parent.parent)
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join([home, known] if known else [home])}
