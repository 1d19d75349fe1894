"""contrib/seedread-mail mails what is new in saved searches, and nothing where nothing is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .conftest import Run

CONTRIB = Path(__file__).parents[2] / "contrib"
STORY = "TITLE: The {} burns\nPUBLISHED: 2021-03-0{}\n\nThe {} by the river burned on Friday.\n"


def _script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_new_articles_are_mailed_once(
    run: Run, tmp_path: Path, folder_of: Callable[[Path, dict[str, str]], Path]
) -> None:
    folder = folder_of(tmp_path / "news", {"mill.txt": STORY.format("mill", 5, "mill")})
    assert run("saved", "--add", "fires", "burned", "-C", str(folder), "--ner-model", "rules").code == 0
    sent = tmp_path / "sent"
    environ = {
        **os.environ,
        "SEEDREAD": _script(
            tmp_path / "seedread", f'exec "{sys.executable}" -m seedread "$@" --ner-model rules'
        ),
        "MAILER": _script(tmp_path / "mailer", f'{{ echo "$@"; cat; }} >> "{sent}"'),
    }

    def mail(*arguments: str) -> int:
        return subprocess.run(
            [CONTRIB / "seedread-mail", *arguments], env=environ, check=False, stderr=subprocess.DEVNULL
        ).returncode

    folder_of(folder, {"barn.txt": STORY.format("barn", 6, "barn")})
    assert run("index", "-q", "-C", str(folder), "--ner-model", "rules").code == 0  # quicker here
    assert mail("me@example.org", str(folder), "fires") == 0
    told = sent.read_text(encoding="utf-8")
    assert told.startswith("-s seedread: 1 new me@example.org\n2021-03-06  The barn burns\n")
    assert "barn.txt" in told
    assert mail("me@example.org", str(folder)) == 0 and sent.read_text(encoding="utf-8") == told
    assert mail() == 2


def test_the_units_of_systemd_are_valid(needs_program: Callable[[str], str]) -> None:
    verify = [
        needs_program("systemd-analyze"),
        "verify",
        "--user",
        *map(str, (CONTRIB / "systemd").iterdir()),
    ]
    checked = subprocess.run(verify, capture_output=True, text=True, check=False)
    complaints = [line for line in checked.stderr.splitlines() if "seedread-alert" in line]
    assert [line for line in complaints if "is not executable" not in line] == []
