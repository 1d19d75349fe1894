"""The program's commands within the line mode: `:tag grain .` is `seedread tag grain` on this archive."""

from __future__ import annotations

import difflib
import shlex
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from seedread_index.model.article import Article
from seedread_index.model.errors import SeedreadError

_OPEN = "."
"""Stands for the open article among the words of a command."""


def run_command(
    line: str, roots: Sequence[Path], cache: str, article: Article | None, known: Collection[str] = ()
) -> str:
    """What a command prints, in a process of its own.

    Raises SeedreadError where the quotes are open, `.` is used and no article is open, or the command is none
    of the `known` ones, if there are any.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise SeedreadError(str(error), "close the quotes") from error
    if not words:
        raise SeedreadError("no command given", "type :tag grain . to tag the open article")
    if known and words[0] not in known:
        near = difflib.get_close_matches(words[0], known, n=1)
        hint = f"did you mean :{near[0]}?" if near else "seedread --help lists all commands"
        raise SeedreadError(f"unknown command: {words[0]}", hint)
    if _OPEN in words[1:] and article is None:
        raise SeedreadError("no article is open", "open one first: type its number")
    named = [article.id if word == _OPEN and article is not None else word for word in words[1:]]
    place = [each for root in roots for each in ("-C", str(root))] + (["--cache", cache] if cache else [])
    takes_archive = words[0] not in {"config", "keys"}
    done = subprocess.run(
        [sys.executable, "-m", "seedread", words[0], *(place if takes_archive else []), *named],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace").rstrip("\n")
