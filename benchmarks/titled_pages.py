"""Saved web pages with a title that is one of their headings, as text in one of four forms each.

The pages are those of the tests of htmldate and trafilatura (both Apache 2.0), from checkouts of
https://github.com/adbar/htmldate and https://github.com/adbar/trafilatura; none is part of this project. A
page is a line a block, a line a text node, or what w3m or lynx prints of it, by the checksum of its name.
Their gold is rougher than that of pages_as_text_dev: now and then it is the name of the site.
"""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flattened_pages import BLOCKS
from lxml import etree, html  # type: ignore[import-untyped]  # lxml has no types

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.web import header
from seedread_index.extract.web.metadata import draft_of

FOLDERS = ("eval", "test_set")
FORMS = ("strings", "w3m", "lynx", "blocks")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*>")
_BROWSERS = {
    "w3m": "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 80",
    "lynx": "lynx -dump -nolist -stdin -assume_charset=utf-8 -display_charset=utf-8 -width=80 -force_html",
}
_MOST_HEADINGS, _LEAST_TITLE = 60, 6


def plain(text: str) -> str:
    """A title for comparison: its words."""
    return re.sub(r"\W+", " ", text.casefold().replace("\xad", "")).strip()


def title_of(page: str) -> str | None:
    """The title of a page if one of its headings is the same."""
    tree = html.fromstring(page)
    headings = [header.all_text(heading) for heading in tree.iter("h1", "h2", "h3", "h4")][:_MOST_HEADINGS]
    title = " ".join((draft_of(tree, "x").title or "").split())
    same = any(title.casefold() == heading.casefold() for heading in headings)
    return title if same and len(title) >= _LEAST_TITLE else None


def text_of(page: str, form: str) -> str:
    """A page as text."""
    if form in _BROWSERS:
        run = subprocess.run(
            _BROWSERS[form].split(),
            input=page.encode("utf-8", "replace"),
            capture_output=True,
            timeout=30,
            check=False,
        )
        return run.stdout.decode("utf-8", "replace")
    tree = html.fromstring(page)
    for element in tree.xpath("//script|//style|//noscript|//template"):
        element.drop_tree()
    if form == "strings":
        return "\n".join(piece.strip() for piece in tree.itertext() if piece.strip())
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


def titled(checkouts: list[Path]) -> Iterator[tuple[dict[str, Any], str]]:
    """Gold like that of pages_as_text_dev, without a body, and the text of each page that has its title."""
    found: dict[str, Path] = {}
    for folder in (checkout / "tests" / name for checkout in checkouts for name in FOLDERS):
        for path in sorted(folder.glob("*")):
            found.setdefault(path.name, path)
    for name, path in found.items():
        decoded = decode(path.read_bytes())
        if decoded is None:
            continue
        page = _PROLOGUE.sub("", decoded.text)
        form = FORMS[zlib.crc32(name.encode()) % len(FORMS)]
        try:
            title = title_of(page)
            text = text_of(page, form) if title else ""
        except (etree.LxmlError, ValueError, subprocess.TimeoutExpired):
            continue
        if title and plain(title) in plain(text):
            yield (
                {
                    "file": name,
                    "page": name,
                    "form": form,
                    "titled": True,
                    "title": title,
                    "html_title": title,
                    "title_lines": [0],
                    "byline_lines": [],
                    "body_lines": [],
                },
                text,
            )
