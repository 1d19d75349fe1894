"""Speed of the entity engine, as ratios and rates in one run: `bench_entities.py DATA [ARTICLES]`.

The model against a bare loop over the same pipeline (ner alone, numpy's products); refinement and linking in
articles a second of the processor's time, linking with all that it stores. DATA holds news1k.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Processes of the program use one thread each; the bare loop has the same.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.catalogue.files import root_numbers
from seedread_index.catalogue.upsert import ScannedFile, take
from seedread_index.extract.extractor import read_bytes
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.ner.annotate import by_rules, prepare, refine
from seedread_index.ner.spacy.pipeline import load_model
from seedread_index.sync.passes.link import link_pending

_ROUNDS = 3


def articles_of(data: Path, count: int) -> list[Article]:
    """So many English articles."""
    found: list[Article] = []
    for line in (data / "news1k" / "meta.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["lang"] == "en" and len(found) < count:
            content = (data / "news1k" / "txt" / entry["file"]).read_bytes()
            found += read_bytes(content, entry["file"].encode(), EngineSettings()).articles
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def processor(work: Callable[[], object]) -> float:
    """How much of the processor's time some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def told(what: str, value: float, target: float, unit: str) -> bool:
    """Print a figure against its target."""
    print(f"{what}: {value:.2f} {unit} (target {target}) {'ok' if value >= target else 'BELOW target'}")
    return value >= target


def linking(articles: list[Article], mentions: list[tuple[object, ...]]) -> float:
    """Articles a second through link_pending, into a catalogue on disk."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue.open(Path(folder) / "cache" / "catalogue.db", writable=True)
        store = MentionStore(catalogue)
        with catalogue.transaction():
            (root,) = root_numbers(catalogue, [b"/news"])
            for article, found in zip(articles, mentions, strict=True):
                name = article.path_bytes
                taken = take(catalogue, ScannedFile(root, name, article.path, 1, 1, name), [article])
                for number in taken.written.values():
                    store.put(number, found, "bench")  # type: ignore[arg-type]
        took = processor(lambda: link_pending(catalogue, None))
        catalogue.close()
    return len(articles) / took


def main(data: Path, count: int = 200) -> int:
    """Measure everything; 0 where all targets are met."""
    articles = articles_of(data, count)
    print(
        f"{len(articles)} articles, {sum(len(a.text) for a in articles) / len(articles):.0f} characters each"
    )
    texts = [prepare(article.text, article.lang) for article in articles]
    model = load_model()
    list(model.spans(texts[:20]))
    ratios = []
    for _ in range(_ROUNDS):
        bare = seconds(lambda: [[e.label_ for e in doc.ents] for doc in model.pipeline.pipe(texts)])
        ours = seconds(lambda: list(model.spans(texts)))
        ratios.append(bare / ours)
        print(f"  bare loop {len(texts) / bare:.1f} articles/s, ours {len(texts) / ours:.1f}")
    good = told("model, against a bare loop", statistics.median(ratios), 0.9, "x")
    spans = list(model.spans(texts))
    mentions: list[tuple[object, ...]] = []

    def refined() -> None:
        mentions[:] = [
            refine(a.text, a.passages, a.lang, found) for a, found in zip(articles, spans, strict=True)
        ]

    good &= told(
        "refinement", len(articles) / min(processor(refined) for _ in range(_ROUNDS)), 150, "articles/s"
    )
    rules = processor(lambda: [by_rules(a.text, a.passages, a.lang) for a in articles])
    print(f"rules alone: {len(articles) / rules:.0f} articles/s")
    good &= told("linking", max(linking(articles, mentions) for _ in range(_ROUNDS)), 500, "articles/s")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *map(int, sys.argv[2:3])))
