"""The library as one archive sees it: what is kept of its articles, by their ids, and changes to that."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from seedread_index.catalogue.files import ArticlePlace, PlacedArticles
from seedread_index.library.journal import Change, Journal, checked_name, label_key
from seedread_index.library.state import state
from seedread_index.linking.article_corrections import find_quote, quote_at
from seedread_index.model.article import Span
from seedread_index.model.library import ArticleKey, Kept, LibraryChange, LibraryError, Note
from seedread_index.text.sanitize import clean, squeeze

_LONGEST_NOTE = 100_000
_MOST_ADOPTED = 10_000


class ArchiveLibrary:
    """What the user keeps, over the catalogue of one archive; from any thread.

    An article of the library is one of the archive where its text is the same, wherever it is now; else
    where it is the same part of the same file, which was changed since.
    """

    def __init__(self, journal: Journal, articles: PlacedArticles) -> None:
        self.journal = journal
        self._articles = articles
        self._lock = threading.Lock()
        self._made_from: object = None
        self._kept: tuple[Kept, ...] = ()
        self._here: dict[str, tuple[Kept, ...]] = {}

    # -- what is kept ------------------------------------------------------------------------------------

    def everything(self) -> tuple[Kept, ...]:
        """All that is kept, of other archives too, in the order in which articles first came.

        Raises LibraryError for a library that cannot be read.
        """
        self._refresh()
        return self._kept

    def kept(self, ids: Iterable[str]) -> dict[str, Kept]:
        """What is kept of the archive's articles by their ids; those of which nothing is are left out."""
        here = self._refresh()
        return {each: _joined(here[each]) for each in ids if each in here}

    def here(self) -> dict[str, Kept]:
        """All that is kept of this archive's articles, by their ids."""
        return {each: _joined(found) for each, found in self._refresh().items()}

    def starred(self) -> frozenset[str]:
        """The ids of the articles that are starred, or of which a passage is."""
        here = self._refresh().items()
        return frozenset(i for i, found in here if any(each.starred_at or each.passages for each in found))

    def tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a tag, case and accents aside."""
        return self._named(tag, "tags")

    def collected(self, collection: str) -> frozenset[str]:
        """The ids of the articles in a collection."""
        return self._named(collection, "collections")

    def notes(self) -> dict[str, tuple[Note, ...]]:
        """The notes on this archive's articles, by their ids."""
        every = {i: tuple(n for each in found for n in each.notes) for i, found in self._refresh().items()}
        return {i: notes for i, notes in every.items() if notes}

    def place_of(self, note: Note, text: str) -> Span | None:
        """Where in an article's text a note's passage stands now; None where it drifted away or has none."""
        return find_quote(text, note.quote)[0] if note.quote is not None else None

    def names(self, kind: str) -> dict[str, int]:
        """The tags or the collections (`kind`) with the number of their articles, of all archives."""
        counts: dict[str, int] = {}
        for each in self.everything():
            for name in getattr(each, kind):
                counts[name] = counts.get(name, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: label_key(pair[0])))

    # -- changes -----------------------------------------------------------------------------------------

    def star(self, ids: Sequence[str], *, on: bool = True) -> LibraryChange:
        """Star articles, or take the stars off. Raises LibraryError."""
        if on:
            return self._put(Change("star", self._keys(ids)))
        kept = self._keys_with(ids, lambda each: each.starred_at is not None)
        return self._put(Change("unstar", kept))

    def star_passage(self, article_id: str, span: Span) -> LibraryChange:
        """Star a passage of an article, or take its star off where it has one.

        Raises LibraryError, and CorrectionError for a span that holds no words.
        """
        keys = self._keys([article_id])
        article, kept = self._articles.article(article_id), self.kept([article_id]).get(article_id)
        text = article.text if article is not None else ""
        quote = quote_at(text, span)
        for each in kept.passages if kept is not None else ():
            if self.place_of(each, text) == find_quote(text, quote)[0]:
                return self._put(Change("unnote", (each.article,), each.id))
        return self._put(Change("star", keys, quote=quote))

    def tag(self, ids: Sequence[str], tag: str, *, on: bool = True) -> LibraryChange:
        """Give articles a tag, or take it off. Raises LibraryError."""
        name = self._spelt(checked_name(tag, "tag"), "tags")
        if on:
            return self._put(Change("tag", self._keys(ids), name))
        kept = self._keys_with(ids, lambda each: name in each.tags)
        return self._put(Change("untag", kept, name))

    def collect(self, ids: Sequence[str], collection: str, *, on: bool = True) -> LibraryChange:
        """Put articles into a collection, or take them out. Raises LibraryError."""
        name = self._spelt(checked_name(collection, "collection"), "collections")
        if on:
            return self._put(Change("collect", self._keys(ids), name))
        kept = self._keys_with(ids, lambda each: name in each.collections)
        return self._put(Change("uncollect", kept, name))

    def note(self, article_id: str, text: str, span: Span | None = None) -> LibraryChange:
        """Put a note on an article, or on the passage `span` of its text.

        Raises LibraryError, and CorrectionError for a span that holds no words.
        """
        written = clean(text)[0].strip()
        if not written:
            raise LibraryError("the note is empty", "give the text of the note")
        if len(written) > _LONGEST_NOTE:
            raise LibraryError(f"a note has at most {_LONGEST_NOTE:,} characters", "split it into several")
        keys = self._keys([article_id])
        quote = None
        if span is not None:
            article = self._articles.article(article_id)
            quote = quote_at(article.text if article is not None else "", span)
        return self._put(Change("note", keys, text=written, quote=quote))

    def remove_note(self, note_id: str) -> LibraryChange:
        """Take a note, or the star of a passage, away. Raises LibraryError where there is none of that id."""
        for each in self.everything():
            if any(note.id == note_id for note in (*each.notes, *each.passages)):
                return self._put(Change("unnote", (each.article,), note_id))
        raise LibraryError(f"no such note: {squeeze(note_id)}", "seedread note --list shows them")

    def undo(self, n: str = "") -> LibraryChange | None:
        """Undo the last change of the library, or the one named `n`; None where there is none.

        Raises LibraryError.
        """
        undone = self.journal.undo(n)
        if undone is None:
            return None
        return LibraryChange(f"undone: {described(undone)}", len(undone.articles), undone.n)

    # -- articles that moved -----------------------------------------------------------------------------

    def adoptable(self) -> dict[str, ArticleKey]:
        """Articles of the library that may be this archive's, by the ids of those: moved and changed since.

        Their file is gone, and one of the same relative path is here, with another text.
        """
        here = {each.article.hash for found in self._refresh().values() for each in found}
        away = [each.article for each in self._kept if each.article.hash not in here]
        found: dict[str, ArticleKey] = {}
        for key in away[:_MOST_ADOPTED]:
            if os.path.exists(key.file):
                continue
            ids = self._articles.find(os.fsencode(key.path))
            for place in self._articles.places(ids).values():
                if place.part == key.part and place.id not in found:
                    found[place.id] = key
                    break
        return found

    def adopt(self) -> LibraryChange:
        """Have what is kept of the adoptable articles belong to those that are here."""
        found = self.adoptable()
        if not found:
            return LibraryChange("nothing to adopt")
        places = self._articles.places(found)
        moved = tuple((key.hash, _key(places[i])) for i, key in found.items() if i in places)
        return self._put(Change("adopt", tuple(new for _, new in moved), moved=moved))

    # -- inside ------------------------------------------------------------------------------------------

    def _refresh(self) -> dict[str, tuple[Kept, ...]]:
        """What is kept of the archive's articles, by id, worked out again where either has changed."""
        with self._lock:
            changes = self.journal.changes()
            now = (self.journal.stamp(), self._articles.generation())
            if now != self._made_from:
                self._kept = tuple(state(changes))
                here: dict[str, list[Kept]] = {}
                ids = self._located([each.article for each in self._kept])
                for each in self._kept:
                    if (found := ids.get(each.article.hash)) is not None:
                        here.setdefault(found, []).append(each)
                self._here = {i: tuple(found) for i, found in here.items()}
                self._made_from = now
            return self._here

    def _located(self, keys: Sequence[ArticleKey]) -> dict[str, str]:
        """The ids of the articles here by the hashes of their keys."""
        found = self._articles.ids_of_content([key.hash for key in keys])
        for key in keys:
            if key.hash in found:
                continue
            file = os.fsencode(key.file)
            ids = self._articles.find(file)
            for place in self._articles.places(ids).values():
                if place.part == key.part and place.file == file:
                    found[key.hash] = place.id
                    break
        return found

    def _keys(self, ids: Sequence[str]) -> tuple[ArticleKey, ...]:
        places = self._articles.places(ids)
        for wanted in ids:
            if wanted not in places:
                raise LibraryError(f"no such article: {squeeze(wanted)}", "seedread list shows all")
        if not places:
            raise LibraryError("no article given", "give paths or ids of articles")
        return tuple(dict.fromkeys(_key(place) for place in places.values()))

    def _keys_with(self, ids: Sequence[str], has: Callable[[Kept], bool]) -> tuple[ArticleKey, ...]:
        """The keys under which articles are in the library, of all versions of them that have something."""
        here = self._refresh()
        places = self._articles.places(ids).values()
        found = (each for place in places for each in here.get(place.id, ()) if has(each))
        return tuple(dict.fromkeys(each.article for each in found))

    def _put(self, change: Change) -> LibraryChange:
        if not change.articles:
            return LibraryChange("nothing to change")
        self.journal.append(change)
        return LibraryChange(described(change), len({key.hash for key in change.articles}), change.n)

    def _named(self, name: str, kind: str) -> frozenset[str]:
        """The ids of the articles with a name, in which a * stands for any characters."""
        wanted = re.compile(re.escape(label_key(name)).replace(r"\*", ".*"))
        return frozenset(
            i
            for i, found in self._refresh().items()
            if any(wanted.fullmatch(label_key(each)) for kept in found for each in getattr(kept, kind))
        )

    def _spelt(self, name: str, kind: str) -> str:
        """A name as it was written first, case and accents aside."""
        return next((known for known in self.names(kind) if label_key(known) == label_key(name)), name)


def library_path(data_root: Path) -> Path:
    """The file of the library in the user's data folder."""
    return data_root / "library.jsonl"


def described(change: Change) -> str:
    """A change in words."""
    words = {
        "star": "starred" if change.quote is None else "starred a passage",
        "unstar": "star removed",
        "tag": f"tagged {change.name}",
        "untag": f"tag {change.name} removed",
        "collect": f"added to the collection {change.name}",
        "uncollect": f"removed from the collection {change.name}",
        "note": "note added",
        "unnote": "note or star removed",
        "adopt": "adopted",
    }[change.do]
    return f"{words}: {_articles(change.articles)}" if change.articles else words


def _articles(keys: Sequence[ArticleKey]) -> str:
    return keys[0].title if len(keys) == 1 else f"{len(keys):,} articles"


def _key(place: ArticlePlace) -> ArticleKey:
    return ArticleKey(place.hash, os.fsdecode(place.file), place.part, place.path, place.title)


def _joined(found: Sequence[Kept]) -> Kept:
    """What is kept of several versions of an article as one."""
    if len(found) == 1:
        return found[0]
    return Kept(
        found[-1].article,
        min((each.starred_at for each in found if each.starred_at), default=None),
        tuple(dict.fromkeys(tag for each in found for tag in each.tags)),
        tuple(note for each in found for note in each.notes),
        tuple(dict.fromkeys(name for each in found for name in each.collections)),
        tuple(passage for each in found for passage in each.passages),
    )
