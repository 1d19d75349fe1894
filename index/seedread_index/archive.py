"""The front door of the engine: open an archive, sync it, search it, read its articles and entities."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from seedread_index.article import Article, EntityType, Span
from seedread_index.entity import CoMention, Entity, EntityCard, Mended
from seedread_index.errors import ArchiveError, QueryError
from seedread_index.results import Explanation, Hit, Results
from seedread_index.settings import EngineSettings
from seedread_index.status import ProgressCallback, Status, SyncReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedread_index.entities.mending import Mendings
    from seedread_index.read_side import ReadSide
    from seedread_index.searching.completion import Completion as Completion
    from seedread_index.searching.facets import Facets as Facets
    from seedread_index.storage.catalogue import Header as Header
    from seedread_index.syncing.background import Background as Background

Match = Literal["all", "any"]
Sort = Literal["relevance", "date", "title", "path"]
Mending = Literal["merge", "alias", "split", "retype", "hide"]
Cancelled = Callable[[], bool]

_APP = "seedread"


def default_cache_root() -> Path:
    """Where archives' indexes live: the user's cache folder."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def default_data_root() -> Path:
    """Where the user's own corrections live: the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def clean_line(text: str) -> str:
    """A text from outside (file name, argument, error) made safe to show on one line."""
    from seedread_index.reading.clean import clean_line as cleaned

    return cleaned(text)


def parse_period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that 2020-02, >2020 or "last week" means, None where open. Raises QueryError."""
    from seedread_index.searching.periods import parse_period as parsed

    try:
        return parsed(text, dt.date.today())
    except ValueError as error:
        raise QueryError(str(error), 'try 2020-02, 2020-02-01..2020-03-15, >2020 or "last week"') from None


class Archive:
    """A sorted set of roots (folders or files) with their index; every method may be called from any thread.

    Reading never waits for a writer and works from the last commit; before the first one everything is empty.
    """

    def __init__(
        self, roots: Sequence[Path], folder: Path, corrections: Path, settings: EngineSettings
    ) -> None:
        self.roots = tuple(roots)
        self.folder = folder
        self.corrections = corrections
        self.settings = settings
        self._lock = threading.RLock()
        self._reading: ReadSide | None = None

    @classmethod
    def open(
        cls,
        roots: Sequence[Path | str],
        settings: EngineSettings | None = None,
        *,
        cache_root: Path | None = None,
        data_root: Path | None = None,
    ) -> Archive:
        """The archive over `roots`; touches no index yet. Raises ArchiveError where a root is missing."""
        if not roots:
            raise ArchiveError("no folder was named", "name a folder of articles")
        resolved = sorted({_resolve(Path(root)) for root in roots})
        digest = hashlib.sha256(b"\0".join(os.fsencode(root) for root in resolved)).hexdigest()[:16]
        folder = (cache_root or default_cache_root()) / "archives" / digest
        corrections = (data_root or default_data_root()) / "archives" / digest / "corrections.toml"
        return cls(resolved, folder, corrections, settings or EngineSettings())

    def close(self) -> None:
        """Close every file; the archive may be used again afterwards."""
        with self._lock:
            if self._reading is not None:
                self._reading.close()
                self._reading = None

    # -- freshness ---------------------------------------------------------------------------------------

    def generation(self) -> int:
        """A number that grows with every commit that a reader can see; 0 before the first."""
        reading = self._read()
        return reading.catalogue.generation() if reading else 0

    def sync(
        self,
        progress: ProgressCallback | None = None,
        *,
        cancelled: Cancelled | None = None,
        wait: float | None = 0,
        rebuild: bool = False,
    ) -> SyncReport:
        """Bring the index level with the folders: text, rules and links, never the model.

        `wait` is how many seconds to wait for another writer (None: for ever). Raises LockedError.
        """
        from seedread_index.syncing.sync import sync

        return sync(
            self.roots,
            self.folder,
            self.settings,
            mending_file=self.corrections,
            progress=progress,
            cancelled=cancelled,
            rebuild=rebuild,
            wait=wait,
        )

    def annotate(
        self,
        progress: ProgressCallback | None = None,
        *,
        cancelled: Cancelled | None = None,
        wait: float | None = 0,
    ) -> int:
        """Run the entity model over what it has not seen; how many articles it annotated."""
        from seedread_index.storage.catalogue import Catalogue
        from seedread_index.syncing.annotation import annotate_pending
        from seedread_index.syncing.lock import WriteLock

        lock = WriteLock(self.folder)
        lock.acquire(wait)
        try:
            catalogue = Catalogue.open(self.folder / "catalogue.db", writable=True)
            try:
                return annotate_pending(
                    catalogue,
                    self.settings,
                    mending_file=self.corrections,
                    progress=progress,
                    cancelled=cancelled or (lambda: False),
                )
            finally:
                catalogue.close()
        finally:
            lock.release()

    def background(self, *, annotate: bool = True) -> Background:
        """Sync (and annotate) in a child process that ends with this one; start it with `.start()`."""
        from seedread_index.syncing.background import Background

        return Background(
            self.roots, self.folder, self.settings, mending_file=self.corrections, annotate=annotate
        )

    def watch(self, *, cancelled: Cancelled | None = None) -> Iterator[SyncReport]:
        """Sync again whenever the folders change; yields what each sync did, until cancelled."""
        from seedread_index.syncing.watch import watch

        return watch(self, cancelled=cancelled)

    def status(self) -> Status:
        """What there is, how fresh it is, who writes to it and what was skipped."""
        from seedread_index.syncing.lock import WriteLock

        reading = self._read()
        writer = WriteLock(self.folder).writer()
        folders = tuple(clean_line(os.fsdecode(root)) for root in self.roots)
        if reading is None:
            return Status(folders, 0, 0, 0, self.engine(), None, writer, ())
        return replace(
            reading.catalogue.status(folders, engine=self.engine()),
            annotated=reading.mentions.annotated(),
            writer=writer,
        )

    def engine(self) -> str:
        """The name of the entity engine that annotation would use; "rules" where none is installed."""
        from seedread_index.entities.model import available

        return available(self.settings.ner_model)

    def verify_engine(self) -> str:
        """The engine's name after the hashes of its files were compared; raises ModelError."""
        from seedread_index.entities.model import verify

        return verify(self.settings.ner_model)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the index, in words; empty where it is sound. Reads everything."""
        from seedread_index.upkeep import problems

        return problems(self.folder)

    def repair(self, progress: ProgressCallback | None = None, *, wait: float | None = 0) -> SyncReport:
        """Make the damaged parts of the index anew, then sync."""
        from seedread_index.upkeep import drop_what_is_damaged

        self.close()
        drop_what_is_damaged(self.folder, wait=wait)
        return self.sync(progress, wait=wait)

    def forget(self) -> bool:
        """Delete the archive's index (it holds full texts); corrections stay. False when there was none."""
        from seedread_index.upkeep import forget

        self.close()
        return forget(self.folder)

    # -- searching ---------------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        match: Match = "all",
        sort: Sort = "relevance",
        typing: bool = False,
        group: bool = True,
    ) -> Results:
        """Everything that meets `query`, best first; an empty query lists all, newest first.

        `typing` completes the last word and forgives what is still open. Raises QueryError.
        """
        reading = self._read()
        if reading is None:
            return Results(query, "", (), (), 0.0, 0)
        return reading.searcher().search(query, match=match, sort=sort, typing=typing, group=group)

    def hits(
        self, results: Results, start: int = 0, stop: int | None = None, *, snippets: int = 1
    ) -> list[Hit]:
        """The rows [start, stop) of results with their places and snippets."""
        reading = self._read()
        return reading.searcher().hits(results, start, stop, snippets=snippets) if reading else []

    def spans(self, results: Results, article_id: str) -> tuple[Span, ...]:
        """Where in an article's text the query of `results` is met."""
        reading = self._read()
        return reading.searcher().spans(results, article_id) if reading else ()

    def explain(self, results: Results) -> Explanation:
        """Why there are few results: counts per term, other spellings, what is hidden."""
        reading = self._read()
        return reading.searcher().explain(results) if reading else Explanation()

    def complete(self, text: str, cursor: int, limit: int = 8) -> list[Completion]:
        """Completions for the word, field or name at `cursor` of a query."""
        reading = self._read()
        return reading.searcher().complete(text, cursor, limit) if reading else []

    def facets(self, results: Results) -> Facets | None:
        """Counts by entity, source, year and language over results."""
        reading = self._read()
        return reading.searcher().facets(results) if reading else None

    # -- articles ----------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Every article once (exact copies are folded), newest first, then by path."""
        reading = self._read()
        return reading.catalogue.ids() if reading else []

    def article(self, article_id: str) -> Article | None:
        """One article with its mentions; None when there is none of that id."""
        articles = self.articles([article_id])
        return articles[0] if articles else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles with their mentions, in the order asked; missing ones are left out."""
        reading = self._read()
        if reading is None:
            return []
        found = reading.catalogue.articles(ids)
        numbers = reading.catalogue.numbers([article.id for article in found])
        return [
            replace(article, mentions=reading.mentions.mentions(numbers[article.id]))
            for article in found
            if article.id in numbers
        ]

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """Titles, dates and so on without the texts, in the order asked."""
        reading = self._read()
        return reading.catalogue.headers(ids) if reading else []

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles in a file: by its path relative to a root, to here, or absolute."""
        reading = self._read()
        if reading is None:
            return []
        for candidate in (path, os.path.abspath(path), os.path.realpath(path)):
            if found := reading.catalogue.find(candidate):
                return found
        return []

    def file_of(self, article_id: str) -> Path | None:
        """The true path of the file that an article was read from, where it still lies under a root."""
        article = self.article(article_id)
        if article is None:
            return None
        for root in self.roots:
            base = root if root.is_dir() else root.parent
            candidate = base / os.fsdecode(article.path_bytes)
            if candidate.exists():
                return candidate
        return None

    # -- entities ----------------------------------------------------------------------------------------

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities that articles mention; `types` None means person, place, org and group."""
        reading = self._read()
        if reading is None:
            return []
        return reading.mentions.entities(types=types, filter=filter, sort=sort, limit=limit)

    def entity(self, entity_id: str) -> Entity | None:
        """One entity."""
        reading = self._read()
        return reading.mentions.entity(entity_id) if reading else None

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows."""
        reading = self._read()
        return reading.mentions.card(entity_id) if reading else None

    def co_mentions(self, entity_id: str, limit: int = 50) -> list[CoMention]:
        """Entities that share articles with this one, most first."""
        reading = self._read()
        return reading.mentions.co_mentions(entity_id, limit) if reading else []

    def articles_of(self, entity_ids: Sequence[str], *, together: bool = False) -> list[str]:
        """Ids of the articles that mention any (with `together`, all) of the entities, newest first."""
        reading = self._read()
        if reading is None or not entity_ids:
            return []
        sets = [reading.mentions.articles_of([entity_id]) for entity_id in entity_ids]
        numbers = set.intersection(*sets) if together else set.union(*sets)
        wanted = set(reading.catalogue.ids_of(numbers).values())
        return [article_id for article_id in reading.catalogue.ids() if article_id in wanted]

    def mend(
        self,
        do: Mending,
        name: str,
        *,
        type: EntityType | None = None,
        into: str = "",
        into_type: EntityType | None = None,
        to: EntityType | None = None,
        wait: float | None = 0,
    ) -> Mended:
        """Correct an entity and lay the corrections over the archive at once.

        The correction is kept by names in `corrections`, the user's own file, and survives every re-index.
        Raises LockedError, and MendingError where it is incomplete or contradicts an earlier one.
        """

        def correct(mendings: Mendings) -> str:
            return str(mendings.add(do, name, type=type, into=into, into_type=into_type, to=to))

        return self._mend(correct, wait)

    def undo(self, *, wait: float | None = 0) -> Mended | None:
        """Take the last correction back; None where there is none."""

        def take_back(mendings: Mendings) -> str:
            undone = mendings.undo()
            return str(undone) if undone else ""

        mended = self._mend(take_back, wait)
        return mended if mended.correction else None

    def _mend(self, change: Callable[[Mendings], str], wait: float | None) -> Mended:
        """Change the corrections under the write lock and apply them."""
        from seedread_index.entities.mending import Mendings
        from seedread_index.storage.catalogue import Catalogue
        from seedread_index.syncing.annotation import link_pending
        from seedread_index.syncing.annotation_mending import problems
        from seedread_index.syncing.lock import WriteLock

        lock = WriteLock(self.folder)
        lock.acquire(wait)
        try:
            mendings = Mendings.load(self.corrections)
            correction = change(mendings)
            if correction:
                mendings.save()
            catalogue = Catalogue.open(self.folder / "catalogue.db", writable=True)
            try:
                link_pending(catalogue, self.corrections)
                return Mended(correction, tuple(problems(catalogue)))
            finally:
                catalogue.close()
        finally:
            lock.release()

    # -- inside ------------------------------------------------------------------------------------------

    def _read(self) -> ReadSide | None:
        """The open read side, opened again when the file was replaced; None where there is none."""
        path = self.folder / "catalogue.db"
        try:
            stat = path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(
                f"the index cannot be read: {error.strerror}", f"look at {self.folder}"
            ) from error
        identity = (stat.st_dev, stat.st_ino)
        with self._lock:
            if self._reading is None or self._reading.identity != identity:
                from seedread_index.read_side import ReadSide

                self.close()
                self._reading = ReadSide(self.folder, identity)
            return self._reading


def _resolve(root: Path) -> Path:
    """The true path of a root; raises ArchiveError when it is not there."""
    shown = clean_line(os.fsdecode(root))
    try:
        resolved = root.expanduser().resolve(strict=True)
    except FileNotFoundError:
        raise ArchiveError(f"there is no {shown}", "name a folder or file that exists") from None
    except (OSError, RuntimeError) as error:
        raise ArchiveError(f"{shown} cannot be read: {error}", "check its permissions") from error
    return resolved
