"""The pass of the entity model over what it has not read, newest first, and the links that follow from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from seedread_index.article import Article
from seedread_index.entities.annotate import RULES_VERSION, by_rules, refine
from seedread_index.entities.engines import RULES, available
from seedread_index.entities.prepare import prepare
from seedread_index.entities.spans import LabelledSpan
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, ProgressCallback, Stage
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.mentions import MentionStore
from seedread_index.syncing.annotation_linking import link_pending

__all__ = ["annotate_pending", "link_pending", "rules_fingerprint"]

_BATCH = 32
_LINK_EVERY = 5.0
"""Seconds between links while the model works, and at least ten times what the last one took."""


def rules_fingerprint() -> str:
    """The fingerprint of mentions that rules alone found."""
    return f"rules-{RULES_VERSION}"


def annotate_pending(
    catalogue: Catalogue,
    settings: EngineSettings,
    *,
    mending_file: Path | None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    first: Sequence[str] = (),
) -> int:
    """Run the model over every article it has not read, `first` ones before, newest next; how many were done.

    Each batch is committed, so that a later run goes on where this one ends.
    """
    store = MentionStore(catalogue)
    engine = available(settings.ner_model)
    fingerprint = rules_fingerprint() if engine == RULES else f"{engine}+{RULES_VERSION}"
    waiting = store.pending(fingerprint)
    wanted = catalogue.numbers(first)
    urgent = [number for number in wanted.values() if number in set(waiting)]
    order = list(dict.fromkeys([*urgent, *waiting]))
    model = None
    done, linked, cost = 0, time.monotonic(), 0.0
    for start in range(0, len(order), _BATCH):
        if cancelled():
            break
        articles = catalogue.by_number(order[start : start + _BATCH])
        unread = {
            a.content_hash: a
            for a in articles.values()
            if engine != RULES and readable(a, "en") and store.model_spans(a.content_hash, engine) is None
        }
        spans: dict[str, tuple[LabelledSpan, ...]] = {}
        if unread:
            if model is None:
                from seedread_index.entities.model import load_model  # noqa: PLC0415

                model = load_model(settings.ner_model)
            found = model.spans(prepare(a.text, a.lang) for a in unread.values())
            spans = dict(zip(unread, found, strict=True))
        with catalogue.transaction():
            for content_hash, raw in spans.items():
                store.put_model_spans(content_hash, engine, raw)
            for number, article in articles.items():
                known = store.model_spans(article.content_hash, engine)
                mentions = (
                    by_rules(article.text, article.passages, article.lang)
                    if known is None
                    else refine(
                        article.text, article.passages, article.lang, [LabelledSpan(*span) for span in known]
                    )
                )
                store.put(number, mentions, fingerprint)
            catalogue.bump()
        done += len(articles)
        if progress:
            progress(Progress(Stage.ANNOTATE, done, len(order), done))
        if time.monotonic() - linked > max(_LINK_EVERY, 10 * cost):
            began = time.monotonic()
            link_pending(catalogue, mending_file)
            linked = time.monotonic()
            cost = linked - began
    link_pending(catalogue, mending_file)
    return done


def readable(article: Article, lang: str) -> bool:
    """Whether a model of a language should read an article: its language, or one that could not be told."""
    if article.lang != "und":
        return article.lang == lang
    letters = [c for c in article.text[:2000] if c.isalpha()]
    return sum(c.isascii() for c in letters) >= 0.9 * len(letters)
