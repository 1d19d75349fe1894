"""Times the reader on articles of 10 MB beside one of 10 KB, and the list with 100,000 results beside 10.

Each article is opened in a process of its own, which tells its memory; a time is the least of three.
python benchmarks/bench_widgets.py [MEGABYTES]
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from textual.app import App, ComposeResult

from seedread.widgets.reader.reader import Reader
from seedread.widgets.results.result_list import ResultList
from seedread_index.model.article import Article, Mention, Passage, PassageKind, Span
from seedread_index.model.results import Hit, Snippet

SENTENCE = (
    "The mayor opened the new bridge over the river, and Maria Lopez of Acme came from Geneva to see it. "
)
WIDE = "市長週五在河上的新橋舉行開幕式，許多人前來觀看。"
SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda size: (SENTENCE * 3 + "\n") * (size // (3 * len(SENTENCE) + 1)),
    "one line": lambda size: SENTENCE * (size // len(SENTENCE)),
    "no spaces": lambda size: "x" * size,
    "short lines": lambda size: "ab\n" * (size // 3),
    "white space": lambda size: "A start." + "\n " * (size // 2) + "An end.",
    "ideographs": lambda size: (WIDE * 6 + "\n") * (size // (6 * len(WIDE) * 3)),
    "boilerplate": lambda size: (SENTENCE + "\n") * (size // (len(SENTENCE) + 1)),
}
OPEN_SECONDS = 0.5
MEMORY_TIMES = 12
FRAME_SECONDS = 1 / 30
SMALL = 10_000


class Host(App[None]):
    """An app with both widgets."""

    def compose(self) -> ComposeResult:
        """Reader and list, each the whole screen high."""
        yield Reader()
        yield ResultList()


def article_of(text: str, shape: str) -> Article:
    """An article with a name in every sentence, or one of boilerplate from its second line on."""
    mentions = []
    at = text.find("Maria Lopez")
    while at >= 0 and shape != "boilerplate":
        mentions.append(Mention(at, at + 11, "Maria Lopez", "PERSON", "lopez"))
        at = text.find("Maria Lopez", at + 11)
    middle = text.find("\n") + 1
    passages = (Passage(0, middle, PassageKind.BODY), Passage(middle, len(text), PassageKind.BOILERPLATE))
    return Article(
        *("a", "a.txt", b"a.txt", None, "Title", False, None, None, None, "en"),
        text=text,
        passages=passages if shape == "boilerplate" else (),
        mentions=tuple(mentions),
    )


def least(action: Callable[[], object], times: int = 3) -> float:
    """The least of some durations, in seconds of the processor: a busy machine does not blur them."""
    found = []
    for _ in range(times):
        before = time.process_time()
        action()
        found.append(time.process_time() - before)
    return min(found)


def resident() -> int:
    """Bytes of this process in memory at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def read(shape: str, size: int) -> dict[str, float]:
    """Seconds for opening, END, a page and so on, and memory as a multiple of the text, the text included."""
    app = Host()
    async with app.run_test(size=(80, 48)) as pilot:
        reader = app.query_one(Reader)
        await pilot.pause()
        before = resident()
        text = SHAPES[shape](size)
        article = article_of(text, shape)
        with_article = resident()
        hits = tuple(Span(at, at + 5) for at in range(0, len(text) - 5, max(5, len(text) // 1000)))

        def paint() -> None:
            for y in range(reader.size.height):
                reader.render_line(y)

        def opened() -> None:
            reader.show(article, hits)
            paint()

        def stepped(action: Callable[[], object]) -> Callable[[], None]:
            def step() -> None:
                action()
                paint()

            return step

        figures = {"open": least(opened)}
        figures["end"] = least(stepped(reader.action_end), 1)
        figures["up"] = least(stepped(reader.action_page_up))
        figures["middle"] = least(stepped(lambda: reader.goto(len(text) // 2)), 1)
        figures["page"] = least(stepped(reader.action_page_down))
        figures["hit"] = least(stepped(reader.next_hit))
        await pilot.pause()
        own = sys.getsizeof(text)
        figures["memory"] = (resident() - with_article + own) / own
        figures["with mentions"] = (resident() - before) / own
        return figures


async def listed() -> dict[int, float]:
    """Seconds until the first rows of a number of results can be seen."""
    app = Host()
    hits = [
        Hit(
            f"id{row}", "p", SENTENCE, False, None, None, 1, 1, (), (Snippet(SENTENCE, 0, 90, (Span(4, 9),)),)
        )
        for row in range(48)
    ]
    figures = {}
    async with app.run_test(size=(80, 48)) as pilot:
        results = app.query_one(ResultList)
        await pilot.pause()
        for total in (10, 100_000):

            def first_rows(total: int = total) -> None:
                results.set_results(total, key=object())
                results.supply(results._rows.key, 0, hits[:total])
                for y in range(results.size.height):
                    results.render_line(y)

            first_rows()
            figures[total] = least(first_rows, 20)
            await pilot.pause()
    return figures


def measured(shape: str, size: int) -> dict[str, float]:
    """The figures of one article, read in a process of its own."""
    command = [sys.executable, __file__, "--read", shape, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main(megabytes: int = 10) -> int:
    """Print figures against their targets; 1 when one is missed."""
    missed = 0

    def line(words: str, good: bool) -> None:
        nonlocal missed
        missed += not good
        print(f"{words}  {'ok' if good else 'BELOW target'}", flush=True)

    size = megabytes * 1_000_000
    for shape in SHAPES:
        small, large = measured(shape, SMALL), measured(shape, size)
        times = " ".join(
            f"{name} {large[name] * 1000:.0f}" for name in ("open", "end", "up", "middle", "page", "hit")
        )
        fast = large["open"] <= OPEN_SECONDS and max(large["end"], large["middle"]) <= OPEN_SECONDS / 2
        line(
            f"{megabytes} MB, {shape}: ms {times}; opening 10 KB takes {small['open'] * 1000:.1f} ms;"
            f" memory {large['memory']:.1f}x the text ({large['with mentions']:.1f}x with its mentions)",
            fast and large["memory"] <= MEMORY_TIMES,
        )
    first = asyncio.run(listed())
    line(
        f"first rows of 100,000 results: {first[100_000] / first[10]:.2f}x those of 10"
        f" ({first[100_000] * 1000:.1f} ms and {first[10] * 1000:.1f} ms)",
        first[100_000] - first[10] <= FRAME_SECONDS,
    )
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(asyncio.run(read(sys.argv[2], int(sys.argv[3])))))
    else:
        wanted = [int(word) for word in sys.argv[1:] if word.isdigit() and not Path(word).exists()]
        raise SystemExit(main(*wanted[:1]))
