"""The articles of a newspaper database's export, whatever file format it came in.

A text is recognised by its lines; a web page by Europresse's classes, or by its text as any other.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from seedread_index.extract.decoding.source import with_line_feeds
from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import OF_EXPORT
from seedread_index.extract.records.exports.library import BEGIN_OF_EBSCO, END_OF_LIBRARY
from seedread_index.extract.records.exports.pieces import (
    END_OF_DOCUMENT,
    END_OF_GENIOS,
    Piece,
    blocks,
    day_in,
    parted,
    unwrapped,
)
from seedread_index.extract.records.identity import identified
from seedread_index.extract.segmentation.header.labels import read_labels
from seedread_index.extract.web.plain_text import text_of

_SIGNS = re.compile(
    r"(?P<nexis>^[ \t]*\d+ (?:of|von|de|van|di) \d+ (?:DOCUMENT|DOKUMENT|DOCUMENTO)[A-Z]*[ \t]*$)"
    rf"|(?P<uni>^[ \t]*{END_OF_DOCUMENT}[ \t]*$)"
    r"|(?P<proquest>^[ \t]*(?:Document|Dokument|Documento) \d+ (?:of|von|de|di|sur) \d+[ \t]*$)"
    r"|(?P<europresse>^[ \t]*(?:\w[\w ]{2,24} ?: ?)?news[·\u2024]\d{8}[·\u2024][A-Z]+[·\u2024]\w+[ \t]*$)"
    rf"|(?P<ebsco>{BEGIN_OF_EBSCO})|(?P<library>{END_OF_LIBRARY})"
    r"|(?P<factiva>^[ \t]*(?:AN[ \t]+)?(?:Document|Dokument|Documento) [A-Z0-9]{8,}[a-z0-9]{5,}[ \t]*$)",
    re.MULTILINE,
)
_GENIOS = re.compile(END_OF_GENIOS, re.MULTILINE)
_IN_SIGNS = (
    "Alle Rechte vorbehalten:",
    "ocument",
    "okument",
    "OCUMENT",
    "OKUMENT",
    "news·",
    "news\u2024",
    "Record: ",
    "Record Number",
)
"""What every sign holds one of, which is found much faster than the signs."""

_EUROPRESSE = re.compile(r"^.*news[·\u2024.]\d{8}[·\u2024.][A-Z]+[·\u2024.]\w+[ \t]*$", re.MULTILINE)
_PAPER = re.compile(r"<(?:span|div)[^>]{0,80}class=[\"'][^\"']*DocPublicationName", re.IGNORECASE)
_HEADER = re.compile(
    r"<(span|div)[^>]{0,80}class=[\"'][^\"']*DocHeader[^\"']*[\"'][^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL
)
_TITLE = re.compile(
    r"<(span|p|div|h1)[^>]{0,80}class=[\"'][^\"']*TitreArticle[^\"']*[\"'][^>]*>", re.IGNORECASE
)
_END = re.compile(
    r"(?:©|&copy;|Numéro de document|Num&eacute;ro de document|Document number|Ce certificat est émis"
    r"|This certificate is issued|class=[\"']publiC-lblNodoc)",
    re.IGNORECASE,
)
_PAPER_AND_PAGE = re.compile(r"[^\n•]{2,80} • (?:p\. ?\S+ • )?\d[\d\s]* (?:mots|words)$")
"""Below the day, in PDF: the paper, the page and the length."""
_NUMBER = re.compile(r"news[·\u2024.]\d{8}[·\u2024.][A-Z]+[·\u2024.]\w+")
_PAGE_SIGNS = re.compile(
    r"DOCUMENTS?\s*<|Document \d+ of \d+|(?:class=[\"']article \w{2}Article|<title>\s*Factiva)|LXNComment"
    rf"|{END_OF_DOCUMENT}|Dokumentnummer.{{0,600}}Alle Rechte vorbehalten: ?(?:\(c\)|©)"
    r"|(?-i:\bAN\b.{0,80}Document [A-Z]{3})",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 60
_OF_USER = re.compile(
    r"(?:Ce document est destiné|This document is intended|Le présent (?:document|certificat)|Tous droits)"
)
_MOST_HEAD = 3
_ANY_LABEL = r"[^\W\d_][\w /-]{1,28}(?:\(s\))?[ \t]*[:=：]"
_FIRST_LABEL = re.compile(rf"\s*(?P<label>{_ANY_LABEL})[^\n]*\n\s*(?P<second>{_ANY_LABEL})")
_RULE = re.compile(r"(?:^|\n)[ \t]*[-=_*#~]{3,}[ \t]*\Z")


def articles_of_export(text: str) -> tuple[Draft, ...]:
    """The articles of an export that is held whole; none where a text is not an export."""
    return tuple(read_export(text, io.StringIO(with_line_feeds(text))))


def is_export(head: str) -> bool:
    """Whether a text begins as an export with an article does."""
    return (
        _may_be_export(head) and next(_articles(head, io.StringIO(with_line_feeds(head))), None) is not None
    )


def has_sign(text: str) -> bool:
    """Whether a line of a text is one that a database puts into its exports alone."""
    may_have = any(word in text for word in _IN_SIGNS)
    return may_have and bool(_SIGNS.search(text) or _GENIOS.search(text))


def read_export(head: str, text: io.TextIOBase) -> Iterator[Draft]:
    """The articles of a text of which the head tells what it is, one after the other."""
    yield from identified(_articles(head, text))


def _may_be_export(head: str) -> bool:
    return any(word in head for word in _IN_SIGNS) or _FIRST_LABEL.match(head) is not None


def _articles(head: str, text: io.TextIOBase) -> Iterator[Draft]:
    if not _may_be_export(head):
        return
    head = with_line_feeds(head)
    if "Dokumentnummer" in head and _GENIOS.search(head):
        from seedread_index.extract.records.exports.genios import genios_articles

        yield from genios_articles(text)
        return
    found = _SIGNS.search(head)
    if found is None:
        if (start := _label_start(head)) and len(start.findall(head)) > 1:
            yield from _labelled_pieces(text, start)
        return
    if found["nexis"] or found["uni"]:
        from seedread_index.extract.records.exports.nexis import nexis_articles

        yield from nexis_articles(text, uni=bool(found["uni"]))
    elif found["proquest"]:
        from seedread_index.extract.records.exports.proquest import proquest_articles

        yield from proquest_articles(text)
    elif found["ebsco"] or found["library"]:
        from seedread_index.extract.records.exports.library import library_articles

        yield from library_articles(text, ebsco=bool(found["ebsco"]))
    elif found["europresse"]:
        yield from _europresse_text(text)
    else:
        from seedread_index.extract.records.exports.factiva import factiva_articles

        yield from factiva_articles(head, text)


def _label_start(head: str) -> re.Pattern[str] | None:
    """What each of several articles begins with, where the first has a block of labels with its title in it.

    It is the same two labels in lines of their own, below a blank line or a rule.
    """
    found = _FIRST_LABEL.match(head)
    labels = read_labels(head, 0) if found else None
    if found is None or labels is None or labels.title is None or not (labels.date or labels.source):
        return None
    first, second = re.escape(found["label"]), re.escape(found["second"])
    return re.compile(
        rf"(?:\A\s*|\n[ \t]*(?:[-=_*#~]{{3,}}[ \t]*)?\n(?:[ \t]*\n)*[ \t]*)(?={first}[^\n]*\n\s*{second})"
    )


def _labelled_pieces(text: io.TextIOBase, start: re.Pattern[str]) -> Iterator[Draft]:
    """The articles of a text each of which begins with the same labels."""
    pieces = (_RULE.sub("", piece.rstrip()) for piece in parted(text, start))
    for number, piece in enumerate(filter(str.strip, pieces), 1):
        yield Draft(piece, part=str(number))


def _europresse_text(text: io.TextIOBase) -> Iterator[Draft]:
    """The articles of a text copied from Europresse: the paper, a line with the day, the rest."""
    for number, part in enumerate(parted(text, _EUROPRESSE), 1):
        found = [block for block in blocks(part) if not _OF_USER.match(block)]
        stop = next((i for i, block in enumerate(found) if block.startswith("©")), len(found))
        paper = next((i for i, block in enumerate(found[:stop]) if _PAPER_AND_PAGE.match(block)), 0)
        head = range(max(paper - 1, 0), max(paper, _MOST_HEAD))
        dated = next((i for i in head if i < stop and day_in(found[i].split("\n")[-1])), None)
        title = (paper or dated or 0) + 1
        if dated is None or title >= stop:
            continue
        above = "\n".join(found[: dated + 1]).split("\n")
        piece = Piece(
            source=found[paper].split(" • ")[0] if paper else above[0] if above[1:] else None,
            date=day_in(above[-1]),
            title=unwrapped(found[title]),
        )
        piece.body = [unwrapped(block) for block in found[title + 1 : stop]]
        if len(piece.body) > 1 and len(piece.body[0]) <= _LONGEST_NAME and piece.body[0][-1] not in ".!?:":
            piece.author = piece.body.pop(0)
        yield piece.draft(number)


def articles_of_page(markup: str) -> tuple[Draft, ...]:
    """The articles of an export that is a web page; none where a page is no export."""
    if _PAPER.search(markup):
        return tuple(identified(_europresse(markup)))
    return articles_of_export(_lines(markup)) if _PAGE_SIGNS.search(markup) else ()


def _lines(markup: str) -> str:
    """The text of a page, with a table's labels and their values on one line."""
    text = text_of(
        re.sub(r"</td>\s*<td[^>]*>(?=\s*(?:<br/?>|<p\b[^>]*>|\s)*)", " &#1; ", markup, flags=re.IGNORECASE)
    )
    return re.sub(r"^[ \t]*(?:\n[ \t]*)*([A-Z]{2,3})\s*\x01\s*", r"\1 ", text, flags=re.MULTILINE).replace(
        "\x01", ""
    )


def _europresse(markup: str) -> Iterator[Draft]:
    starts = [match.start() for match in _PAPER.finditer(markup)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(markup)], strict=True), 1):
        piece = markup[start:end]
        title = _TITLE.search(piece)
        if title is None:
            continue
        heads = [text_of(match[2]) for match in _HEADER.finditer(piece)]
        closing = _closing(piece, title)
        rest = piece[closing:]
        stop = _END.search(rest)
        paragraphs = [
            one for one in text_of(rest[: stop.start() if stop else None]).split("\n") if one.strip()
        ]
        author = None
        if len(paragraphs) > 1 and len(paragraphs[0]) <= _LONGEST_NAME and paragraphs[0][-1] not in ".!?:":
            author = paragraphs.pop(0)
        paper = re.match(r"[^<]*<[^>]*>(.*?)</(?:span|div)>", piece[: title.start()], re.DOTALL)
        identity = _NUMBER.search(piece)
        yield Draft(
            "\n\n".join(paragraphs),
            part=str(number),
            title=" ".join(text_of(piece[title.end() : closing]).split()) or None,
            date=day_in(" ".join(heads)) or day_in(text_of(piece[: title.start()])[:300]),
            author=author,
            source=re.sub(r",? no\.? .*$", "", " ".join(text_of(paper[1]).split())) if paper else None,
            part_id=identity[0] if identity else None,
            provenance=OF_EXPORT,
        )


def _closing(piece: str, title: re.Match[str]) -> int:
    """Where the element of a headline ends, elements of its name inside it counted."""
    depth = 1
    for match in re.finditer(rf"<(/?){title[1]}\b[^>]*>", piece[title.end() :], re.IGNORECASE):
        depth += -1 if match[1] else 1
        if depth == 0:
            return title.end() + match.start()
    return title.end()
