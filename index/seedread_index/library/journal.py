"""The journal of the library: one JSON line per change, only ever added to, so that sessions do not collide.

Each line has `n`, a random name of the change; `at`, when it was made (ISO 8601, UTC); `do`, what was done;
and what that needs. The state is what the lines give in the order of `at`. A line that cannot be read, or
that a later version wrote, counts for nothing and stays.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from seedread_index.files.user_files import UserFileError, append_line, read_bytes
from seedread_index.model.correction import TextQuote
from seedread_index.model.library import ArticleKey, LibraryError
from seedread_index.text.folding import folded
from seedread_index.text.sanitize import clean, clean_line, squeeze

Action = Literal["star", "unstar", "tag", "untag", "note", "unnote", "collect", "uncollect", "adopt", "undo"]
ACTIONS: tuple[Action, ...] = get_args(Action)
MAX_BYTES = 64 * 1024 * 1024
"""A journal of some hundred thousand changes."""
_LONGEST_NAME = 100
_NAMED = {"tag": "tag", "untag": "tag", "collect": "collection", "uncollect": "collection", "unnote": "note"}
"""The field that names what an action is about."""


def now() -> str:
    """The present moment as it is written in the journal."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal.

    `name` is the tag, the collection, or the id of the note or starred passage that goes; `text` is a note's,
    and `quote` is the passage that it is on, or that is starred. `moved` pairs hashes with the keys that take
    their places; `undone` is the `n` of the change that is undone.
    """

    do: Action
    articles: tuple[ArticleKey, ...] = ()
    name: str = ""
    text: str = ""
    quote: TextQuote | None = None
    moved: tuple[tuple[str, ArticleKey], ...] = ()
    undone: str = ""
    n: str = field(default_factory=lambda: secrets.token_hex(6))
    at: str = field(default_factory=now)

    def line(self) -> str:
        """The change as a line of JSON."""
        record: dict[str, Any] = {"n": self.n, "at": self.at, "do": self.do}
        if self.articles:
            record["articles"] = [asdict(key) for key in self.articles]
        if self.name:
            record[_NAMED[self.do]] = self.name
        if self.do == "note":
            record["text"] = self.text
        if self.quote is not None:
            record["quote"] = asdict(self.quote)
        if self.moved:
            record["moved"] = [{"from": old, "to": asdict(key)} for old, key in self.moved]
        if self.undone:
            record["undone"] = self.undone
        try:
            text = json.dumps(record, ensure_ascii=False)
            text.encode("utf-8")
        except UnicodeEncodeError:  # a path that is not UTF-8
            text = json.dumps(record)
        return text


class Journal:
    """The file of the library."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: object = None
        self._changes: tuple[Change, ...] = ()
        self.unreadable: tuple[int, ...] = ()
        """The numbers of the lines that counted for nothing when the journal was read last."""

    def changes(self) -> tuple[Change, ...]:
        """The changes, without those that were undone, in the order in which they were made.

        Raises LibraryError for a file that cannot be read.
        """
        stamp = self.stamp()
        if stamp != self._stamp or stamp is None:
            self._changes = tuple(_in_force(self._read()))
            self._stamp = stamp
        return self._changes

    def stamp(self) -> object:
        """Something that changes with every change of the file; None where there is none."""
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def append(self, *changes: Change) -> None:
        """Add changes to the end. Raises LibraryError where they cannot be written."""
        lines = [change.line() for change in changes]
        if not self._ends_with_line():
            lines.insert(0, "")
        try:
            append_line(self.path, "\n".join(lines), durable=True)
        except OSError as problem:
            raise LibraryError(
                f"the library cannot be written to {self.path}: {problem.strerror or problem}",
                "free some space, or check the permissions of the folder",
            ) from problem

    def undo(self, n: str = "") -> Change | None:
        """Undo the last change, or the one named `n`; None where there is none left to undo."""
        changes = [change for change in self.changes() if n in ("", change.n)]
        if not changes:
            return None
        self.append(Change("undo", undone=changes[-1].n))
        return changes[-1]

    def add(self, text: str) -> tuple[int, int]:
        """Add the changes in the text of another journal that are not here; how many, and lines not read."""
        every, unreadable = parse(text)
        known = {change.n for change in parse(self._text())[0]}
        new = [change for change in every if change.n not in known]
        if new:
            self.append(*new)
        return len(new), len(unreadable)

    def _read(self) -> list[Change]:
        changes, self.unreadable = parse(self._text())
        return changes

    def _text(self) -> str:
        try:
            return read_bytes(self.path, MAX_BYTES).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except UserFileError as problem:
            raise LibraryError(f"the library {problem.message}", f"{problem.hint}: {self.path}") from problem

    def _ends_with_line(self) -> bool:
        """Whether the file ends as a journal does: a line that was cut off is not written on."""
        try:
            with self.path.open("rb") as stream:
                stream.seek(0, os.SEEK_END)
                if stream.tell() == 0:
                    return True
                stream.seek(-1, os.SEEK_END)
                return stream.read(1) == b"\n"
        except OSError:
            return True


def parse(text: str) -> tuple[list[Change], tuple[int, ...]]:
    """The changes in a journal's text, as they stand, and the numbers of the lines that are none."""
    changes, unreadable = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            changes.append(_change(json.loads(line)))
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            unreadable.append(number)
    return changes, tuple(unreadable)


def _change(record: Any) -> Change:
    """The change in a record, with what is shown of it made safe; a hand or another program may have written
    it. Raises AttributeError, KeyError, TypeError or ValueError where it is none."""
    do = next((action for action in ACTIONS if action == record["do"]), None)
    if do is None:
        raise ValueError(f"unknown: {record['do']!r}")
    quote = record.get("quote")
    change = Change(
        do=do,
        articles=tuple(_key(each) for each in record.get("articles", ())),
        name=clean_line(_text(record[_NAMED[do]])) if do in _NAMED else "",
        text=clean(_text(record["text"]))[0] if do == "note" else "",
        quote=_quote(quote) if quote is not None else None,
        moved=tuple((_text(each["from"]), _key(each["to"])) for each in record.get("moved", ())),
        undone=_text(record["undone"]) if do == "undo" else "",
        n=_text(record["n"]),
        at=_text(record["at"]),
    )
    if (do == "note" or change.quote is not None) and len(change.articles) != 1:
        raise ValueError("a note or passage belongs to one article")
    return change


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _key(value: Mapping[str, Any]) -> ArticleKey:
    part = value.get("part")
    return ArticleKey(
        _text(value["hash"]),
        _text(value["file"]),
        None if part is None else _text(part),
        clean_line(_text(value["path"])),
        clean_line(_text(value["title"])),
    )


def _quote(value: Mapping[str, Any]) -> TextQuote:
    start, length = value["start"], value["length"]
    if type(start) is not int or type(length) is not int or start < 0 or length < 1:
        raise ValueError("no place")
    kept = value.get("hash")
    before, after = _text(value["before"]), _text(value["after"])
    return TextQuote(
        _text(value["text"]), before, after, start, length, None if kept is None else _text(kept)
    )


def _in_force(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes that were not undone, in the order of their times."""
    undone = {change.undone for change in changes if change.do == "undo"}
    for change in sorted(changes, key=lambda each: each.at):
        if change.do != "undo" and change.n not in undone:
            yield change


def label_key(name: str) -> str:
    """What names that the user gave are compared by: case, accents and quotation marks do not count."""
    return " ".join(folded(name.replace('"', " ")).split()) or squeeze(name)


def checked_name(name: str, what: str) -> str:
    """The name of a tag, a collection or a saved search on one clean line. Raises LibraryError."""
    made = squeeze(name)
    if not any(character.isalnum() for character in made):
        raise LibraryError(f"the name of a {what} needs a letter or digit", f"give the {what} a name")
    if len(made) > _LONGEST_NAME:
        raise LibraryError(f"the name of a {what} has at most {_LONGEST_NAME} characters", "shorten it")
    return made
