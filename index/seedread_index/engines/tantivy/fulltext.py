"""The full text of an archive as a tantivy index in a folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.base import DocValues
from seedread_index.engines.document import (
    ALL,
    FILLER,
    LANG,
    AnalyzedDocument,
    Changes,
    Document,
    analyze,
    countable,
    index_terms,
)
from seedread_index.engines.index_files import CHECKSUMS, damaged_fulltext
from seedread_index.engines.tantivy import CONTENTS, VERSION
from seedread_index.engines.tantivy.queries import (
    BODY,
    DAY,
    ID,
    KEY,
    TEXTS,
    encodable,
    register,
    schema,
)
from seedread_index.engines.tantivy.reader import TantivyReader
from seedread_index.engines.vocabulary import Vocabulary
from seedread_index.files.checksums import DAMAGE_MARK, ChecksumFile, FileChecksum, checksum_of, mark_damage
from seedread_index.files.trusted_folders import file_mode

_MEMORY = 60_000_000
"""Bytes that a writer gathers before it writes a segment."""
_ATTEMPTS = 5
"""How often a reader looks again where a writer has replaced files meanwhile."""
_EACH = (500, 5000)
"""Documents of the first commit of a build, soon searchable, and of those that follow."""


class TantivyFullText(Changes):
    """The documents of an archive in a tantivy index; implements `engines.base.FullText`.

    While a commit is written nothing is noted of the files, which tantivy renames and deletes as it likes;
    afterwards the checksum of each is.
    """

    engine = "tantivy"

    def __init__(self, folder: Path, *, writable: bool) -> None:
        super().__init__()
        self.folder = folder
        self.checksums = ChecksumFile(folder / CHECKSUMS)
        if not writable:
            self._refuse_damaged()
        self.vocabulary = Vocabulary(folder, writable=writable)
        self._schema = schema()

    def close(self) -> None:
        """Close the files."""
        self.vocabulary.close()

    def reader(self, values: DocValues) -> TantivyReader:
        """The last commit, open for reading, beside what the catalogue knows."""
        return TantivyReader(self._searcher(), self._schema, values, self.vocabulary)

    def count(self) -> int:
        """How many documents there are."""
        return self._searcher().num_docs

    def check(self) -> None:
        """Read everything through; raises DamagedError."""
        self.count()
        self._refuse_damaged(full=True)

    def commit(self) -> None:
        """Make all that was applied lasting and visible, or nothing of it."""
        fresh, gone = self._taken()
        if not gone:
            return
        words: Counter[str] = Counter()
        with self._writing() as writer:
            for each in gone:
                writer.delete_documents_by_term(ID, each)
            for document in fresh.values():
                parts = analyze(document)
                writer.add_document(fed(parts))
                words.update(parts.words)
        self._count_words(countable(words))

    def build(self, batches: Iterable[Sequence[Document]], processes: int = 2) -> Iterator[list[str]]:  # noqa: ARG002
        """Take many documents in; yields the ids of each commit as it is made."""
        first, later = _EACH
        for batch in batches:
            self.apply(batch)
            if len(self._fresh) >= first:
                ids, first = list(self._fresh), later
                self.commit()
                yield ids
        if ids := list(self._fresh):
            self.commit()
            yield ids

    # -- inside ------------------------------------------------------------------------------------------

    def _searcher(self) -> tantivy.Searcher:
        for attempt in range(_ATTEMPTS):
            self._refuse_damaged()
            if not (self.folder / CONTENTS).exists():
                return tantivy.Index(self._schema).searcher()
            try:
                with self._readable() as place:
                    return self._opened(place).searcher()
            except (ValueError, OSError):  # a writer may have replaced what is linked to
                if attempt == _ATTEMPTS - 1 or os.access(self.folder, os.W_OK):
                    raise
        raise AssertionError("unreachable")

    @contextmanager
    def _readable(self) -> Iterator[Path]:
        """Where a reader opens the files: in their folder, or, since tantivy locks that and one who may not
        write to it cannot, in a temporary one of links to them."""
        if os.access(self.folder, os.W_OK):
            yield self.folder
            return
        with TemporaryDirectory(prefix="seedread-") as place:
            Path(place, CONTENTS).write_bytes((self.folder / CONTENTS).read_bytes())
            for name in self._lasting():
                if name != CONTENTS:
                    Path(place, name).symlink_to(self.folder.absolute() / name)
            yield Path(place)

    def _opened(self, place: Path) -> tantivy.Index:
        """The index in a folder, made where a writer finds none. Raises DamagedError."""
        with self._translating():
            index = tantivy.Index(self._schema, path=str(place), reuse=True)
            register(index)
            return index

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """A writer whose work is committed when the block ends well, and is lost where it does not."""
        (self.folder / VERSION).touch(file_mode(self.folder))
        entries = self.checksums.load() or {}
        index = self._opened(self.folder)
        self.checksums.store(dict.fromkeys(entries) | dict.fromkeys(self._lasting()))
        try:
            with self._translating():
                writer = index.writer(_MEMORY, 1)
                try:
                    yield writer
                except BaseException:
                    writer.rollback()
                    raise
                writer.commit()
                writer.wait_merging_threads()
        finally:
            self._note_all(entries)

    def _lasting(self) -> list[str]:
        """The names of the files that checksums are kept of."""
        apart = (CHECKSUMS, f"{CHECKSUMS}.copy", DAMAGE_MARK)
        names = (path.name for path in self.folder.iterdir() if path.is_file())
        return [
            name for name in names if name not in apart and not name.endswith((".lock", ".new", "-journal"))
        ]

    def _note_all(self, known: Mapping[str, FileChecksum | None]) -> None:
        """Note the checksums of all files; those that are as they were known to be are not read again."""
        entries: dict[str, FileChecksum | None] = {}
        mode = file_mode(self.folder)
        for name in self._lasting():
            path = self.folder / name
            path.chmod(mode)
            entry, found = known.get(name), path.stat()
            same = entry is not None and (entry.size, entry.mtime_ns, entry.ctime_ns) == (
                *(found.st_size, found.st_mtime_ns),
                found.st_ctime_ns,
            )
            entries[name] = entry if same else checksum_of(path)
        self.checksums.store(entries)

    def _count_words(self, words: Mapping[str, int]) -> None:
        """Count words in the vocabulary; its checksum is unknown while that goes on."""
        name = self.vocabulary.path.name
        entries = self.checksums.load() or {}
        self.checksums.store({**entries, name: None})
        self.vocabulary.add(words)
        self.checksums.store({**entries, name: checksum_of(self.vocabulary.path)})

    def _refuse_damaged(self, *, full: bool = False) -> None:
        if found := self.checksums.damaged(full=full):
            mark_damage(self.folder)
            raise damaged_fulltext(found)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Name what tantivy finds damaged as such, where a check of the files confirms it."""
        try:
            yield
        except (ValueError, OSError) as error:
            if found := self.checksums.damaged(full=True):
                mark_damage(self.folder)
                raise damaged_fulltext(found) from error
            if self.checksums.load() is None and (self.folder / CONTENTS).exists():
                mark_damage(self.folder)
                raise damaged_fulltext([CONTENTS]) from error
            raise


def fed(parts: AnalyzedDocument) -> tantivy.Document:
    """An analyzed document as tantivy takes it: its terms joined by blanks, positions without one filled."""
    document = tantivy.Document()
    document.add_text(ID, parts.id)
    document.add_text(LANG, parts.lang)
    document.add_unsigned(KEY, keys_of([parts.id])[0])
    document.add_unsigned(DAY, parts.day)
    terms = {name: index_terms(places) for name, places in parts.positions.items()}
    for name in TEXTS:
        positions = terms[ALL if name == BODY else name]
        first, last = (parts.head, parts.size) if name == BODY else (0, None)
        _add_terms(document, name, positions, first, last)
    return document


def _add_terms(
    document: tantivy.Document,
    name: str,
    positions: Mapping[str, Sequence[int]],
    first: int,
    last: int | None,
) -> None:
    """Add the terms of a field at the positions from `first` to before `last`; one may hold several."""
    terms: dict[int, str | list[str]] = {}
    several = False
    for term, places in positions.items():
        for at in places:
            if at >= first and (last is None or at < last) and term:
                if (there := terms.get(at)) is None:
                    terms[at] = term
                else:
                    several = True
                    terms[at] = [*there, term] if isinstance(there, list) else [there, term]
    if not terms:
        return
    if not several:
        get = terms.get
        document.add_text(name, encodable(" ".join([get(at, FILLER) for at in range(max(terms) + 1)])))  # type: ignore[misc]
        return
    tokens = []
    for at in sorted(terms):
        there = terms[at]
        each = [there] if isinstance(there, str) else there
        tokens += [tantivy.Token(encodable(term), at, 0) for term in each]
    document.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", tokens))
