"""PDF files of newspaper databases: every document is an article, however the pages part them."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.extract.test_pdf import Placed, lines, pdf

from seedread_index.extract.extractor import FileReading

Read = Callable[..., FileReading]
TEXT = ("The clerks of the river office counted", "ninety barges on Monday, they said.")


def nexis_page(number: int, day: int) -> list[Placed]:
    return [
        (480, 800, 8, f"Page {number} of 3"),
        *lines("Barges on the river", f"counted again {number}", top=780, size=14),
        *lines("The Northgate Courier", f"March {day}, 2019 Monday", top=730),
        *lines("Copyright 2019 Northgate Media", "Section: NEWS; Pg. 5", top=690),
        *lines("Length: 12 words", "Byline: Petra Lindholm", "Body", top=640),
        *lines(*TEXT, "Load-Date: March 9, 2019", "End of Document", top=580),
    ]


def test_a_pdf_of_nexis_has_an_article_for_each_document(read: Read) -> None:
    cover = lines("User Name: Reader", "Documents (2)", "1. Barges on the river counted again 2")
    articles = read(pdf(cover, nexis_page(2, 4), nexis_page(3, 5)), "a.pdf").articles
    assert [(one.title, str(one.date), one.source, one.author) for one in articles] == [
        ("Barges on the river counted again 2", "2019-03-04", "The Northgate Courier", "Petra Lindholm"),
        ("Barges on the river counted again 3", "2019-03-05", "The Northgate Courier", "Petra Lindholm"),
    ]
    for one in articles:
        assert " ".join(TEXT) in one.text
        assert "Load-Date" not in one.text
        assert "Page" not in one.text


def test_the_headline_repeated_on_the_next_page_of_an_export_is_no_text(read: Read) -> None:
    first = nexis_page(1, 4)[:-2]
    second = [
        (480, 800, 8, "Page 2 of 2"),
        (72, 785, 8, "Barges on the river counted again 1"),
        *lines("They will count again in June.", "Load-Date: March 9, 2019", "End of Document", top=700),
    ]
    (one,) = read(pdf(first, second), "a.pdf").articles
    assert one.text.count("Barges on the river counted again 1") == 1
    assert "in June." in one.text


def test_a_pdf_of_factiva_ends_each_article_at_its_number(read: Read) -> None:
    def document(number: int, top: float) -> list[Placed]:
        labels = ("By Petra Lindholm", "12 words", f"{number} March 2019", "The Northgate Courier", "NORCOU")
        return [
            (72, top, 14, f"Barges counted again {number}"),
            *lines(*labels, "English", "Copyright 2019 Northgate", *TEXT, top=top - 16),
            (72, top - 142, 11, f"Document NORCOU0020190304ef3{number}0000p"),
        ]

    foot = (72, 30, 8, "Page 1 of 1 2020 Factiva, Inc. All rights reserved.")
    articles = read(pdf([*document(4, 780), *document(5, 500), foot]), "a.pdf").articles
    assert [(one.title, str(one.date), one.source) for one in articles] == [
        ("Barges counted again 4", "2019-03-04", "The Northgate Courier"),
        ("Barges counted again 5", "2019-03-05", "The Northgate Courier"),
    ]
    assert all("Document" not in one.text and "Factiva" not in one.text for one in articles)


def test_a_text_of_europresse_with_the_facts_of_the_source_above_the_day(read: Read) -> None:
    def document(number: int) -> str:
        return (
            "Nom de la source\n\nLe Phare du Nord\n\nType de source\n\nPresse • Journaux\n\n"
            f"Lundi {number} mars 2019\n\nLe Phare du Nord • p. 12 • 1 063 mots\n\n"
            f"Le port compte encore {number}\n\nÉlodie Carpentier\n\n"
            "Les agents du port ont compté quatre-vingt-dix barges lundi matin.\n\n"
            f"© 2019 Le Phare du Nord. Tous droits réservés.\n\nnews·2019030{number}·PN·2x{number}\n\n"
        )

    articles = read(document(4) + document(5), "a.txt").articles
    assert [(one.title, str(one.date), one.source, one.author) for one in articles] == [
        ("Le port compte encore 4", "2019-03-04", "Le Phare du Nord", "Élodie Carpentier"),
        ("Le port compte encore 5", "2019-03-05", "Le Phare du Nord", "Élodie Carpentier"),
    ]
