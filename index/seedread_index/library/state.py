"""The state of the library: what the changes in its journal come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from seedread_index.library.journal import Change
from seedread_index.model.library import ArticleKey, Kept, Note


@dataclass(slots=True)
class _State:
    starred: dict[str, str] = field(default_factory=dict)
    tags: dict[str, dict[str, None]] = field(default_factory=dict)
    collections: dict[str, dict[str, None]] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    keys: dict[str, ArticleKey] = field(default_factory=dict)


def state(changes: Iterable[Change]) -> list[Kept]:
    """What is kept of each article after some changes, in the order in which articles first came."""
    made = _State()
    for change in changes:
        _apply(made, change)
    notes: dict[str, list[Note]] = {}
    for note in made.notes.values():
        notes.setdefault(note.article.hash, []).append(note)
    kept = (
        Kept(
            key,
            made.starred.get(content),
            tuple(made.tags.get(content, ())),
            tuple(note for note in notes.get(content, ()) if note.text),
            tuple(made.collections.get(content, ())),
            tuple(note for note in notes.get(content, ()) if not note.text),
        )
        for content, key in made.keys.items()
    )
    return [each for each in kept if each.keeps_anything]


def _apply(made: _State, change: Change) -> None:
    if change.do == "adopt":
        for old, new in change.moved:
            _rename(made, old, new)
        return
    if change.do == "unnote":
        made.notes.pop(change.name, None)
        return
    for key in change.articles:
        content = key.hash
        made.keys[content] = key
        match change.do:
            case "star":
                _star(made, key, change)
            case "unstar":
                made.starred.pop(content, None)
            case "tag":
                made.tags.setdefault(content, {})[change.name] = None
            case "untag":
                made.tags.get(content, {}).pop(change.name, None)
            case "collect":
                made.collections.setdefault(content, {})[change.name] = None
            case "uncollect":
                made.collections.get(content, {}).pop(change.name, None)
            case "note":
                made.notes[change.n] = Note(change.n, key, change.text, change.quote, change.at)


def _star(made: _State, key: ArticleKey, change: Change) -> None:
    """Star an article, or a passage of it."""
    if change.quote is not None:
        made.notes[change.n] = Note(change.n, key, "", change.quote, change.at)
    else:
        made.starred.setdefault(key.hash, change.at)


def _rename(made: _State, old: str, new: ArticleKey) -> None:
    """Give what is kept under one hash to another key."""
    if made.keys.pop(old, None) is None:
        return
    made.keys[new.hash] = new
    if (at := made.starred.pop(old, None)) is not None:
        made.starred.setdefault(new.hash, at)
    for table in (made.tags, made.collections):
        if names := table.pop(old, None):
            table.setdefault(new.hash, {}).update(names)
    for name, note in made.notes.items():
        if note.article.hash == old:
            made.notes[name] = replace(note, article=new)
