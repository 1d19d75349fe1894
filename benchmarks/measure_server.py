"""Measures a shared archive as it grows: what an article costs, and how long a reader waits.

python benchmarks/measure_server.py URL [ARTICLES ...] [--texts FILE] [--there N] [--read] [--keep]

For example …//127.0.0.1:9200/measured 30000 100000 300000: it is measured at each size, from the first on.
With --there the first N articles are on the server already; with --read nothing is written.

Without FILE, which scale_make.py wrote (a JSON line each), articles are generated: some 500 words of a
vocabulary with the frequencies of English, 12 names. They are written as an indexer writes them, without
the passes of an archive on this machine; of a FILE, capitalised words stand for names. Processor seconds
are those of this process and of the nodes; milliseconds are at the wall. What a reader's process holds and
receives is of a process of its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from scale_archive import articles_of

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
_ASKED = 40
"""Times that each kind of question is asked."""
_ROWS = 24
_NAME = re.compile(r"(?<![.!?\"\u201c\u2019'] )\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}")
"""Capitalised words, but where a sentence begins."""
_SYLLABLES = re.findall(r"\w+", "ba con der el fi gra har in ker lo mis nor pre ro sta ter")


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


def named(article: Article) -> tuple[Article, Names]:
    """An article and what is taken for names in it: of two or three words persons, of one word places, and
    persons by their last word where an earlier name had it."""
    mentions, counts, persons = [], dict[tuple[Name, str, str], int](), dict[str, Name]()
    for found in _NAME.finditer(article.text):
        text = found[0]
        kind = EntityType.PERSON if " " in text else EntityType.PLACE
        key = key_of(kind, text)
        name = persons.get(text) or Name(kind.value, block_of(kind, key), key)
        if kind is EntityType.PERSON:
            persons.setdefault(text.rpartition(" ")[2], name)
        else:
            key = key_of(EntityType(name.type), text)
        label = "PERSON" if name.type == EntityType.PERSON else "GPE"
        mentions.append(SharedMention(*found.span(), label, name))
        counts[name, text, key] = counts.get((name, text, key), 0) + 1
    return article, Names([Use(*each, n) for each, n in counts.items()], mentions)


class Nodes:
    """What the nodes say of themselves."""

    def __init__(self, address: ServerAddress) -> None:
        host, port = address.hosts[0]
        self._at = f"http://{host}:{port}"

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """The JSON of an answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._at}/{path}", data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def seconds(self) -> float:
        """Processor seconds of all nodes since they started."""
        nodes = self.ask("_nodes/stats/process")["nodes"].values()
        return sum(float(each["process"]["cpu"]["total_in_millis"]) for each in nodes) / 1000

    def size(self, index: str) -> int:
        """Bytes of one copy of an index."""
        self.ask(f"{index}/_flush", "POST")
        stats = self.ask(f"{index}/_stats/store")["_all"]["primaries"]
        return int(stats["store"]["size_in_bytes"])


def publish(
    writer: ArchiveWriter, nodes: Nodes, articles: Iterator[tuple[Article, Names]], first: int, last: int
) -> None:
    """Have articles be on the server, and say what it cost."""
    begun, cpu, theirs = time.perf_counter(), time.process_time(), nodes.seconds()
    for number in range(-(-(last - first) // _AT_ONCE)):
        batch = islice(articles, min(_AT_ONCE, last - first - number * _AT_ONCE))
        writer.put([(article, document_of(article), names) for article, names in batch], {})
        if number % 20 == 19:
            done, spent = (number + 1) * _AT_ONCE, time.perf_counter() - begun
            print(f"  {first + done:,} articles, {done / spent:.0f} a second", flush=True)
    now = dt.datetime.now(dt.UTC)
    revision = int(now.timestamp() * 1000)
    at = now.isoformat(timespec="seconds")
    writer.finish(articles=last, waiting=0, revision=revision, at=at, complete=True)
    spent, cpu, theirs = (
        time.perf_counter() - begun,
        time.process_time() - cpu,
        nodes.seconds() - theirs,
    )
    done = last - first
    print(
        f"{done:,} articles: {done / spent:.0f} a second; {1000 * cpu / done:.1f} ms CPU each here, "
        f"{1000 * theirs / done:.1f} ms in the nodes",
        flush=True,
    )


def sizes(nodes: Nodes, name: str, articles: int) -> None:
    """Print the bytes of each index for an article."""
    for index in (layout.articles_index(name), layout.words_index(name), layout.entities_index(name)):
        held = nodes.ask(f"{index}/_count")["count"]
        each = nodes.size(index) / articles
        print(f"{index}: {held:,} documents, {each:,.0f} bytes an article in one copy", flush=True)


class _Counted:
    """Counts what a reader is sent, before it is packed."""

    def __init__(self) -> None:
        self.received = self.answers = 0
        asked = Connection.ask

        def ask(*given: Any, **more: Any) -> Any:
            answer = asked(*given, **more)
            self.received += len(json.dumps(answer))
            self.answers += 1
            return answer

        Connection.ask = ask  # type: ignore[method-assign]


def read(url: str) -> None:
    """Ask what readers ask; print how long rows took, and what they and the process weigh."""
    counted = _Counted()
    archive = SharedArchive.at(url)
    chance = random.Random(3)
    vocabulary = archive._server_reading().server.vocabulary
    words = [each for each, _ in vocabulary.starting("", 5_000) if each.isalpha()]
    people = [each.name for each in archive.entities(types=[EntityType.PERSON], limit=500)]
    texts = [each.text.split() for each in archive.articles(list(archive.ids()[:200]))]

    def phrase() -> str:
        text = chance.choice(texts)
        at = chance.randrange(10, len(text) - 2)
        return '"' + re.sub(r"[^\w ]", "", f"{text[at]} {text[at + 1]}") + '"'

    kinds: dict[str, Callable[[], str]] = {
        "word": lambda: chance.choice(words[50:]),
        "and": lambda: " ".join(chance.choices(words[20:500], k=2)),
        "phrase": phrase,
        "person": lambda: f'person:"{chance.choice(people)}"',
        "typing": lambda: chance.choice(words[50:2_000])[:4],
        "all": lambda: "",
    }
    archive.search("warm")
    for kind, asks in kinds.items():
        _waited(f"{kind} rows", counted, partial(_rows, archive, asks, kind))
    _waited("facets", counted, lambda: archive.facets(archive.search(kinds["word"]())))
    _waited("people", counted, lambda: archive.entities(types=[EntityType.PERSON], limit=100))
    _waited("card", counted, lambda: archive.card(archive.resolve(chance.choice(people))[0]))
    print(f"{archive.counts()[0]:,} articles: the reader's process held {_peak():.0f} MB at most", flush=True)
    archive.close()


def _peak() -> float:
    """Megabytes that this process held at most; `ru_maxrss` counts what its parent held at the fork, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _rows(archive: SharedArchive, asks: Callable[[], str], kind: str) -> None:
    archive.hits(archive.search(SearchRequest(asks(), typing=kind == "typing")), 0, _ROWS)


def _waited(what: str, counted: _Counted, ask: Callable[[], object]) -> None:
    waits, before, answers = [], counted.received, counted.answers
    for _ in range(_ASKED):
        at = time.perf_counter()
        ask()
        waits.append(1000 * (time.perf_counter() - at))
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(
        f"{what:12} p50 {statistics.median(waits):4.0f} ms, p95 {p95:4.0f} ms; "
        f"{(counted.received - before) / _ASKED / 1024:.0f} KB in "
        f"{(counted.answers - answers) / _ASKED:.1f} answers",
        flush=True,
    )


def main(url: str, counts: list[int], texts: Path | None, done: int, *, only_read: bool, keep: bool) -> int:
    """Publish, then ask, at each size."""
    if only_read:
        read(url)
        return 0
    address = ServerAddress.parse(url)
    nodes, writer = Nodes(address), ArchiveWriter(Connection(address), "measured")
    writer.prepare()
    articles: Iterator[tuple[Article, Names]] = map(generated, range(done, counts[-1]))
    if texts:
        articles = map(named, islice(articles_of(texts), done, None))
    for count in counts:
        if count > done:
            publish(writer, nodes, articles, done, count)
        done = count
        sizes(nodes, address.name, count)
        begun, theirs = time.process_time(), nodes.seconds()
        with SharedArchive.at(url) as archive:
            linked = archive.link()
        here, there = time.process_time() - begun, nodes.seconds() - theirs
        print(f"linked: {linked.entities:,} entities, {here:.0f} s CPU here, {there:.0f} s in the nodes")
        sizes(nodes, address.name, count)
        subprocess.run([sys.executable, __file__, url, "--read"], check=True)
    if not keep:
        nodes.ask(f"{address.name}-*", "DELETE")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("articles", nargs="*", type=int, default=[30_000])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--there", type=int, default=0)
    for flag in ("--read", "--keep"):
        parser.add_argument(flag, action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.url, given.articles, given.texts, given.there, only_read=given.read, keep=given.keep))
