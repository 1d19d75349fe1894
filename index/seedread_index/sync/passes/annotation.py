"""The pass of the entity model over what it has not read, newest first, and the links that follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.model import versions
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ModelError
from seedread_index.model.status import Progress, ProgressCallback, Stage
from seedread_index.ner.annotate import by_rules, prepare, refine
from seedread_index.ner.spacy.installed import RULES, find_model
from seedread_index.ner.spans import LabelledSpan
from seedread_index.sync.fingerprint import rules_fingerprint
from seedread_index.sync.passes.link import link_pending

_BATCH = 24
"""Articles a batch: about a second of work, so that an opened article soon has its turn."""
_CHARACTERS = 120_000
_LINK_EVERY = 5.0
"""Seconds between links while the model works, and at least ten times what the last one took."""


def fingerprint_of(engine: str) -> str:
    """The fingerprint of mentions that a model found, given its own, or the rules alone."""
    return rules_fingerprint() if engine == RULES else f"{engine}+{versions.ANNOTATION_RULES}"


def annotate_pending(
    catalogue: Catalogue,
    settings: EngineSettings,
    *,
    corrections_file: Path | None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    first: Sequence[str] = (),
) -> int:
    """Have the model read every article that it has not read, newest first; how many were done.

    `first` holds ids to be read before others; it may grow meanwhile. Each batch is committed, so that a
    later run goes on where this one ends. Spans known from an earlier run are refined without the model.
    Raises ModelError where a model that the settings name is missing or altered.
    """
    try:
        model = None if settings.ner_model == RULES else find_model(settings.ner_model)
    except ModelError:
        if settings.ner_model is not None:
            raise
        model = None
    store = MentionStore(catalogue)
    annotation = _Annotation(
        catalogue,
        store,
        model.fingerprint if model else RULES,
        model.lang if model else "",
        _Queue(catalogue, first),
    )
    with ExitStack() as stack:
        annotation.run(settings, stack, corrections_file, progress, cancelled)
    link_pending(catalogue, corrections_file)
    return annotation.done


class _Queue:
    """The numbers of the articles to annotate: those asked for first, then the newest."""

    def __init__(self, catalogue: Catalogue, first: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._first = first
        self._heard = 0
        self._left: dict[int, None] = {}

    def fill(self, numbers: Sequence[int]) -> None:
        """Take the numbers in, in their order."""
        self._left = dict.fromkeys(numbers)

    def __len__(self) -> int:
        return len(self._left)

    def next(self, count: int) -> list[int]:
        """The next numbers; what was asked for lately comes alone, to be done at once."""
        asked = list(self._first)[self._heard :]
        self._heard += len(asked)
        urgent = [number for number in self._catalogue.numbers(asked).values() if number in self._left]
        taken = urgent or [number for number, _ in zip(self._left, range(count), strict=False)]
        for number in taken:
            del self._left[number]
        return taken


class _Annotation:
    """One run over the pending articles."""

    def __init__(
        self, catalogue: Catalogue, store: MentionStore, engine: str, lang: str, waiting: _Queue
    ) -> None:
        self.done = 0
        self._catalogue = catalogue
        self._store = store
        self._engine = engine
        self._lang = lang
        self._waiting = waiting
        self._twins: dict[str, dict[int, Article]] = {}
        """By each text that is being read, further articles of that text."""
        self._fingerprint = fingerprint_of(engine)

    def run(
        self,
        settings: EngineSettings,
        stack: ExitStack,
        corrections_file: Path | None,
        progress: ProgressCallback | None,
        cancelled: Callable[[], bool],
    ) -> None:
        """Read, refine, store; link from time to time."""
        spare = self._engine == RULES and settings.ner_model is None
        self._waiting.fill(self._store.pending(self._fingerprint, spare_models=spare))
        total = len(self._waiting)
        processes = None
        linked, cost = time.monotonic(), 0.0
        while not cancelled():
            while len(self._waiting) and (processes is None or processes.hungry):
                articles = self._catalogue.by_number(self._waiting.next(_BATCH))
                unread = self._unread(articles)
                for batch in _batches(unread):
                    if processes is None:
                        from seedread_index.sync.passes.model_processes import (
                            ModelProcesses,
                            processes_for,
                        )

                        count = processes_for(total, settings.processes)
                        processes = stack.enter_context(ModelProcesses(settings.ner_model, count))
                    processes.give(batch, [prepare(a.flowing_text, a.lang) for a in batch.values()])
                known = {number: a for number, a in articles.items() if number not in unread}
                if known:
                    self._put(known)
                    break
            if processes is not None and processes.busy:
                found = processes.take(0.2)
                if found is None:
                    continue
                self._read(*found)
            elif not len(self._waiting):
                break
            if progress:
                progress(Progress(Stage.ANNOTATE, self.done, total, self.done))
            if time.monotonic() - linked > max(_LINK_EVERY, 10 * cost):
                began = time.monotonic()
                link_pending(self._catalogue, corrections_file, cancelled)
                linked = time.monotonic()
                cost = linked - began

    def _unread(self, articles: dict[int, Article]) -> dict[int, Article]:
        """The articles whose text the model must read; those with a text that is being read wait for it."""
        if self._engine == RULES:
            return {}
        unread = {}
        for number, article in list(articles.items()):
            if not readable(article, self._lang):
                continue
            if article.content_hash in self._twins:
                self._twins[article.content_hash][number] = article
                del articles[number]
            elif self._store.model_spans(article.content_hash, self._engine) is None:
                self._twins[article.content_hash] = {}
                unread[number] = article
        return unread

    def _read(self, batch: dict[int, Article], spans: Sequence[Sequence[LabelledSpan]]) -> None:
        """Store what the model found in a batch, for articles of the same text as well."""
        done = dict(batch)
        with self._catalogue.transaction():
            for article, raw in zip(batch.values(), spans, strict=True):
                self._store.put_model_spans(article.content_hash, self._engine, raw)
                done |= self._twins.pop(article.content_hash)
            self._put(done)

    def _put(self, articles: dict[int, Article]) -> None:
        """Store mentions of articles: from the model's spans where it has read them, else from the rules."""
        with self._catalogue.transaction():
            for number, article in articles.items():
                known = self._store.model_spans(article.content_hash, self._engine)
                mentions = (
                    by_rules(article.flowing_text, article.passages, article.lang)
                    if known is None
                    else refine(
                        article.flowing_text,
                        article.passages,
                        article.lang,
                        [LabelledSpan(*span) for span in known],
                    )
                )
                self._store.put(number, mentions, self._fingerprint, instead=True)
            self._catalogue.bump()
        self.done += len(articles)


def refine_again(store: MentionStore, number: int, article: Article) -> None:
    """Find the mentions of an article again from a model's spans, where a model has read it."""
    fingerprint = store.fingerprint(number) or ""
    known = store.model_spans(article.content_hash, fingerprint.rpartition("+")[0])
    if known is not None:
        spans = [LabelledSpan(*span) for span in known]
        mentions = refine(article.flowing_text, article.passages, article.lang, spans)
        store.put(number, mentions, fingerprint, instead=True)


def readable(article: Article, lang: str) -> bool:
    """Whether a model of a language should read an article: its language, or one that could not be told."""
    if article.lang != "und":
        return article.lang == lang
    letters = [c for c in article.text[:2000] if c.isalpha()]
    return sum(c.isascii() for c in letters) >= 0.9 * len(letters)


def _batches(articles: dict[int, Article]) -> list[dict[int, Article]]:
    """The articles in batches of limited length: long ones go alone."""
    batches: list[dict[int, Article]] = []
    size = _CHARACTERS
    for number, article in articles.items():
        if size + len(article.text) > _CHARACTERS:
            batches.append({})
            size = 0
        batches[-1][number] = article
        size += len(article.text)
    return batches
