"""Saved web pages flattened to text, a line a block and a line a text node, with their bodies laid over them.

More pages to fit and to check the segmentation on: the lines that are body are those most of whose triples
of words are in the gold body; such gold is rougher than that of pages_as_text_dev.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import html  # type: ignore[import-untyped]  # lxml has no types

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    ["head", "iframe", "noscript", "script", "select", "style", "svg", "template", "textarea"]
)
_SHARE = 0.6


def flatten(root: Any, *, nodes: bool) -> list[str]:
    """The lines of a page: its blocks, or its text nodes."""
    lines: list[str] = []
    waiting: list[str] = []

    def flush() -> None:
        line = " ".join(" ".join(waiting).split())
        waiting.clear()
        if line:
            lines.append(line)

    def add(text: str | None) -> None:
        if text:
            waiting.append(text)
            if nodes:
                flush()

    def walk(element: Any) -> None:
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            block = element.tag in BLOCKS
            if block:
                flush()
            add(element.text)
            for child in element:
                walk(child)
            if block:
                flush()
        add(element.tail)

    walk(root)
    flush()
    return lines


def body_lines(lines: list[str], body: str) -> list[int]:
    """The numbers of the lines most of whose triples of words are in the body."""
    triples = _triples(body)
    found = []
    for number, line in enumerate(lines):
        own = _triples(line)
        if own and sum(triple in triples for triple in own) > _SHARE * len(own):
            found.append(number)
    return _closed(found, lines)


def _closed(found: list[int], lines: list[str]) -> list[int]:
    """The lines with the short ones between two neighbours that are body."""
    body = set(found)
    for first, second in pairwise(found):
        if 1 < second - first <= 3 and all(len(lines[i]) < 60 for i in range(first + 1, second)):
            body.update(range(first + 1, second))
    return sorted(body)


def _triples(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+|[\u3400-\u9fff]", text.casefold())
    size = 3 if len(words) > 2 else len(words)
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)] if words else []


def flattened(data: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Gold like that of pages_as_text_dev, and the text, of each page of html_pages_dev in both forms."""
    folder = data / "html_pages_dev"
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        for gold in map(json.loads, rows):
            page = (folder / "html" / gold["file"]).read_bytes().decode("utf-8", "replace")
            root = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
            body = root.find("body")
            for nodes in (False, True):
                lines = flatten(root if body is None else body, nodes=nodes)
                title = " ".join((gold["title"] or "").split())
                yield (
                    {
                        "file": gold["file"],
                        "page": "o:" + gold["page"],
                        "form": "flat nodes" if nodes else "flat blocks",
                        "title": title or None,
                        "html_title": title,
                        "title_lines": [
                            i for i, line in enumerate(lines) if title and line.casefold() == title.casefold()
                        ],
                        "byline_lines": [],
                        "body_lines": body_lines(lines, gold["body"]),
                    },
                    "\n".join(lines),
                )
