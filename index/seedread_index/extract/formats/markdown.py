"""Markdown: front matter as metadata, the rest as it was written and seen as a reader sees it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty, not_installed
from seedread_index.extract.segmentation import Shape
from seedread_index.extract.segmentation.header.dates import metadata_date
from seedread_index.extract.segmentation.visible import seen_in

_FRONT = re.compile(r"\s*^(---|\+\+\+)[ \t]*\n(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT = 65_536
_HEADING = re.compile(r"\s*(?:#[ \t]+(?P<first>[^\n]+?)[ \t]*#*[ \t]*|(?P<under>[^\n]+)\n=+[ \t]*)(?:\n|$)")


def read_markdown(data: bytes) -> Found:
    """Read a Markdown file with or without front matter in YAML or TOML."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text[:_LONGEST_FRONT]) if text.lstrip("\ufeff \n")[:3] in {"---", "+++"} else None
    if front is None:
        return Found((Draft(text, title=_heading(text), shape=Shape.MARKDOWN),))
    body = text[front.end() :]
    fields = _front_matter(front[1], front[2] or "")
    if isinstance(fields, Found):
        return fields
    if fields is None:
        return broken("has front matter that cannot be parsed; the text after it is read", Draft(body))
    title = _line(fields, "title", "headline") or _heading(body)
    if not body.strip() and not title:
        return empty()
    return Found(
        (
            Draft(
                body,
                title=title,
                date=next(
                    (
                        d
                        for n in ("date", "published", "pubdate", "created")
                        if (d := metadata_date(fields.get(n)))
                    ),
                    None,
                ),
                author=_line(fields, "author", "authors", "byline"),
                source=_line(fields, "source", "publisher", "site"),
                lang=_line(fields, "lang", "language", "locale"),
                shape=Shape.MARKDOWN,
            ),
        )
    )


def _heading(text: str) -> str | None:
    """The heading of the first level that a text opens with, as a reader sees it."""
    heading = _HEADING.match(text)
    return seen_in(heading["first"] or heading["under"]) if heading else None


def _front_matter(fence: str, source: str) -> dict[str, Any] | Found | None:
    """The fields of front matter; None where it cannot be parsed."""
    if fence == "+++":
        try:
            return tomllib.loads(source)
        except (ValueError, RecursionError):
            return None
    try:
        import yaml
    except ImportError:
        return not_installed("reading front matter")
    try:
        loaded = yaml.safe_load(source)
    except (*HOSTILE, yaml.YAMLError):
        return None
    return {str(key).casefold(): value for key, value in loaded.items()} if isinstance(loaded, dict) else None


def _line(fields: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = ", ".join(one for one in value[:6] if isinstance(one, str))
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return seen_in(str(value))
    return None
