"""Asks an archive many random queries and tells which raise what they should not or take over a second.

The queries are made from a seed: by the grammar, from words of the archive, by changing such queries, from
bytes, and of the shapes that are hard. Processor time of the thread is measured; since programs that share
a core and its cache still make it longer, a query over the limit is asked again and its least time counts.
"""

from __future__ import annotations

import argparse
import heapq
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.model.errors import QueryError
from seedread_index.model.results import SearchRequest

LIMIT = 1.0
"""Seconds of processor time that a query with its first rows or its explanation may take."""
_AGAIN = 3
"""How often a query over the limit is asked again."""
FIELDS = ("title", "body", "source", "path", "lang", "headline", "site", "file", "text", "nosuch")
NAMES = ("entity", "person", "place", "org", "group", "people", "location")
DATES = (
    *("2020", "2020-02", "2020-02-30", "2020-02-01..2020-03-15", ">2020", "<=2019-12-31", "..2020", "2020.."),
    *(
        '"last week"',
        '"2 years ago"',
        "today",
        "3/4/2020",
        '"13 may 2020"',
        "0000",
        "9999-12-31",
        ">9999",
        "",
    ),
)
COMMON = [
    "the",
    "of",
    "to",
    "and",
    "in",
    "a",
    "for",
    "on",
    "that",
    "is",
    "with",
    "as",
    "by",
    "at",
    "from",
    "said",
]
ODD = (
    *("\0", "\ud800", "\ufffd", "\u202e", "\u0301", "\ufdfa", "\u00ad", "\u200b", "\n", "\t", "\u3000"),
    *("ﬁ", "İ", "ß", "中国", "ไทย", "한국", "👩\u200d👧", "-", "'", "’", "*", "?", "~", '"', "(", ")", ":"),
    *(
        "+",
        "!",
        "=",
        "re:/",
        "/",
        "&&",
        "||",
        "[a]",
        "\\",
        "%",
        "OR",
        "AND",
        "NOT",
        "NEAR",
        "NEAR/0",
        "NEAR/1001",
        "~1000",
    ),
    *("^2", ".*", "{1,9}"),
)


class Queries:
    """Makes queries, the same for the same seed and words."""

    def __init__(self, seed: int, words: Sequence[str], names: Sequence[str]) -> None:
        self._chance = random.Random(seed)
        self._words = words
        self._names = names or ("Ana Lima",)
        self._made = ["the"]

    def query(self) -> str:
        """One query of any kind."""
        kinds = (self._sentence, self._grammar, self._changed, self._garbage, self._hard, self._marks)
        made = self._chance.choices(kinds, (15, 40, 20, 8, 12, 5))[0]()
        if len(self._made) < 500:
            self._made.append(made)
        else:
            self._made[self._chance.randrange(500)] = made
        return made

    def _word(self) -> str:
        pick = self._chance.random()
        if pick < 0.25:
            return self._chance.choice(COMMON)
        word = self._chance.choice(self._words)
        if pick < 0.35:
            at = self._chance.randrange(len(word))
            return word[:at] + word[at + 1 :] or word
        return word if pick < 0.9 else word.title() if pick < 0.95 else self._chance.choice(ODD) + word

    def _several(self, most: int) -> list[str]:
        return [self._word() for _ in range(self._chance.randint(1, most))]

    def _sentence(self) -> str:
        return " ".join(self._several(9)) + self._chance.choice(("", "", "?", " ", ".", "*"))

    def _leaf(self) -> str:
        chance = self._chance
        match chance.randrange(12):
            case 0:
                return '"' + " ".join(self._several(5)) + '"' + chance.choice(("", "~", "~3", "~1000"))
            case 1:
                return self._word()[: chance.randint(2, 5)] + "*"
            case 2:
                return self._word() + chance.choice(("~", "~1", "~2", "~9"))
            case 3:
                return self._globbed()
            case 4:
                return f"{chance.choice(NAMES)}:" + self._quoted(chance.choice(self._names))
            case 5:
                return f"{chance.choice(FIELDS)}:" + chance.choice((self._word(), f'"{self._word()}"'))
            case 6:
                return (
                    f"{chance.choice(('date', 'since', 'until', 'before', 'after'))}:{chance.choice(DATES)}"
                )
            case 8:
                return f"={chance.choice((self._word(), self._word().upper(), 'co-' + self._word()))}"
            case 9:
                return chance.choice(("", "title:", "body:")) + f"re:/{self._expression()}/"
            case 10:
                return chance.choice("-/'").join(self._several(3)) + chance.choice(("", "*", "s"))
            case 7:
                return f" NEAR/{chance.choice((0, 1, 5, 50, 1000))} ".join(self._several(3))
            case _:
                return self._word()

    def _expression(self) -> str:
        """A regular expression, sound or not."""
        chance = self._chance
        word = self._word()
        marks = (
            "",
            "",
            "?",
            "*",
            "+",
            ".*",
            "{2,9}",
            "{99}",
            "|",
            "(",
            ")",
            "[a-z]",
            "[^",
            r"\1",
            r"\b",
            "(?i)",
        )
        if chance.random() < 0.2:
            return chance.choice((r"(a|aa|a.)*[bc]", r"((a+)+)+x", ".*" * 9, "(.?){30}", "(?R)", r"(\w+)+\1"))
        return "".join(letter + chance.choice(marks) for letter in word)

    def _quoted(self, name: str) -> str:
        cut = name[: self._chance.randint(2, max(2, len(name)))]
        return self._chance.choice((f'"{name}"', f'"{cut}*"', cut.split()[0], f'"{cut}"'))

    def _globbed(self) -> str:
        word = self._word()
        marked = (self._chance.choice(("*", "?", "", "")) for _ in word[2:])
        return word[:2] + "".join(letter + mark for letter, mark in zip(word[2:], marked, strict=True)) + "*"

    def _grammar(self, depth: int = 0) -> str:
        chance = self._chance
        pick = chance.random()
        if depth > 4 or pick < 0.35:
            return self._leaf()
        if pick < 0.5:
            return chance.choice(("NOT ", "-", "!", "+")) + self._grammar(depth + 1)
        if pick < 0.65:
            return f"{chance.choice(('', '', 'title:', 'body:'))}({self._grammar(depth + 1)})"
        joined = chance.choice((" ", " AND ", " OR ", " OR ", " NEAR/3 ", " || "))
        return joined.join(self._grammar(depth + 1) for _ in range(chance.randint(2, 5)))

    def _changed(self) -> str:
        text = list(self._chance.choice(self._made)[:4000])
        for _ in range(self._chance.randint(1, 6)):
            at = self._chance.randint(0, len(text))
            match self._chance.randrange(4):
                case 0:
                    text[at:at] = self._chance.choice(ODD)
                case 1:
                    del text[at : at + self._chance.randint(1, 4)]
                case 2:
                    text[at:at] = text[: self._chance.randint(0, 40)]
                case _:
                    text[at:at] = " " + self._word() + " "
        return "".join(text)

    def _garbage(self) -> str:
        count = int(self._chance.paretovariate(0.7)) % 4100
        if self._chance.random() < 0.5:
            return self._chance.randbytes(count).decode("utf-8", "surrogateescape")
        return "".join(self._chance.choice((*ODD, " ", "a", "1")) for _ in range(min(count, 900)))

    def _marks(self) -> str:
        """Long words, and runs of one thing."""
        chance = self._chance
        piece = chance.choice(
            (*ODD, "a", "a-", "a'", ".a", "*a", "?a", "a:", "(", "NOT ", "a ", "é", "1,", "中")
        )
        tail = chance.choice(("", "b", '"', '"~1000'))
        return (chance.choice(("", "ab", '"', "entity:", "title:", "path:a")) + piece * 4000)[:3990] + tail

    def _hard(self) -> str:  # noqa: C901 - a list of shapes, one a case
        chance = self._chance
        few = [self._word() for _ in range(chance.randint(1, 6))]
        many = [self._word() for _ in range(chance.randint(30, 240))]
        near = f" NEAR/{chance.choice((1, 20, 1000))} "
        begun = [word[:2] + "*" for word in many[:8]]
        match chance.randrange(14):
            case 0:
                made = '"' + " ".join(few * chance.randint(2, 200))[:3900] + '"~1000'
            case 1:
                made = near.join((few * 120)[:120])
            case 2:
                made = many[0]
                for word in many[1 : chance.randint(2, 38)]:
                    made = f"({made}{near}{word})"
            case 3:
                made = " OR ".join(many[:124])
            case 4:
                made = " ".join(many)
            case 5:
                made = '"' + " ".join(begun) + chance.choice(('"', '"~1000'))
            case 6:
                made = " OR ".join(begun)
            case 7:
                made = " ".join(word + "~2" for word in many[:8])
            case 8:
                made = chance.choice(few)[:2] + "".join(f"*{chance.choice('aeinorst')}" for _ in range(900))
            case 9:
                made = " ".join(self._chance.choice(NAMES) + ":" + word[:3] + "*" for word in many[:80])
            case 10:
                made = " OR ".join(f'"{a} {b}"~1000' for a, b in zip(many, COMMON * 20, strict=False))
            case 11:
                made = " OR ".join(
                    f"(-{word} {other})" for word, other in zip(many[:60], COMMON * 3, strict=False)
                )
            case 12:
                made = "NOT (" * 39 + chance.choice(few) + ")" * 39
            case _:
                made = f'{chance.choice(FIELDS)}:"{" ".join(many)}"' + chance.choice(("", "~1000"))
        return made[:3950]


def _seconds(ask: Callable[[], str]) -> float:
    begun = time.thread_time()
    with suppress(Exception):  # the first time told of it
        ask()
    return time.thread_time() - begun


class Tally:
    """What the queries cost and raised."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.worst: list[tuple[float, int, str]] = []
        self.faults: Counter[str] = Counter()
        self.examples: dict[str, str] = {}

    def run(self, query: str, ask: Callable[[], str]) -> None:
        """Ask and measure; QueryError is an answer, any other exception a fault."""
        begun = time.thread_time()
        try:
            self.counts[ask()] += 1
        except QueryError as error:
            self.counts["refused: too long" if "too long" in str(error) else "refused"] += 1
        except Exception as error:  # noqa: BLE001 - what must not be raised is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
            self.faults[fault] += 1
            self.examples.setdefault(fault, f"{query!r:.300} {error!r:.200}")
        took = time.thread_time() - begun
        for _ in range(_AGAIN if took > LIMIT else 0):
            took = min(took, _seconds(ask))
        self.counts["all"] += 1
        self.counts["over a second"] += took > LIMIT
        heapq.heappush(self.worst, (took, self.counts["all"], query))
        if len(self.worst) > 10:
            heapq.heappop(self.worst)

    def report(self) -> bool:
        """Print the tally; whether all was well."""
        for took, _, query in sorted(self.worst, reverse=True):
            print(f"{took:6.2f} s  {len(query):5} {query!r:.110}")
        print(", ".join(f"{name}: {count}" for name, count in sorted(self.counts.items())))
        for fault, count in self.faults.most_common():
            print(f"FAULT {count} x {fault}: {self.examples[fault]}")
        return not self.faults and not self.counts["over a second"]


def asked(archive: Archive, query: str, options: dict[str, object]) -> str:
    """Search, look at the first rows and, where there are none, at the explanation; what came of it."""
    results = archive.search(SearchRequest(query, **options))  # type: ignore[arg-type]
    hits = archive.hits(results, 0, 20)
    if not hits:
        archive.explain(results)
    return "partial" if results.partial or any(hit.partial for hit in hits) else "rows" if hits else "none"


def completed(archive: Archive, query: str, cursor: int) -> str:
    """Complete at a cursor."""
    archive.complete(query, cursor)
    return "completed"


def generated(folder: Path, count: int = 400) -> None:
    """Write articles of made words, frequent ones often."""
    chance = random.Random(1)
    syllables = [a + b for a in "bcdfglmnprst" for b in ("a", "e", "i", "o", "un", "er")]
    words = COMMON + ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    for number in range(count):
        text = " ".join(chance.choices(words, weights, k=chance.choice((80, 400, 3000))))
        name = " ".join(chance.choices(("Ana", "Lima", "Bergen", "Oslo", "Kofi", "Boateng"), k=2))
        head = f"{text[:40].capitalize()}\n\n{chance.randint(1, 28)} May 20{number % 22:02} - Mr {name} said "
        (folder / f"{number:04}.txt").write_text(f"{head}{text}.\n")


def main() -> int:
    """Ask; 0 where nothing but answers and QueryErrors came, none over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--data", help="a folder of articles; else some are generated")
    parser.add_argument("--cache", help="where its index is or will be; else a folder that is deleted again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="ask no longer than this")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(options.data or scratch, "" if options.data else "data")
        if not options.data:
            data.mkdir()
            generated(data)
        archive = Archive.open([data], cache_root=Path(options.cache or scratch, ""), data_root=Path(scratch))
        if not archive.ids():
            archive.sync()
        tally = _ask(archive, options.count, options.seed, time.monotonic() + options.seconds)
        archive.close()
    return 0 if tally.report() else 1


def _ask(archive: Archive, count: int, seed: int, until: float) -> Tally:
    texts = (article.text for article in archive.articles(archive.ids()[:150]))
    words = sorted({word for text in texts for word in re.findall(r"\w+", text.lower()) if len(word) > 1})
    queries = Queries(seed, words, [entity.name for entity in archive.entities(limit=300)])
    chance = random.Random(seed)
    archive.search("the")
    choices: tuple[dict[str, object], ...] = ({}, {"typing": True}, {"match": "any"})
    tally = Tally()
    for number in range(count):
        if time.monotonic() > until:
            break
        query = queries.query()
        options = chance.choice(choices)
        tally.run(query, lambda: asked(archive, query, options))  # noqa: B023 - run at once
        if number % 10 == 0:
            cursor = chance.randint(0, len(query))
            tally.run(query, lambda: completed(archive, query, cursor))  # noqa: B023 - run at once
    return tally


if __name__ == "__main__":
    raise SystemExit(main())
