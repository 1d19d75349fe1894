"""Exports of LexisNexis: the classic download, in text and HTML, and Nexis Uni's, in Word and RTF."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.records.exports.pieces import (
    END_OF_DOCUMENT,
    Piece,
    blocks,
    day_in,
    labelled,
    parted,
    unwrapped,
)
from seedread_index.text.word_lists import listed

_CLASSIC = re.compile(
    r"^[ \t]*\d+ (?:of|von|de|van|di) \d+ (?:DOCUMENT|DOKUMENT|DOCUMENTO)[A-Z]*[ \t]*$", re.MULTILINE
)
_UNI_END = re.compile(rf"^[ \t]*{END_OF_DOCUMENT}[ \t]*$", re.MULTILINE)
_AUTHOR = listed("byline author autor auteur autore by")
_SECTION = listed("section rubrik rubrique ressort sección seccion sezione seção secção rubriek teil")
_LENGTH = listed("length länge longueur lengte lunghezza longitud")
_HEADLINE = listed("headline titel titre")
_AFTER = listed(
    "load-date language publication-type graphic journal-code subject organization industry person"
    " geographic country company ticker load sprache update langue date-chargement"
    " type-de-publication pub-type classification series notes correction-date idioma lingua taal tipo"
    " fecha-carga fecha-de-carga tipo-de-publicación laaddatum ladedatum grafik graphique gráfico"
)
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)|Alle Rechte|All Rights Reserved|Tous droits)", re.IGNORECASE)
_UNI_BODY = listed("body text haupttext corps volltext cuerpo texto texte corpo testo tekst hoofdtekst")
_UNI_BELOW = listed(
    "classification klassifizierung clasificación classificazione classificação classificatie"
)
"""The heading of the subjects below a text."""

BELOW_TEXT = re.compile(
    r"(?:Load-Date|Graphic|Classification|Language|Publication-Type|Date de chargement|Langue|Fecha de carga"
    r"|Idioma|Ladedatum|Grafik|Klassifizierung|Sprache|Graphique|Gráfico|Clasificación|Data di caricamento"
    r"|Lingua|Data de carga|Laaddatum|Taal)\s?:"
)
_LONGEST_DAY = 10
"""The line with the day has at most so many words."""


def nexis_articles(text: io.TextIOBase, *, uni: bool) -> Iterator[Draft]:
    """The articles of an export; what stands before the first of them is the export's own head."""
    if uni:
        pieces = (_uni(before) for before, _ in itertools.pairwise(parted(text, _UNI_END)))
    else:
        pieces = (_classic(part) for part in itertools.islice(parted(text, _CLASSIC), 1, None))
    for number, piece in enumerate(pieces, 1):
        if piece is not None:
            yield piece.draft(number)


def _classic(text: str) -> Piece | None:
    """One document: paper, day, headline, labelled lines, text, labelled lines, copyright."""
    piece = Piece()
    head: list[str] = []
    state = "head"
    for block in blocks(text):
        label = labelled(block)
        if state == "after" or _copyright(block):
            continue
        if label and _known(label[0], block):
            state = _take(piece, *label, state)
        elif state == "head":
            head.append(block)
        elif state == "labels":
            if piece.title is None and not head:
                head.append(block)
            else:
                piece.body.append(unwrapped(block))
        else:
            piece.body.append(unwrapped(block))
    _masthead(piece, head)
    return piece if piece.title or piece.body else None


def _copyright(block: str) -> bool:
    return _COPYRIGHT.match(block) is not None and len(block) < 300


def _known(label: str, block: str) -> bool:
    """Whether a label is one of the database's: in capitals, and of its words."""
    name = block.partition(":")[0]
    if name.upper() != name:
        return False
    first = label.split(maxsplit=1)[0]
    return first in _AUTHOR | _SECTION | _LENGTH | _HEADLINE | _AFTER | {
        "dateline",
        "highlight",
        "url",
        "kicker",
    }


def _take(piece: Piece, label: str, value: str, state: str) -> str:
    first = label.split(maxsplit=1)[0]
    if first in _AUTHOR:
        piece.author = value or None
    elif first in _SECTION:
        piece.section = value or None
    elif first in _HEADLINE:
        piece.title = value or None
    elif first == "url":
        piece.url = value if value.startswith("http") else None
    elif first == "highlight":
        piece.body.append(value)
    elif first in _LENGTH:
        return "body"
    elif first in _AFTER:
        return "after" if piece.body else "labels"
    return "body" if state == "body" else "labels"


def _masthead(piece: Piece, head: list[str]) -> None:
    """Read the paper, the day and the headline above the labels."""
    for place, block in enumerate(head):
        if day := day_in(block):
            piece.date = day
            piece.source = unwrapped(head[0]) if place else piece.source
            rest = [one for one in head[place + 1 :] if not _copyright(one)]
            if rest and piece.title is None:
                piece.title = unwrapped(rest[0])
                piece.body[:0] = [unwrapped(one) for one in rest[1:]]
            return
    if head:
        piece.source = unwrapped(head[0])
        if len(head) > 1 and piece.title is None:
            piece.title = unwrapped(head[1])


def _uni(text: str) -> Piece | None:
    """One document of Nexis Uni: headline, paper, day, copyright, labelled lines, the word Body, text."""
    found = [unwrapped(block) for part in blocks(text) for block in part.split("\n")]
    body = next((n for n, block in enumerate(found) if block.casefold().rstrip(":") in _UNI_BODY), None)
    if body is None:
        return None
    day = _day_line(found[:body])
    piece = Piece()
    for block in found[(day or 0) + 1 : body]:
        label = labelled(block)
        if label and label[0] in _AUTHOR:
            piece.author = label[1] or None
        elif label and label[0] in _SECTION:
            piece.section = label[1] or None
        elif label and label[0] == "url" and label[1].startswith("http"):
            piece.url = label[1]
    if day is not None:
        piece.date = day_in(found[day])
        piece.source = found[day - 1] if day > 1 else None
        piece.title = found[max(day - 2, 0)]
    below = itertools.takewhile(lambda block: block.casefold() not in _UNI_BELOW, found[body + 1 :])
    piece.body = [block for block in below if not BELOW_TEXT.match(block)]
    return piece


def _day_line(found: list[str]) -> int | None:
    """The line with the day nearest above the labels; above it stand the headline and the paper."""
    for place in range(len(found) - 1, 0, -1):
        line = found[place]
        if (
            day_in(line)
            and len(line.split()) <= _LONGEST_DAY
            and not _copyright(line)
            and labelled(line) is None
        ):
            return place
    return None
