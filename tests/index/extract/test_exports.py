"""Exports of newspaper databases: every document of one is an article, its labels no part of the body."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article

Read = Callable[..., FileReading]


def described(articles: tuple[Article, ...]) -> list[tuple[str, str, str | None]]:
    return [(one.title, str(one.date), one.source) for one in articles]


def nexis(number: int, of: str = "of", word: str = "DOCUMENTS") -> str:
    return (
        f"\n{' ' * 30}{number} {of} 2 {word}\n\n\n{' ' * 20}The Northgate Courier\n\n"
        f"{' ' * 22}March {number + 3}, 2019 Monday\n{' ' * 30}First Edition\n\n"
        f"Strike number {number} ends\n\nBYLINE: Petra Lindholm\n\n"
        "SECTION: NEWS; Pg. 5\n\nLENGTH: 112 words\n\nDock workers voted on Sunday to end a strike that had"
        " closed the\neastern terminal.\n\nTheir union said: it was time.\n\nLOAD-DATE: March 9, 2019\n\n"
        "LANGUAGE: ENGLISH\n\n"
        f"{' ' * 20}Copyright 2019 Northgate Media\n{' ' * 25}All Rights Reserved\n\n"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_nexis_download(read: Read, newline: str) -> None:
    cover = "Download Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2020\n\n"
    first, second = read((cover + nexis(1) + nexis(2)).replace("\n", newline), "harbour.txt").articles
    assert described((first, second)) == [
        ("Strike number 1 ends", "2019-03-04", "The Northgate Courier"),
        ("Strike number 2 ends", "2019-03-05", "The Northgate Courier"),
    ]
    assert "the eastern terminal" in first.text
    assert "Their union said: it was time." in first.text
    assert "Petra Lindholm" in first.text
    for label in ("LOAD-DATE", "LENGTH", "Copyright", "DOCUMENTS"):
        assert label not in first.text


def test_a_nexis_download_in_another_language_and_of_one_document(read: Read) -> None:
    (only,) = read(nexis(1, "von", "DOKUMENTEN"), "a.txt").articles
    assert described((only,)) == [("Strike number 1 ends", "2019-03-04", "The Northgate Courier")]


def test_a_nexis_page(read: Read) -> None:
    rows = "".join(f"<p>{block}</p>" for block in (nexis(1) + nexis(2)).split("\n\n"))
    page = f"<html><!-- LXNComment 1:2 --><body>{rows}</body></html>"
    assert [one.title for one in read(page, "a.html").articles] == [
        "Strike number 1 ends",
        "Strike number 2 ends",
    ]


def word(paragraphs: list[str]) -> bytes:
    content = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
    return content.getvalue()


def test_a_nexis_uni_document(read: Read) -> None:
    paragraphs = ["Documents (2)", "1. Tram stops", "Search Terms: tram", ""]
    for number in (1, 2):
        paragraphs += [
            f"Tram {number} stops",
            "The Guardian(London)",
            f"July {number}, 2019 Monday 9:20 AM GMT",
            "",
            "Copyright 2019 Guardian All Rights Reserved",
            "Section:\u00a0NEWS",
            "Length:\u00a055 words",
            "Byline:\u00a0Andrew Sparrow",
            "Body",
            "",
            "The tram stopped.",
            "It ran again at noon.",
            "Load-Date: July 9, 2019",
            "End of Document",
        ]
    articles = read(word(paragraphs), "Files(2).DOCX").articles
    assert described(articles) == [
        ("Tram 1 stops", "2019-07-01", "The Guardian(London)"),
        ("Tram 2 stops", "2019-07-02", "The Guardian(London)"),
    ]
    assert articles[0].text.endswith("The tram stopped.\n\nIt ran again at noon.")


PROQUEST = """____________________________________________________________

Document {n} of 2

Elk herd {n} returns

Author: Boutin, Marc

Publication info: The Prairie Examiner; Saskatoon. 03 Mar 2018: B1.

Abstract: None available.

Full text: About two hundred elk came back, rangers said.

"They are welcome," said one.

Publication title: The Prairie Examiner; Saskatoon

Publication date: Mar {n}, 2018

ISSN: 12345678

ProQuest document ID: 200000000{n}

Last updated: 2018-03-09

"""


def test_a_proquest_download(read: Read) -> None:
    text = (
        PROQUEST.format(n=1)
        + PROQUEST.format(n=2)
        + "_" * 60
        + "\n\nContact ProQuest\n\nCopyright (C) 2021\n"
    )
    articles = read(text, "ProQuestDocuments.txt").articles
    assert described(articles) == [
        ("Elk herd 1 returns", "2018-03-01", "The Prairie Examiner"),
        ("Elk herd 2 returns", "2018-03-02", "The Prairie Examiner"),
    ]
    assert articles[1].text.endswith('rangers said.\n\n"They are welcome," said one.')


FACTIVA = """HD Glass maker {n} opens furnace
BY By Tibor Szalai
WC 212 words
PD {n} January 2022
SN Danube Business Wire
LA English
CY (c) 2022 Danube Business Wire
LP
GYOR -- The glass maker opened a second furnace.
TD
It cost 40 million, said Judit Farkas.

IN the works there is room for more.
RE hung : Hungary
AN Document DANBW0002022010{n}ei190001

"""


def test_a_factiva_download_with_labels(read: Read) -> None:
    articles = read(FACTIVA.format(n=8) + FACTIVA.format(n=9), "Factiva.txt").articles
    assert described(articles) == [
        ("Glass maker 8 opens furnace", "2022-01-08", "Danube Business Wire"),
        ("Glass maker 9 opens furnace", "2022-01-09", "Danube Business Wire"),
    ]
    assert "hung : Hungary" not in articles[0].text and "212 words" not in articles[0].text


def test_a_factiva_download_without_labels(read: Read) -> None:
    piece = (
        "Glass maker opens furnace\n\nBy Tibor Szalai\n212 words\n9 January 2022\n06:15 PM\n"
        "Danube Business Wire\nDANBW\nEnglish\n(c) 2022 Danube Business Wire\n\n"
        "The glass maker opened a furnace.\n\n"
    )
    text = f"{piece}Document DANBW00020220109ei190001\n\n{piece}Document DANBW00020220109ei190002\n"
    first, second = read(text, "Factiva.txt").articles
    assert described((first,)) == [("Glass maker opens furnace", "2022-01-09", "Danube Business Wire")]
    assert first.id != second.id


def test_a_factiva_page(read: Read) -> None:
    def row(label: str, value: str) -> str:
        return f"<tr><td class='index'><b>{label}</b>&nbsp;</td><td>{value}</td></tr>"

    piece = "".join(
        row(*pair)
        for pair in (
            ("HD", "<b>Tram stops</b>"),
            ("WC", "12 mots"),
            ("PD", "29 décembre 2011"),
            ("SN", "Ouest"),
            ("LP", "<p>First.</p><p>Second.</p>"),
            ("RE", "fra : France"),
            ("AN", "<br/>Document TESTFR0020111229e7ct0001r"),
        )
    )
    (found,) = read(
        f"<html><title>Factiva</title><div class='article frArticle'><table>{piece}</table></div></html>",
        "f.html",
    ).articles
    assert described((found,)) == [("Tram stops", "2011-12-29", "Ouest")]
    assert found.text.endswith("First.\n\nSecond.")


def test_a_europresse_page(read: Read) -> None:
    piece = (
        "<span class='DocPublicationName'>Le Quai, no. 59</span><br><span class='DocHeader'>jeudi </span>"
        "<span class='DocHeader'>{day} octobre 2013</span><br><span class='TitreArticleVisu'>Le bac "
        "<span>revient</span></span><br>Anne Auteur<br><p></p>Le bac est revenu.<p></p>Il part à midi.<p></p>"
        "<b>© 2013 Le Quai. Tous droits réservés.</b><p></p>Numéro de document : news·2013100{day}·QU·{day}"
    )
    articles = read("<html><body>" + piece.format(day=4) + piece.format(day=5), "e.html").articles
    assert described(articles) == [
        ("Le bac revient", "2013-10-04", "Le Quai"),
        ("Le bac revient", "2013-10-05", "Le Quai"),
    ]
    assert articles[0].text.endswith("Le bac est revenu.\n\nIl part à midi.")
    assert "Anne Auteur" in articles[0].text


def test_a_text_copied_from_europresse(read: Read) -> None:
    piece = (
        "Le Quai\nRégions, vendredi {day} octobre 2013, p. 4\n\nLe bac\nrevient\n\nAnne Auteur\n\n"
        "Le bac est revenu\nà midi.\n\nIl repart.\n\n© 2013 Le Quai. Tous droits réservés.\n"
        "Numéro de document : news·2013100{day}·QU·{day}\n\nCe document est destiné à X.\n\n"
    )
    articles = read(piece.format(day=4) + piece.format(day=5), "e.txt").articles
    assert described(articles) == [
        ("Le bac revient", "2013-10-04", "Le Quai"),
        ("Le bac revient", "2013-10-05", "Le Quai"),
    ]
    assert articles[0].text.endswith("Le bac est revenu à midi.\n\nIl repart.")
    assert articles[1].author == "Anne Auteur"


@pytest.mark.parametrize("rule", ["", "-----------------\n\n", "=====\n"])
def test_pieces_with_the_same_labels_are_articles(read: Read, rule: str) -> None:
    pieces = [
        f"TITLE: Strike {day} ends\nDATE: 2019-03-0{day}\nSOURCE: The Courier\n\nThe docks are open.\n\n"
        for day in (4, 5, 6)
    ]
    articles = read(rule.join(pieces), "a.txt").articles
    assert described(articles) == [
        (f"Strike {day} ends", f"2019-03-0{day}", "The Courier") for day in (4, 5, 6)
    ]
    assert "---" not in articles[0].text and "===" not in articles[0].text


@pytest.mark.parametrize(
    "rest",
    [
        "Title: a word that the mayor does not like, she said.\n\nThe docks are open.\n",
        "-----------------\n\nThe docks are open.\n",
    ],
)
def test_one_block_of_labels_is_one_article(read: Read, rest: str) -> None:
    text = f"Title: Strike ends\nDate: 2019-03-04\n\nThe strike of nine weeks has ended.\n\n{rest}"
    (found,) = read(text, "a.txt").articles
    assert (found.title, str(found.date)) == ("Strike ends", "2019-03-04")
    assert "The docks are open." in found.text


@pytest.mark.parametrize(
    "text",
    [
        "The clerk read 1 of 3 documents aloud.\n\nDocument 4 of 5 was lost, he said.",
        "HD sets are dear, dealers said.\n\nAN offer was made.",
    ],
)
def test_prose_about_documents_is_one_article(read: Read, text: str) -> None:
    (found,) = read(text).articles
    assert found.text == text


UNI = {
    "en": "March {}, 2024 Tuesday|Byline|Section|Length|Body|Load-Date|End of Document",
    "de": "{}. März 2024 Dienstag|Autor|Rubrik|Länge|Volltext|Ladedatum|Ende des Dokuments",
    "fr": "mardi {} mars 2024|Auteur|Rubrique|Longueur|Corps|Date de chargement|Fin du document",
    "es": "{} de marzo de 2024 martes|Autor|Sección|Longitud|Cuerpo|Fecha de carga|Fin del documento",
}


@pytest.mark.parametrize("lang", UNI)
def test_documents_of_nexis_uni_in_several_languages(read: Read, lang: str) -> None:
    day, by, section, length, body, load, end = UNI[lang].split("|")
    text = "".join(
        f"Strike number {number} ends\nThe Quay\n{day.format(number)}\n\n{by}: Ana Reyes\n\n"
        f"{section}: NEWS; 3\n\n{length}: 112\n\n{body}\n\nDock workers ended strike {number} on Sunday.\n\n"
        f"{load}: {day.format(9)}\n\n{end}\n\n\n"
        for number in (5, 6)
    )
    articles = read(text, "a.txt").articles
    assert described(articles) == [
        ("Strike number 5 ends", "2024-03-05", "The Quay"),
        ("Strike number 6 ends", "2024-03-06", "The Quay"),
    ]
    assert [(one.author, one.origin.section) for one in articles] == [("Ana Reyes", "NEWS; 3")] * 2
    assert articles[0].text.rstrip().endswith("Dock workers ended strike 5 on Sunday.")


def test_a_nexis_download_in_spanish_has_no_labels_in_its_texts(read: Read) -> None:
    text = "".join(nexis(number, "de", "DOCUMENTOS") for number in (1, 2))
    for label, spanish in (
        ("SECTION", "SECCIÓN"),
        ("LENGTH", "LONGITUD"),
        ("LOAD-DATE", "FECHA-CARGA"),
        ("LANGUAGE", "IDIOMA"),
    ):
        text = text.replace(f"{label}:", f"{spanish}:")
    for one in read(text, "a.txt").articles:
        assert not any(label in one.text for label in ("SECCI", "FECHA", "IDIOMA", "ENGLISH"))


PROQUEST_LABELS = {
    "de": (
        "Dokument 1 von 2|Autor|Volltext|Thema|Titel|Publikationstitel|Publikationsdatum|5. März 2024"
        "|ProQuest-Dokument-ID"
    ),
    "fr": (
        "Document 1 sur 2|Auteur|Texte intégral|Sujet|Titre|Titre de la publication|Date de publication"
        "|5 mars 2024|ID du document ProQuest"
    ),
    "es": (
        "Documento 1 de 2|Autor|Texto completo|Materia|Título|Título de publicación|Fecha de publicación"
        "|5 de marzo de 2024|ID del documento de ProQuest"
    ),
}


@pytest.mark.parametrize("lang", PROQUEST_LABELS)
def test_proquest_downloads_in_several_languages(read: Read, lang: str) -> None:
    start, author, full, subject, title, source, date, day, identity = PROQUEST_LABELS[lang].split("|")
    one = (
        f"____________________\n\n{start}\n\nMine reopens\n\n{author}: Ana Reyes\n\n"
        f"{full}: Miners went down.\n\nThey came up again.\n\n{subject}: Mines\n\n{title}: Mine reopens\n\n"
        f"{source}: The Quay\n\n{date}: {day}\n\n{identity}: 291\n\n"
    )
    articles = read(one + one.replace("1 ", "2 ", 1).replace("291", "292"), "a.txt").articles
    assert described(articles) == [("Mine reopens", "2024-03-05", "The Quay")] * 2
    assert [(each.author, each.origin.part_id) for each in articles] == [
        ("Ana Reyes", "291"),
        ("Ana Reyes", "292"),
    ]
    assert "Mines" not in articles[0].text


def genios(number: int, rule: bool) -> str:
    head = f"{'_' * 60}\nDokument {number} von 2\n\n" if rule else ""
    paper = f"Nordblatt vom 0{number}.03.2019, Nr. 5{number}, S. 12"
    return (
        f"{head}{paper}\nWirtschaft\n\nPegel {number} gemessen\n\n"
        "Von Petra Lindholm\n\nDas Amt hat am Montag neunzig Kähne gezählt, sagte ein Sprecher.\n\n"
        f"Quelle: {paper}\nRessort: Wirtschaft\nISSN: 1234-5678\n"
        f"Dokumentnummer: 2019030{number}NB\n\nDauerhafte Adresse des Dokuments:\n"
        f"https://www.genios.example/document/NB__{number}\nAlle Rechte vorbehalten: (c) Nordblatt\n\n"
    )


@pytest.mark.parametrize("rule", [True, False])
def test_a_download_of_genios(read: Read, rule: bool) -> None:
    first, second = read(genios(1, rule) + genios(2, rule), "a.txt").articles
    assert described((first, second)) == [
        ("Pegel 1 gemessen", "2019-03-01", "Nordblatt"),
        ("Pegel 2 gemessen", "2019-03-02", "Nordblatt"),
    ]
    assert first.author == "Petra Lindholm"
    assert (first.origin.section, first.origin.url) == (
        "Wirtschaft",
        "https://www.genios.example/document/NB__1",
    )
    assert "neunzig Kähne" in first.text
    for label in ("Quelle", "Dokument", "Rechte", "ISSN"):
        assert label not in first.text


def test_a_page_with_that_notice_of_rights_is_no_export(read: Read) -> None:
    text = (
        "Pegel gemessen\n\nDas Amt hat am Montag neunzig Kähne gezählt, sagte ein Sprecher der Behörde.\n\n"
    )
    (one,) = read(f"{text}Dokumentnummer 12\n\nAlle Rechte vorbehalten: (c) Nordblatt\n", "a.txt").articles
    assert one.title == "Pegel gemessen"
