"""Exports of ProQuest: `Document 1 of 2`, a headline, and labelled paragraphs with the text among them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import OF_EXPORT
from seedread_index.extract.records.exports.pieces import blocks, day_in, labelled, parted, unwrapped
from seedread_index.text.word_lists import listed

_START = re.compile(r"^[ \t]*(?:Document|Dokument|Documento) \d+ (?:of|von|de|di) \d+[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"_{10,}|-{20,}")
_TEXTS = frozenset(("full text", "volltext", "texte intégral", "texto completo"))
_LABELS = listed(
    "author title subject location company people classification publication publisher place"
    " country issn language document copyright database last identifier volume issue pages section"
    " source proquest number links abstract credit persons year supplement isbn eissn"
)
_NONE = ("none available", "not available")


def proquest_articles(text: io.TextIOBase) -> Iterator[Draft]:
    """The articles of an export."""
    for number, part in enumerate(parted(text, _START)):
        if number and (draft := _article(part, str(number))) is not None:
            yield draft


def _article(text: str, part: str) -> Draft | None:
    title: str | None = None
    fields: dict[str, str] = {}
    body: list[str] = []
    inside = False
    for block in blocks(text):
        if _RULE.match(block):
            if fields:
                break
            continue
        label = labelled(block)
        if label and label[0] in _TEXTS:
            inside = True
            if label[1]:
                body.append(label[1])
        elif label and label[0].split()[0] in _LABELS and len(label[0].split()) <= 4:
            inside = False
            fields.setdefault(label[0], label[1])
        elif inside:
            body.append(unwrapped(block))
        elif title is None and not fields:
            title = unwrapped(block)
    abstract = fields.get("abstract", "")
    if not body and abstract and not abstract.casefold().startswith(_NONE):
        body = [abstract]
    if not body and not title:
        return None
    info = fields.get("publication info", "")
    date = day_in(fields.get("publication date", "")) or day_in(info)
    source = fields.get("publication title") or info
    return Draft(
        "\n\n".join(body),
        part=part,
        title=title or fields.get("title"),
        date=date,
        author=fields.get("author"),
        source=source.partition(";")[0].strip() or None,
        section=fields.get("section"),
        part_id=fields.get("proquest document id") or fields.get("document id"),
        provenance=OF_EXPORT,
    )
