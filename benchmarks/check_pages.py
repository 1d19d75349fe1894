"""Score the segmentation: whole pages and their forms, dressed articles, date lines, speed.

Run as `python benchmarks/check_pages.py DATA [-v] [--held-out]`; the latter scores pages with weights
that were fitted on the other half of them. Pages are scored as the sets define it: by characters of
lines, most of whose characters are body, title and byline lines left out, the mean of the pages; a title is
wrong when it is not marked as inferred and neither it nor the page's title is part of the other.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from check_reading import KINDS, rows

from seedread_index.extract.segmentation import Segmentation, likelihood, segment
from seedread_index.extract.segmentation.header import page_headline


def plain(text: str | None) -> str:
    """A title for comparison."""
    return " ".join((text or "").split()).casefold()


def body_lines(text: str, found: Segmentation) -> set[int]:
    """The lines most of whose characters are body."""
    kinds = ["body"] * len(text)
    for passage in found.passages:
        kinds[passage.start : passage.end] = [str(passage.kind)] * (passage.end - passage.start)
    at = 0
    got = set()
    for number, line in enumerate(text.split("\n")):
        count = Counter(kinds[at + i] for i, c in enumerate(line) if not c.isspace())
        at += len(line) + 1
        if count and count.most_common(1)[0][0] == "body":
            got.add(number)
    return got


def page_score(text: str, gold: dict[str, Any], got: set[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of one page."""
    lines = text.split("\n")
    body, skip = set(gold["body_lines"]), set(gold["title_lines"]) | set(gold["byline_lines"])

    def size(numbers: set[int]) -> int:
        return sum(len(lines[i]) for i in numbers - skip if i < len(lines))

    both, extra, missed = size(body & got), size(got - body), size(body - got)
    precision, recall = both / max(1, both + extra), both / max(1, both + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def check_pages(folder: Path, *, verbose: bool) -> None:
    """Body, titles and wrong titles of a set of pages, by form."""
    groups: dict[str, list[tuple[float, float, float, bool, bool, bool]]] = defaultdict(list)
    for gold in rows(folder / "gold.jsonl"):
        text = (folder / "txt" / gold["file"]).read_text(encoding="utf-8")
        found = segment(text)
        precision, recall, one = page_score(text, gold, body_lines(text, found))
        right, lines, wrong = title_score(gold, found.title)
        result = (precision, recall, one, right, lines, wrong)
        groups[""].append(result)
        groups[gold.get("form", "")].append(result) if "form" in gold else None
        if verbose and (one < 0.8 or result[5] or (lines and not right)):
            print(f"    {gold['file'][:3]} {gold.get('form', '')} {gold['page']}: {one:.2f} {found.title!r}")
    for name, found_of in groups.items():
        p, r, f = (sum(one[i] for one in found_of) / len(found_of) for i in range(3))
        titles, known, missed = (sum(one[i] for one in found_of) for i in (3, 4, 5))
        print(
            f"{folder.name} {name or 'all'}: {len(found_of)} P {p:.3f} R {r:.3f} F1 {f:.3f};"
            f" title {titles}/{known} {titles / max(1, known):.2f},"
            f" wrong {missed} ({missed / len(found_of):.1%})"
        )


def check_held_out(data: Path) -> None:
    """Body and titles of pages with the weights fitted on the other half of them, the halves parted by page.

    The whole segmentation is scored, as in `check_pages`; the figures are the means of both halves, beside
    those of weights fitted on all pages.
    """
    import numpy as np
    from fit_segmentation import fit, fit_headline, load

    pages = load(data)
    names = sorted({page.key for page in pages})
    np.random.default_rng(0).shuffle(names)
    half = set(names[: len(names) // 2])
    sides = [[p for p in pages if (p.key in half) == side] for side in (True, False)]
    for words, trained, tested in (
        ("fitted on all", (pages,), (pages,)),
        ("held out", sides, sides[::-1]),
    ):
        groups: dict[str, list[tuple[float, bool, bool, bool]]] = defaultdict(list)
        for train, test in zip(trained, tested, strict=True):
            beta = fit(train)
            with fitted(beta, fit_headline(train, beta)):
                for page in test:
                    found = segment(page.text)
                    body = page_score(page.text, page.gold, body_lines(page.text, found))[2]
                    groups[page.folder].append((body, *title_score(page.gold, found.title)))
        for name, scores in groups.items():
            body, right, lines, wrong = (sum(one[i] for one in scores) for i in range(4))
            count = len(scores)
            print(
                f"{words}, {name}: F1 {body / count:.3f}; title {right}/{lines} {right / lines:.2f},"
                f" wrong {wrong} ({wrong / count:.1%})"
            )


@contextmanager
def fitted(beta: Any, theta: Any) -> Iterator[None]:
    """The segmentation with other weights, the bias last."""
    beta, theta = ([float(weight) for weight in weights] for weights in (beta, theta))
    models = {
        likelihood: likelihood.model_of(beta[-1], tuple(beta[:-1])),
        page_headline: (theta[-1], tuple(theta[:-1])),
    }
    with ExitStack() as stack:
        for module, model in models.items():
            stack.enter_context(mock.patch.object(module, "_model", return_value=model))
        stack.callback(likelihood.short_look.cache_clear)
        likelihood.short_look.cache_clear()
        yield


def title_score(gold: dict[str, Any], title: str | None) -> tuple[bool, bool, bool]:
    """Whether a title is right, whether the page has one as a line, and whether it is wrong and unmarked."""
    known = {plain(gold["title"]), plain(gold.get("html_title"))}
    found = plain(title)
    near = any(name and (found in name or name in found) for name in known)
    lines = bool(gold["title_lines"])
    right = lines and title is not None and found == plain(gold["title"])
    return right, lines, title is not None and not near


def check_dressed(folder: Path, *, verbose: bool) -> None:
    """Title, date and kinds of articles dressed like the seeds."""
    titles, untitled, dates = Counter[bool](), Counter[bool](), Counter[bool]()
    counts = {kind: Counter[str]() for kind in ("body", "boilerplate", "credit")}
    for gold in rows(folder / "gold.jsonl"):
        text = (folder / "txt" / gold["file"]).read_bytes().decode()
        found = segment(text)
        if gold["title"] is None:
            untitled[found.title is None] += 1
        else:
            titles[found.title == gold["title"]] += 1
        day = found.date and found.date.isoformat()
        dates[day == gold["date"]] += 1
        if verbose and (day != gold["date"] or found.title != gold["title"]):
            print(f"    {gold['file']}: {found.title!r} for {gold['title']!r}, {day} for {gold['date']}")
        compare_kinds(text, found, gold["spans"], counts)
    scores = {
        kind: 2 * c["both"] / max(1, 2 * c["both"] + c["missed"] + c["extra"]) for kind, c in counts.items()
    }
    shares = [c[True] / max(1, c.total()) for c in (titles, untitled, dates)]
    print(
        f"{folder.name}: title {shares[0]:.3f}, none where none {shares[1]:.3f}, date {shares[2]:.3f}; "
        + ", ".join(f"{kind} F1 {score:.4f}" for kind, score in scores.items())
    )


def compare_kinds(
    text: str, found: Segmentation, spans: list[list[Any]], counts: dict[str, Counter[str]]
) -> None:
    """Count characters that are not blank by gold kind and found kind; header blocks are left out."""
    gold, got = [""] * len(text), [""] * len(text)
    for start, end, kind in spans:
        name = KINDS.get(kind, "boilerplate" if kind.startswith("boiler:") else kind)
        gold[start:end] = [name] * (end - start)
    for passage in found.passages:
        got[passage.start : passage.end] = [str(passage.kind)] * (passage.end - passage.start)
    for character, wanted, kind in zip(text, gold, got, strict=True):
        if character.isspace() or wanted == "header":
            continue
        for name, count in counts.items():
            if name in (wanted, kind):
                count["both" if wanted == kind else "missed" if wanted == name else "extra"] += 1


def check_news(folder: Path) -> None:
    """Days of articles against their metadata, of those that the text dates; titles; body lost."""
    right, wrong, lost, total, titled, lines = 0, 0, 0, 0, 0, 0
    for gold in rows(folder / "meta.jsonl"):
        text = (folder / "txt" / gold["file"]).read_bytes().decode()
        found = segment(text)
        if found.date:
            same = found.date.isoformat() == gold["date"]
            right, wrong = right + same, wrong + (not same)
        first, _, rest = text.partition("\n")
        if gold.get("title") and plain(gold["title"]) == plain(first):
            lines += 1
            titled += plain(found.title) == plain(first)
        cut = sum(p.end - p.start for p in found.passages if p.kind == "boilerplate")
        lost, total = lost + cut, total + len(rest)
    print(
        f"news1k: {right} days right, {wrong} wrong; title {titled}/{lines}; boilerplate {lost / total:.2%}"
    )


def check_speed(data: Path) -> None:
    """CPU time of the segmentation per megabyte of text."""
    for name in ("news1k", "page_forms_dev", "seedstyle_dev"):
        texts = [p.read_bytes().decode() for p in sorted((data / name / "txt").iterdir())]
        begin = time.process_time()
        for text in texts:
            segment(text)
        taken = time.process_time() - begin
        size = sum(map(len, texts))
        print(f"speed: {name} {taken / len(texts) * 1000:.2f} ms an article, {taken / size * 1e6:.2f} s/MB")


def main(data: Path, *, verbose: bool, held_out: bool) -> None:
    """Print every figure; those of pages held out only if asked, as the weights are fitted for it."""
    if held_out:
        check_held_out(data)
        return
    check_pages(data / "pages_as_text_dev", verbose=verbose)
    check_pages(data / "page_forms_dev", verbose=verbose)
    check_dressed(data / "seedstyle_dev", verbose=verbose)
    check_news(data / "news1k")
    check_speed(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), verbose="-v" in sys.argv, held_out="--held-out" in sys.argv)
