"""The user's corrections of entities and articles: a plain TOML file, added to, undone and read back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from seedread_index.files.user_files import (
    MAX_BYTES,
    UserFileError,
    parse_toml,
    read_text,
    sweep,
    write_file,
)
from seedread_index.linking import article_corrections
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction, CorrectionKind, KeptArticleCorrection
from seedread_index.model.entity import LINKED, fold_name
from seedread_index.model.errors import CorrectionError
from seedread_index.text.sanitize import SURROGATES

HEADER = """\
# Corrections of entities and articles, made in seedread or by hand; applied in this order after every
# indexing. They go by names and paths, so that the file can be kept under version control and shared.
# Each is a table [[correction]]; `type` is person, place, org, group or event and may be left out where
# the name has only one.
#   do = "merge"   name, type, into[, into_type]   merge entity `name` into `into`
#   do = "alias"   name, into[, into_type, type]   the spelling `name` means `into`
#   do = "split"   name, type                      make the spelling `name` a separate entity
#   do = "retype"  name, type, to                  change the type of the entity to `to`
#   do = "hide"    name, type                      hide the entity (not a name)
#   do = "add"     name, type                      find `name` as an entity of the type everywhere
#   do = "title" (date, source, author)   articles[, value]   set the field (without a value: clear it)
#   do = "boilerplate" (body)   articles, text[, …]           mark the passage `text` as boilerplate (body)
#   do = "no_name"              articles, text[, …]           mark the words `text` as not a name there
"""

Kept = Correction | KeptArticleCorrection

_FIELDS: dict[CorrectionKind, tuple[set[str], set[str]]] = {
    "merge": ({"name", "into"}, {"type", "into_type"}),
    "alias": ({"name", "into"}, {"type", "into_type"}),
    "split": ({"name"}, {"type"}),
    "retype": ({"name", "to"}, {"type"}),
    "hide": ({"name"}, {"type"}),
    "add": ({"name", "type"}, set()),
}
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*correction[ \t]*\]\][ \t]*(?:#.*)?\r?$", re.M)
_KEY = re.compile(r"[ \t]*[\w\"'-]+[ \t]*=")
_LONE = re.compile(f"[{SURROGATES}]")
"""What an argument that is not UTF-8 leaves; a file of text cannot keep it."""
_TYPES = {kind.value for kind in LINKED}


class CorrectionsFile:
    """The corrections in a user's file; what the user wrote besides them stays as it is."""

    def __init__(self, path: Path, text: str = "") -> None:
        self.path = path
        self._put(text)

    def _put(self, text: str) -> None:
        self._text = text
        self.every: tuple[Kept, ...] = _parse(text)
        self.corrections = tuple(each for each in self.every if isinstance(each, Correction))
        self.articles = tuple(each for each in self.every if isinstance(each, KeptArticleCorrection))

    @classmethod
    def load(cls, path: Path) -> CorrectionsFile:
        """Read a file; a missing one is empty. Raises CorrectionError with the line that is wrong."""
        sweep(path)
        try:
            return cls(path, read_text(path))
        except FileNotFoundError:
            return cls(path)
        except UserFileError as problem:
            raise _unreadable(problem, path) from problem

    def add(self, correction: Correction) -> Correction:
        """Add a correction to the end; raises CorrectionError where it is incomplete or contradicts another.

        Gives the correction back as it stands in the file, with its line.
        """
        correction = replace(correction, name=_line(correction.name), into=_line(correction.into))
        _check(correction)
        for name_given in (correction.name, correction.into):
            if not name_given.isascii() and _LONE.search(name_given):
                raise CorrectionError(
                    "a name in a correction must be valid text", "copy it from a list of names"
                )
        for earlier in self.corrections:
            if earlier == correction:
                raise CorrectionError(
                    f"this correction exists already: {correction}", "undo removes the last correction"
                )
            if correction.contradicts(earlier):
                raise CorrectionError(
                    f"that contradicts line {earlier.line} of the corrections: {earlier}",
                    f"remove that line from {self.path}, or undo it",
                    earlier.line,
                )
        self._append(_written(correction))
        return self.corrections[-1]

    def add_article(self, correction: KeptArticleCorrection) -> KeptArticleCorrection:
        """Add a correction of articles to the end; a later one of the same field or passage is what counts.

        Raises CorrectionError where its value cannot be one, or was the last word on it already.
        """
        correction = article_corrections.checked(correction)
        same = [
            each
            for each in self.articles
            if each.articles == correction.articles
            and (each.quote == correction.quote if correction.quote else each.do == correction.do)
        ]
        if same and same[-1] == correction:
            raise CorrectionError(
                f"this correction exists already: {correction}", "undo removes the last correction"
            )
        self._append(article_corrections.written(correction))
        return self.articles[-1]

    def _append(self, table: str) -> None:
        text = self._text or HEADER
        self._put(text + ("" if text.endswith("\n") else "\n") + "\n" + table)

    def undo(self, articles: Collection[str] = ()) -> Kept | None:
        """Take the last correction out of the file, or the last one of any of some articles, given by ids.

        Its own lines go, with the empty one before them; comments and what follows stay. None without one.
        """
        wanted = frozenset(articles)
        of_these = [each for each in self.articles if not wanted.isdisjoint(n.id for n in each.articles)]
        found = of_these if wanted else self.every
        if not found:
            return None
        last = found[-1]
        lines = self._text.split("\n")
        start, end = last.line - 1, self._end(lines, last)
        table = lines[start:end]
        several = any(quotes in line for line in table for quotes in ('"""', "'''"))
        kept = [] if several else [line for line in table if line.lstrip().startswith("#")]
        if start and not lines[start - 1].strip() and not kept:
            start -= 1
        self._put("\n".join(lines[:start] + kept + lines[end:]))
        return last

    def _end(self, lines: list[str], wanted: Kept) -> int:
        """The number of the line with which a correction is complete."""
        for end in range(wanted.line + 1, len(lines)):
            try:
                found = _parse("\n".join(lines[wanted.line - 1 : end]))
            except CorrectionError:
                continue
            if found[:1] == (wanted,):
                defaults = takewhile(_KEY.match, lines[end:])
                return end + sum(1 for _ in defaults)
        return len(lines)

    def save(self) -> None:
        """Write the file whole or not at all, for the user alone. Raises CorrectionError."""
        content = self._text.encode("utf-8")
        if len(content) > MAX_BYTES:
            raise CorrectionError(
                f"the file of corrections would be larger than {MAX_BYTES:,} bytes",
                f"remove what you no longer need from {self.path}",
            )
        try:
            write_file(self.path, content)
        except OSError as problem:
            raise unwritable(self.path, problem) from problem

    def conflicts(self) -> list[str]:
        """What contradicts something earlier in the file, in words; the later one is applied."""
        found, speaking = [], defaultdict[str, list[Correction]](list)
        for each in self.corrections:
            name, into = fold_name(each.name), fold_name(each.into)
            told = f"line {each.line} ({each}) contradicts line"
            found += [f"{told} {e.line} ({e})" for e in speaking[name] if each.contradicts(e)]
            for word in {name, into}:
                speaking[word].append(each)
        return found

    def entity_tables(self) -> str:
        """What the file says of entities and mentions, as the tables of such a file."""
        mentions = (each for each in self.articles if each.do == "no_name")
        return "\n".join((*map(_written, self.corrections), *map(article_corrections.written, mentions)))

    @property
    def fingerprint(self) -> str:
        """Equal for files that correct entities in the same way."""
        content = json.dumps([list(as_table(each).values()) for each in self.corrections])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _unreadable(problem: UserFileError, path: Path | None = None) -> CorrectionError:
    where = f"line {problem.line} of the" if problem.line else "the"
    named = f": {path}" if path else ""
    told = f"{where} file of corrections {problem.message}"
    return CorrectionError(told, f"{problem.hint}{named}", problem.line)


def _parse(text: str) -> tuple[Kept, ...]:
    try:
        tables = parse_toml(text).get("correction", [])
    except UserFileError as problem:
        raise _unreadable(problem) from problem
    lines = [text.count("\n", 0, match.start()) + 1 for match in _TABLE.finditer(text)]
    if not isinstance(tables, list) or len(tables) != len(lines):
        raise CorrectionError(
            "corrections are tables that start with [[correction]]", "see the head of the file"
        )
    return tuple(from_table(table, line) for table, line in zip(tables, lines, strict=True))


def unwritable(path: Path, problem: OSError) -> CorrectionError:
    """Why a file of corrections cannot be written."""
    return CorrectionError(
        f"the corrections cannot be written to {path}: {problem.strerror}",
        "free some space, or check the permissions of the folder",
    )


def from_table(table: dict[str, Any], line: int = 0) -> Kept:
    """The correction that a table says. Raises CorrectionError."""
    if table.get("do") in article_corrections.KINDS:
        return article_corrections.article_correction(table, line)
    do = next((kind for kind in _FIELDS if kind == table.get("do")), None)
    if do is None:
        known = ", ".join((*_FIELDS, *article_corrections.KINDS))
        raise CorrectionError(f"line {line}: do = {table.get('do')!r} is not one of {known}", "", line)
    needed, allowed = _FIELDS[do]
    for key, value in table.items():
        if key not in needed | allowed | {"do"}:
            raise CorrectionError(f"line {line}: {do} has no field {key}", "", line)
        if not isinstance(value, str):
            raise CorrectionError(f"line {line}: {key} must be a string in quotes", "", line)
        if key in ("type", "into_type", "to") and value not in _TYPES:
            raise CorrectionError(
                f"line {line}: unknown type: {value}", f"types: {', '.join(sorted(_TYPES))}", line
            )
    correction = Correction(
        do,
        _line(table.get("name", "")),
        EntityType(table["type"]) if "type" in table else None,
        _line(table.get("into", "")),
        EntityType(table["into_type"]) if "into_type" in table else None,
        EntityType(table["to"]) if "to" in table else None,
        line,
    )
    _check(correction)
    return correction


def _check(correction: Correction) -> None:
    """Raise CorrectionError for a correction that lacks something or says nothing."""
    where = f"line {correction.line}: " if correction.line else ""
    line = correction.line or None
    if correction.do not in _FIELDS:
        raise CorrectionError(f"{where}{correction.do} is not one of {', '.join(_FIELDS)}", "", line)
    needed, _ = _FIELDS[correction.do]
    values = as_table(correction)
    for name in sorted(needed):
        if not values.get(name):
            raise CorrectionError(f"{where}{correction.do} needs {name}", "", line)
    for kind in (correction.type, correction.into_type, correction.to):
        if kind is not None and kind.value not in _TYPES:
            raise CorrectionError(f"{where}unknown type: {kind}", f"types: {', '.join(sorted(_TYPES))}", line)
    same_type = correction.into_type in (None, correction.type)
    if correction.do in ("merge", "alias") and correction.name == correction.into and same_type:
        raise CorrectionError(f"{where}{correction.name} cannot be merged with itself", "", line)
    if correction.do == "retype" and correction.to == correction.type:
        raise CorrectionError(f"{where}{correction.name} already has that type", "", line)


def as_table(correction: Correction) -> dict[str, str]:
    """What a table says of a correction."""
    values = ((name, getattr(correction, name)) for name in ("do", "name", "type", "into", "into_type", "to"))
    return {name: str(value) for name, value in values if value}


def _written(correction: Correction) -> str:
    said = as_table(correction).items()
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said]
    return "\n".join(["[[correction]]", *lines]).replace("\x7f", "\\u007f") + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
