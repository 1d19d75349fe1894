"""Fit the two linear models of the segmentation of pages, and cross-validate them in halves by page.

One tells how likely a block is the article's, the other how likely a line above it is the headline. Run as
`python benchmarks/fit_segmentation.py DATA [CHECKOUT…] [--write]`: DATA holds pages_as_text_dev,
page_forms_dev and html_pages_dev. The weights that are shipped were fitted with checkouts of htmldate and of
trafilatura, whose pages have titles (benchmarks/titled_pages.py); only the second model learns from them.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from flattened_pages import flattened
from titled_pages import plain as words_in
from titled_pages import titled

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.header.candidates import candidates
from seedread_index.extract.segmentation.header.header import prose_start
from seedread_index.extract.segmentation.header.page_headline import FEATURES as HEADLINE
from seedread_index.extract.segmentation.header.page_headline import choose, rates_of
from seedread_index.extract.segmentation.header.page_headline import features as headline_features
from seedread_index.extract.segmentation.likelihood import FEATURES, features
from seedread_index.extract.segmentation.page import best_stretch
from seedread_index.extract.segmentation.runs import blocks_of
from seedread_index.extract.segmentation.segment import is_page

WEIGHTS = Path(__file__).parents[1] / "index/seedread_index/extract/segmentation/weights.json"
SETS = ("pages_as_text_dev", "page_forms_dev")
RIDGE, HEADLINE_RIDGE = 4.0, 2.0
_PRIOR = {
    "topic": 3.0, "words": 1.5, "quoted": 0.7, "repeated": 0.7, "said_again": 1.0, "before_date": 1.0,
    "before_byline": 0.8, "first_heading": 1.5, "heading": 0.5, "few": -1.0, "one": -1.5, "period": -1.5,
    "below": -2.0, "many": -1.0, "linked": -1.0, "bars": -1.0, "family": -1.0, "between": -1.0,
    "far_above": -1.5, "bullet": -1.5, "sentences": -1.0, "nearest": 0.3, "after_date": 0.5, "lead": 1.0,
    "open_sentence": -1.5, "page_name": 2.0, "below_headline": -2.0, "dense": -1.5, "marked": -1.5,
    "outdented": 2.0, "apart": 1.5, "writer": 1.2, "after_label": -1.0,
}  # fmt: skip
"""What is known of headlines before any page is seen; the fit keeps near it."""

_NO_HEADLINE = 0.3
"""Pages without a line that is their title count less: the line found often is another form of it."""


_TITLED = 0.3
"""Pages of which the title alone is known count so much: that gold is rougher, and there are more of them."""


@dataclass
class Page:
    """A page with its gold, laid over its blocks."""

    folder: str
    gold: dict[str, Any]
    text: str
    blocks: list[Block]
    values: np.ndarray
    share: np.ndarray
    weight: np.ndarray
    key: str


def load(data: Path) -> list[Page]:
    """The pages of both sets."""
    pages = []
    for folder in SETS:
        for line in (data / folder / "gold.jsonl").open(encoding="utf-8"):
            gold = json.loads(line)
            text = (data / folder / "txt" / gold["file"]).read_text(encoding="utf-8")
            pages.append(page_of(folder, gold, text))
    known = {page.key for page in pages}
    for gold, text in flattened(data):
        if gold["body_lines"]:
            page = page_of("html_pages_dev", gold, text)
            page.gold["form"] += " (seen)" if page.key in known else ""
            pages.append(page)
    return pages


def load_titled(checkouts: list[Path]) -> list[Page]:
    """The whole pages of the checkouts."""
    pages = [page_of("titled", gold, text) for gold, text in titled(checkouts)]
    return [page for page in pages if is_page(page.blocks)]


def page_of(folder: str, gold: dict[str, Any], text: str) -> Page:
    """A page's blocks with how much of each is body."""
    _, blocks = blocks_of(text)
    mark = np.zeros(len(text) + 1)
    skip = np.zeros(len(text) + 1)
    at = 0
    body, other = set(gold["body_lines"]), set(gold["title_lines"]) | set(gold["byline_lines"])
    for number, line in enumerate(text.split("\n")):
        mark[at : at + len(line)] = number in body
        skip[at : at + len(line)] = number in other
        at += len(line) + 1
    share = np.array([mark[b.start : b.end].mean() for b in blocks])
    weight = np.array([(b.end - b.start) * (1 - skip[b.start : b.end].mean()) for b in blocks], dtype=float)
    weight = np.minimum(weight, 1500) + 25 * (weight > 0)
    values = np.array(features(blocks))
    return Page(folder, gold, text, blocks, values, share, weight / weight.sum(), gold["page"].split("-")[0])


def headline_rows(page: Page, beta: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Features of the headline's candidates, and which of them say the gold title."""
    first, last = stretch(page, beta)
    first = prose_start(page.blocks, first, last)
    found = candidates(page.blocks, first)
    rows = headline_features(page.blocks, first, last, found)
    right = np.array([float(_says(page.blocks[i].text, page.gold)) for i in found])
    return np.array(rows), right, found


def _says(text: str, gold: dict[str, Any]) -> bool:
    """Whether a line is the gold title; of a page without one, whether it says nearly what its name says."""
    if gold.get("titled"):
        return words_in(text) == words_in(gold["title"])
    if gold["title_lines"] or not gold.get("html_title"):
        return plain(text) == plain(gold["title"] or "")
    own, name = set(plain(text).split()), set(plain(gold["html_title"]).split())
    return len(own) > 1 and 2 * len(own & name) >= len(own | name)


def plain(text: str) -> str:
    """A text for comparison."""
    return " ".join(text.split()).casefold()


def fit_headline(pages: list[Page], beta: np.ndarray, ridge: float = HEADLINE_RIDGE) -> np.ndarray:
    """Weights of a choice among a page's candidates and none of them, which rates 0; the last is the bias.

    The likelihood is climbed by steps that each weight scales by how steep it has been (Adam).
    """
    rows_of = [(headline_rows(page, beta), _TITLED if page.folder == "titled" else 1.0) for page in pages]
    tables = [
        (rows, right, weight)
        for (rows, right, found), weight in rows_of
        if found and (weight == 1 or right.any())
    ]
    x = np.vstack([np.hstack([rows, np.ones((len(rows), 1))]) for rows, _, _ in tables])
    y = np.concatenate([right for _, right, _ in tables])
    sizes = np.array([len(right) for _, right, _ in tables])
    weights = np.repeat(np.array([weight for _, _, weight in tables]), sizes)
    starts = np.cumsum(sizes) - sizes
    known = np.repeat(np.add.reduceat(y, starts) > 0, sizes)
    prior = np.array([*(_PRIOR.get(name, 0.0) for name in HEADLINE), -1.5])
    penalty = np.full(len(prior), ridge)
    penalty[-1] = 0
    theta, pace, steep = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, 401):
        rates = np.exp(np.clip(x @ theta, -30, 30))
        chance = rates / np.repeat(1 + np.add.reduceat(rates, starts), sizes)
        wanted = chance * y
        total = np.repeat(np.add.reduceat(wanted, starts), sizes)
        push = np.where(known, wanted / np.where(total > 0, total, 1) - chance, -_NO_HEADLINE * chance)
        slope = x.T @ (weights * push) - penalty * (theta - prior)
        pace, steep = 0.9 * pace + 0.1 * slope, 0.99 * steep + 0.01 * slope**2
        rate = 0.1 if step <= 150 else 0.03 if step <= 300 else 0.01
        theta = theta + rate * pace / (1 - 0.9**step) / (np.sqrt(steep / (1 - 0.99**step)) + 1e-9)
    return theta


def headline_score(page: Page, beta: np.ndarray, theta: np.ndarray) -> tuple[bool, bool]:
    """Whether the headline chosen is right, and whether it is wrong and sure."""
    rows, _, found = headline_rows(page, beta)
    if not found:
        return False, False
    best = choose(page.blocks, found, rates_of(rows.tolist(), theta[-1], theta[:-1].tolist()))
    if best is None:
        return False, False
    title = plain(page.blocks[best].text)
    sure = True
    alternatives = {plain(page.gold["title"] or ""), plain(page.gold["html_title"] or "")} - {""}
    near = any(title in other or other in title for other in alternatives)
    return bool(sure and page.gold["title_lines"] and title == plain(page.gold["title"])), bool(
        sure and not near
    )


def titles(pages: list[Page], found: list[tuple[bool, bool]]) -> str:
    """Right titles of those that are a line, and wrong ones that are sure, by set."""
    words = []
    for folder in (*SETS, "html_pages_dev"):
        mine = [(p, f) for p, f in zip(pages, found, strict=True) if p.folder == folder]
        lines = sum(bool(p.gold["title_lines"]) for p, _ in mine)
        words.append(
            f"{folder} {sum(f[0] for _, f in mine)}/{lines}, wrong {sum(f[1] for _, f in mine)}/{len(mine)}"
        )
    return "; ".join(words)


def fit(pages: list[Page], ridge: float = RIDGE) -> np.ndarray:
    """Weights of the logistic model by Newton's method; the last one is the bias."""
    x = np.vstack([p.values for p in pages])
    x = np.hstack([x, np.ones((len(x), 1))])
    y = np.concatenate([p.share for p in pages])
    w = np.concatenate([p.weight for p in pages]) * 100
    return newton(x, y, w, ridge)


def newton(x: np.ndarray, y: np.ndarray, w: np.ndarray, ridge: float) -> np.ndarray:
    """Weights of a ridge logistic regression by Newton's method."""
    beta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-3
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (y - p)) - penalty * beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def stretch(page: Page, beta: np.ndarray) -> tuple[int, int]:
    """The article's first block and the one after its last."""
    likely = 1 / (1 + np.exp(-np.clip(page.values @ beta[:-1] + beta[-1], -30, 30)))
    return best_stretch(page.blocks, list(likely))


def score(page: Page, beta: np.ndarray) -> float:
    """F1 of the best stretch alone, by characters of lines as the sets define it."""
    first, last = stretch(page, beta)
    return line_score(page, [(b.start, b.end) for b in page.blocks[first:last]])


def line_score(page: Page, spans: list[tuple[int, int]]) -> float:
    """F1 of lines, most of whose characters are in the spans."""
    mark = bytearray(len(page.text) + 1)
    for start, end in spans:
        mark[start:end] = b"\1" * (end - start)
    gold = set(page.gold["body_lines"])
    skip = set(page.gold["title_lines"]) | set(page.gold["byline_lines"])
    at = both = extra = missed = 0
    for number, line in enumerate(page.text.split("\n")):
        solid = sum(not c.isspace() for c in line)
        got = solid > 0 and 2 * sum(mark[at + i] for i, c in enumerate(line) if not c.isspace()) > solid
        at += len(line) + 1
        if number in skip:
            continue
        both += len(line) * (got and number in gold)
        extra += len(line) * (got and number not in gold)
        missed += len(line) * (not got and number in gold)
    precision, recall = both / max(1, both + extra), both / max(1, both + missed)
    return 2 * precision * recall / max(1e-9, precision + recall)


def by_set(pages: list[Page], scores: list[float]) -> str:
    """Mean scores by set and form."""
    groups: dict[str, list[float]] = {}
    for page, value in zip(pages, scores, strict=True):
        groups.setdefault(page.folder, []).append(value)
        if "form" in page.gold:
            groups.setdefault(page.gold["form"], []).append(value)
    return " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(groups.items()))


def check_titled(pages: list[Page], more: list[Page], beta: np.ndarray) -> None:
    """Right and wrong titles of both halves of the pages with titles, each with weights fitted without it."""
    halves = [[p for p in more if bool(zlib.crc32(p.key.encode()) & 4) == side] for side in (False, True)]
    for name, known, held_out in (("A", halves[1], halves[0]), ("B", halves[0], halves[1])):
        theta = fit_headline(pages + known, beta)
        found = [headline_score(page, beta, theta) for page in held_out]
        right, wrong = (sum(one[i] for one in found) / max(1, len(found)) for i in (0, 1))
        print(f"held out    {name} of the pages with titles: right {right:.3f}, wrong {wrong:.3f}")


def main(data: Path, checkouts: list[Path], *, write: bool) -> None:
    """Fit on all, cross-validate in two halves by page, print figures, write the weights if asked."""
    pages, more = load(data), load_titled(checkouts)
    beta = fit(pages)
    check_titled(pages, more, beta)
    theta = fit_headline(pages + more, beta)
    print("fit on all ", by_set(pages, [score(p, beta) for p in pages]))
    print("   titles  ", titles(pages, [headline_score(p, beta, theta) for p in pages]))
    for turn in range(3):
        names = sorted({p.key for p in pages})
        np.random.default_rng(turn).shuffle(names)
        half = set(names[: len(names) // 2])
        one, two = fit([p for p in pages if p.key in half]), fit([p for p in pages if p.key not in half])
        print("held out   ", by_set(pages, [score(p, two if p.key in half else one) for p in pages]))
        heads = [
            fit_headline([p for p in pages if (p.key in half) == side] + more, weights)
            for side, weights in ((True, one), (False, two))
        ]
        found = [headline_score(p, *((two, heads[1]) if p.key in half else (one, heads[0]))) for p in pages]
        print("   titles  ", titles(pages, found))
    if write:
        model = {
            "about": "logistic weights of likelihood.py, fitted by benchmarks/fit_segmentation.py on"
            " pages_as_text_dev, page_forms_dev and html_pages_dev; a page weighs 1, its blocks by"
            " characters",
            "bias": round(float(beta[-1]), 4),
            "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, beta, strict=False)},
            "headline": {
                "about": "weights of page_headline.py, fitted on the same and, at 0.3 each, on pages of the"
                " tests of htmldate and trafilatura as text",
                "bias": round(float(theta[-1]), 4),
                "weights": {n: round(float(v), 4) for n, v in zip(HEADLINE, theta, strict=False)},
            },
        }
        WEIGHTS.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    first, *others = (Path(word) for word in sys.argv[1:] if word != "--write")
    main(first, others, write="--write" in sys.argv)
