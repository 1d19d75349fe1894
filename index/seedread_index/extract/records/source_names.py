"""Where the article of a record comes from: the name of a source, else a host, and the page's address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from seedread_index.extract.records.values import address_of, host_of, line_of

_LONGEST_NAME = 120
_PROGRAM = re.compile(r"\s*<a\s[^>]*\brel=[\"']nofollow")
"""Twitter names the program that a tweet was sent with as its source, in a link."""
_OWN = re.compile(r"self\.\w+")
"""Reddit's domain of a post that is no link."""

Candidates = Sequence[tuple[int, str, Any]]
"""How surely each value is a field, 0 the surest; its key, and the value."""


def source_of(candidates: Candidates, holds_articles: Callable[[Any], bool]) -> tuple[str, str | None]:
    """The key and the name of the source; a host, and that of an address, only where there is no name."""
    hosts: list[tuple[str, str | None]] = []
    for _, key, value in candidates:
        if isinstance(value, str) and (_PROGRAM.match(value) or _OWN.fullmatch(value)):
            continue
        within = isinstance(value, list) or (
            isinstance(value, dict) and {"text", "body", "content"} & value.keys()
        )
        name = None if within and holds_articles(value) else line_of(value)
        if host := host_of(name):
            hosts.append((key, host))
        elif (
            name
            and len(name) <= _LONGEST_NAME
            and not (key == "name" and name.isidentifier() and name.islower())
        ):
            return key, name
    return hosts[0] if hosts else ("", None)


def without_source(title: str, source: str | None) -> str:
    """A title without the name of its source behind a dash or bar, as pages and search engines write it."""
    if not source or not title.casefold().endswith(source.casefold()):
        return title
    before = title[: -len(source)].rstrip()
    return (
        before[:-1].rstrip() if len(before) > 2 and before[-2].isspace() and before[-1] in "-–—|·" else title
    )


def page_of(candidates: Candidates) -> tuple[str, str | None]:
    """The key and the address of a page that stands where the source is named, as clippers of notes write it.

    The address of a site without a path is no page.
    """
    for _, key, value in candidates:
        address = address_of(value) if isinstance(value, str) else None
        if address and host_of(address) and urlsplit(address).path.strip("/"):
            return key, address
    return "", None
