"""Builds an archive of N articles for measurements: catalogue and full text, without reading any files.

python benchmarks/scale_archive.py DATA N FOLDER [ENGINE]
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from seedread_index.archive_folder import engine_named
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.upsert import ScannedFile, take
from seedread_index.engines.base import Engine
from seedread_index.engines.document import Document, document_of
from seedread_index.model.article import Article, Passage, PassageKind
from seedread_index.model.errors import ArchiveError

BATCH = 100
SOURCE = "articles.jsonl"
"""The articles in one file, for a scan."""
READY = "ready.json"
"""Written when all is built: what it cost."""


def articles_of(path: Path) -> Iterator[Article]:
    """The articles of a file that scale_make.py wrote; dates and sources are dealt out evenly."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            head = text.split("\n", 1)[0][:120]
            passages = (
                Passage(0, len(head), PassageKind.TITLE),
                Passage(len(head), len(text), PassageKind.BODY),
            )
            yield Article(
                f"{number:016x}",
                f"{number % 100:02}/{number}.txt",
                f"{number % 100:02}/{number}.txt".encode(),
                None,
                head or "-",
                False,
                dt.date(2018, 1, 1) + dt.timedelta(days=number * 7 % 1500),
                "text",
                f"Source {number % 7}",
                "en",
                text,
                passages,
            )


def make(data: Path, count: int, folder: Path, engine: Engine) -> None:
    """Build the archive in a folder, or as much of it as is missing or of another format."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / SOURCE
    if not source.exists():
        script = str(data / "scale" / "scale_make.py")
        command = [sys.executable, script, str(data / "news1k" / "txt"), str(count), f"{source}.part"]
        subprocess.run([*command, "--layout", "jsonl"], check=True, capture_output=True)
        Path(f"{source}.part").rename(source)
    indexed = (folder / READY).exists() and engine.exists(folder / "fulltext")
    if indexed and _opens(folder / "catalogue.db"):
        return
    for stale in folder.glob("catalogue.db*"):
        stale.unlink()
    catalogue = Catalogue.open(folder / "catalogue.db", writable=True)
    taken = _take_in(catalogue, articles_of(source))
    if not indexed:
        shutil.rmtree(folder / "fulltext", ignore_errors=True)
        fulltext = engine.open(folder / "fulltext", writable=True)
        begun = time.perf_counter()
        for _ in fulltext.build(_batches(catalogue), 2):
            pass
        fulltext.close()
        figures = {"articles": taken, "indexed_s": time.perf_counter() - begun}
        (folder / READY).write_text(json.dumps(figures))
    catalogue.close()


def _opens(path: Path) -> bool:
    """Whether a catalogue is there and of today's format."""
    try:
        Catalogue.open(path).close()
    except ArchiveError:
        return False
    return True


def _take_in(catalogue: Catalogue, articles: Iterable[Article]) -> int:
    """Store articles as sync would; how many there are, exact copies once."""
    with catalogue.transaction():
        catalogue.connection().execute("INSERT OR IGNORE INTO roots(path) VALUES(?)", (b"/articles",))
    remaining = iter(articles)
    while batch := list(islice(remaining, 1000)):
        with catalogue.transaction():
            for article in batch:
                scanned = ScannedFile(1, article.path_bytes, article.path, 0, 0)
                take(catalogue, scanned, [article])
    with catalogue.transaction():
        catalogue.connection().execute(
            "UPDATE articles SET indexed = 1, studied = 1, settled = 1, grouped = 1"
        )
        catalogue.bump()
    return len(catalogue.ids())


def _batches(catalogue: Catalogue) -> Iterator[list[Document]]:
    ids = catalogue.ids()
    for at in range(0, len(ids), BATCH):
        yield [document_of(article) for article in catalogue.articles(ids[at : at + BATCH])]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), engine_named((*sys.argv, "whoosh")[4]))
