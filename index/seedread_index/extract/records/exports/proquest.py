"""Exports of ProQuest: `Document 1 of 2`, a headline, and labelled paragraphs with the text among them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import OF_EXPORT
from seedread_index.extract.records.exports.pieces import blocks, day_in, labelled, parted, unwrapped
from seedread_index.text.word_lists import listed

_START = re.compile(
    r"^[ \t]*(?:Document|Dokument|Documento) \d+ (?:of|von|de|di|sur) \d+[ \t]*$", re.MULTILINE
)
_RULE = re.compile(r"_{10,}|-{20,}")
_FIELDS = {
    "text": "full text|volltext|texte intégral|texte complet|texto completo|texto integral|testo completo",
    "author": "author|autor|auteur|autore",
    "info": "publication info|veröffentlichungsinformationen|publikationsinformationen"
    "|informations sur la publication|infos sur la publication|información de publicación"
    "|información de la publicación|informazioni sulla pubblicazione|informações da publicação",
    "source": "publication title|publikationstitel|titel der publikation|titre de la publication"
    "|título de publicación|título de la publicación|titolo pubblicazione|titolo della pubblicazione"
    "|título da publicação",
    "date": "publication date|publikationsdatum|veröffentlichungsdatum|date de publication"
    "|fecha de publicación|data di pubblicazione|data de publicação",
    "abstract": "abstract|zusammenfassung|résumé|resumen|riassunto|resumo",
    "section": "section|rubrik|rubrique|sección|sezione|seção",
    "title": "title|titel|titre|título|titolo",
    "id": "proquest document id|document id|proquest-dokument-id|dokument-id|id du document proquest"
    "|id del documento de proquest|id documento proquest|id do documento proquest",
}
"""The labels of the fields that are read, in the languages of ProQuest's pages."""

_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split("|")}
_LABELS = listed(
    "author title subject location company people classification publication publisher place"
    " country issn language document copyright database last identifier volume issue pages section"
    " source proquest number links abstract credit persons year supplement isbn eissn"
    " thema themen schlagwort schlagworte ort orte unternehmen personen seiten seite verlag verlagsort land"
    " sprache dokumenttyp publikationstyp datenbank ausgabe band jahrgang urheberrecht"
    " sujet sujets lieu entreprise pages éditeur pays langue type base volume numéro droits"
    " materia lugar empresa páginas editorial país idioma tipo número derechos tomo"
    " soggetto argomento luogo società pagine editore paese lingua"
    " assunto local editora idioma"
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
        name = _FIELD_OF.get(label[0]) if label else None
        if label and name == "text":
            inside = True
            if label[1]:
                body.append(label[1])
        elif label and (name or label[0].split()[0] in _LABELS):
            inside = False
            fields.setdefault(name or label[0], label[1])
        elif inside:
            body.append(unwrapped(block))
        elif title is None and not fields:
            title = unwrapped(block)
    abstract = fields.get("abstract", "")
    if not body and abstract and not abstract.casefold().startswith(_NONE):
        body = [abstract]
    if not body and not title:
        return None
    info = fields.get("info", "")
    date = day_in(fields.get("date", "")) or day_in(info)
    source = fields.get("source") or info
    return Draft(
        "\n\n".join(body),
        part=part,
        title=title or fields.get("title"),
        date=date,
        author=fields.get("author"),
        source=source.partition(";")[0].strip() or None,
        section=fields.get("section"),
        part_id=fields.get("id"),
        provenance=OF_EXPORT,
    )
