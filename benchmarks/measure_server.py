"""Measures a shared archive: articles a second, bytes an article, and how long a reader waits for rows.

python benchmarks/measure_server.py URL [ARTICLES] [--keep]     (…//127.0.0.1:9200/measured, 30,000)

With 0 articles what is there is measured. Indexes are merged first, as they are by and by.

The articles are generated: some 500 words of a vocabulary with the frequencies of English, 12 names.
They are written as an indexer writes them, without the passes of an archive on this machine. Processor
seconds are those of this process; what the server needs is its own. Milliseconds are at the wall.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator
from itertools import accumulate

from seedread_index.engines.document import document_of
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.writer import ArchiveWriter
from seedread_index.linking.keys import block_of, key_of
from seedread_index.linking.shared_names import Name, Names, SharedMention, Use
from seedread_index.model.article import Article, EntityType, Passage, PassageKind
from seedread_index.model.results import SearchRequest
from seedread_index.server_address import ServerAddress
from seedread_index.shared_archive import SharedArchive

_WORDS, _PEOPLE, _AT_ONCE = 60_000, 20_000, 500
_SYLLABLES = (
    "ba",
    "con",
    "der",
    "el",
    "fi",
    "gra",
    "har",
    "in",
    "ker",
    "lo",
    "mis",
    "nor",
    "pre",
    "ro",
    "sta",
    "ter",
)


def word(number: int) -> str:
    """A word that no other number has."""
    found = ""
    number += 16
    while number:
        number, at = divmod(number, 16)
        found += _SYLLABLES[at]
    return found


WORDS = [word(number) for number in range(_WORDS)]
WEIGHTS = list(accumulate(1 / (rank + 2.7) for rank in range(_WORDS)))


def generated(number: int) -> tuple[Article, Names]:
    """An article of a number, and its names."""
    chance = random.Random(number)
    words = chance.choices(WORDS, cum_weights=WEIGHTS, k=chance.randrange(300, 700))
    people = [min(int(chance.paretovariate(0.7)), _PEOPLE) for _ in range(12)]
    title = " ".join(words[:8]).capitalize()
    pieces, mentions, counts = [title, "\n\n"], [], dict[tuple[Name, str], int]()
    size = len(title) + 2
    for at in range(8, len(words), 12):
        pieces.append(" ".join(words[at : at + 12]) + " ")
        size += len(pieces[-1])
        if people:
            person = people.pop()
            text = f"{word(person).capitalize()} {word(person * 7 + 1).capitalize()}"
            key = key_of(EntityType.PERSON, text)
            name = Name("person", block_of(EntityType.PERSON, key), key)
            mentions.append(SharedMention(size, size + len(text), "PERSON", name))
            counts[name, text] = counts.get((name, text), 0) + 1
            pieces.append(f"{text}. ")
            size += len(pieces[-1])
    text = "".join(pieces)
    path = f"{number // 1000:05}/{number}.txt"
    article = Article(
        f"{number:016x}",
        path,
        path.encode(),
        None,
        title,
        False,
        dt.date(2000, 1, 1) + dt.timedelta(days=number * 7919 % 9000),
        "text",
        f"{WORDS[number % 300].capitalize()} News",
        "en",
        text,
        (Passage(0, len(title), PassageKind.TITLE), Passage(len(title) + 2, len(text), PassageKind.BODY)),
    )
    return article, Names([Use(name, text, name.key, n) for (name, text), n in counts.items()], mentions)


def batches(first: int, last: int) -> Iterator[list[tuple[Article, Names]]]:
    """Generated articles in portions."""
    for start in range(first, last, _AT_ONCE):
        yield [generated(number) for number in range(start, min(start + _AT_ONCE, last))]


def asked(kind: str, chance: random.Random) -> str:
    """A query of a kind."""

    def some(low: int, high: int) -> str:
        return WORDS[chance.randrange(low, high)]

    if kind == "and":
        return f"{some(20, 500)} {some(20, 500)}"
    if kind == "phrase":
        return f'"{some(0, 30)} {some(0, 30)}"'
    return {"word": some(50, 5_000), "typing": some(50, 2_000)[:4]}.get(kind, "")


def main(url: str, count: int, *, keep: bool) -> int:
    """Publish, then ask."""
    address = ServerAddress.parse(url)
    host, port = address.hosts[0]
    writer = ArchiveWriter(Connection(address), "measured")
    writer.prepare()
    begun, cpu = time.perf_counter(), time.process_time()
    for number, batch in enumerate(batches(0, count)):
        writer.put([(article, document_of(article), names) for article, names in batch], {})
        if number % 20 == 19:
            spent = time.perf_counter() - begun
            print(
                f"  {(number + 1) * _AT_ONCE:,} articles, {(number + 1) * _AT_ONCE / spent:.0f} a second",
                flush=True,
            )
    now = dt.datetime.now(dt.UTC)
    writer.finish(articles=count, waiting=0, revision=1, at=now.isoformat(timespec="seconds"), complete=True)
    spent, cpu = time.perf_counter() - begun, time.process_time() - cpu
    if count:
        print(f"{count:,} articles: {count / spent:.0f} a second, {1000 * cpu / count:.2f} ms CPU each")
    merge = f"http://{host}:{port}/{writer.articles_index}/_forcemerge?max_num_segments=1"
    urllib.request.urlopen(urllib.request.Request(merge, method="POST")).close()
    held = 0
    for index in (writer.articles_index, layout.words_index(address.name)):
        stats = f"http://{host}:{port}/{index}/_stats/store,docs"
        with urllib.request.urlopen(stats) as answer:
            primaries = json.load(answer)["_all"]["primaries"]
        size, documents = primaries["store"]["size_in_bytes"], primaries["docs"]["count"]
        held = held or documents
        print(f"{index}: {documents:,} documents, {size / held:,.0f} bytes an article in one copy")
    archive = SharedArchive.at(url)
    entities = archive.link()
    print(f"linked: {entities:,} entities")
    chance = random.Random(3)
    for kind in ("word", "and", "phrase", "typing", "all"):
        waits = []
        for _ in range(40):
            at = time.perf_counter()
            results = archive.search(SearchRequest(asked(kind, chance), typing=kind == "typing"))
            archive.hits(results, 0, 24)
            waits.append(1000 * (time.perf_counter() - at))
        p95 = statistics.quantiles(waits, n=20)[-1]
        print(f"{kind:7} rows: p50 {statistics.median(waits):.0f} ms, p95 {p95:.0f} ms")
    at = time.perf_counter()
    archive.facets(archive.search(WORDS[40]))
    print(f"facets: {1000 * (time.perf_counter() - at):.0f} ms")
    archive.close()
    if not keep:
        delete = urllib.request.Request(f"http://{host}:{port}/{address.name}-*", method="DELETE")
        urllib.request.urlopen(delete).close()
    return 0


if __name__ == "__main__":
    words = [each for each in sys.argv[1:] if each != "--keep"]
    if not 1 <= len(words) <= 2:
        sys.exit(__doc__)
    sys.exit(main(words[0], int(words[1]) if len(words) > 1 else 30_000, keep="--keep" in sys.argv))
