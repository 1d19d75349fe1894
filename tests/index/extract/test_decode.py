"""Bytes become the text that their writer meant."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.extract.decoding.charset import decode

RUSSIAN = (
    "Совет порта собрался во вторник, чтобы согласовать новые правила для ночных паромов, сообщили"
    " чиновники. "
    "Движение паромов в январе сократилось на десятую часть, весной два старых парома будут проданы."
)
FRENCH = (
    "Le conseil du port s'est réuni mardi à Ambre pour fixer de nouvelles règles, très attendues. "
    "Le trafic a été réduit d'un dixième en janvier, où deux navires âgés ont dû être vendus."
)
ENGLISH = "The council met on Tuesday and agreed on new rules for the ferries that sail at night. "


def text_of(data: bytes, declared: str | None = None) -> str:
    decoded = decode(data, declared=declared)
    assert decoded is not None
    return decoded.text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF8 * 2])
def test_a_byte_order_mark_is_not_text(mark: bytes) -> None:
    assert text_of(mark + RUSSIAN.encode()) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, ENGLISH])
def test_wide_encodings_are_read_with_and_without_a_mark(encoding: str, text: str) -> None:
    assert text_of(text.encode(encoding)) == text


def test_utf_16_of_odd_length_is_read_but_for_its_end() -> None:
    assert text_of(codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le")[:-1]).startswith("The council met")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_russian_encodings_are_told_apart(encoding: str) -> None:
    assert text_of(RUSSIAN.encode(encoding)) == RUSSIAN


def test_smart_quotes_of_windows_are_read() -> None:
    text = "The chair said: “It’s agreed” – and left. " * 3
    assert text_of(text.encode("cp1252")) == text


def test_one_bad_byte_leaves_utf_8_alone() -> None:
    data = RUSSIAN.encode() + b" \xff " + RUSSIAN.encode()
    assert text_of(data).count(RUSSIAN) == 2


def test_one_latin_byte_in_ascii_is_read_as_such() -> None:
    assert "Genève" in text_of((ENGLISH * 2 + "Genève").encode("latin-1"))


def test_a_last_character_cut_in_half_leaves_utf_8_alone() -> None:
    assert text_of(RUSSIAN.encode()[:-1]).startswith(RUSSIAN[:-1])


def test_two_joined_feeds_are_both_read() -> None:
    assert text_of(FRENCH.encode() + FRENCH.encode("latin-1")) == FRENCH * 2


def test_a_declared_charset_is_believed_unless_the_bytes_are_utf_8() -> None:
    head = '<html><head><meta charset="{}"></head>'
    assert RUSSIAN in text_of((head.format("windows-1251") + RUSSIAN).encode("cp1251"))
    assert RUSSIAN in text_of((head.format("iso-8859-1") + RUSSIAN).encode("utf-8"))
    assert text_of("naïve".encode("mac-roman"), declared="mac-roman") == "naïve"


def test_an_unknown_declared_charset_is_passed_over() -> None:
    assert text_of(FRENCH.encode("cp1252"), declared="x-nonsense") == FRENCH


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        bytes(10_000),
        b"\x7fELF\x02\x01\x01" + bytes(90),
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        b"\0\1\2\3",
    ],
)
def test_bytes_that_are_no_text_are_none(data: bytes) -> None:
    assert decode(data) is None


def test_text_before_binary_rubbish_is_kept() -> None:
    decoded = decode((ENGLISH * 4).encode() + bytes(500) + bytes(range(256)) * 10)
    assert decoded is not None
    assert decoded.cut
    assert decoded.text == ENGLISH * 4


def test_escape_sequences_do_not_make_a_text_japanese() -> None:
    text = ENGLISH + "\x1b(0lqqk\x1b(B"
    assert text_of(text.encode()) == text


@given(st.text())
def test_utf_8_survives_unless_it_is_mostly_controls(text: str) -> None:
    decoded = decode((ENGLISH + text).encode("utf-8"))
    if decoded is not None and not any(character < " " or character in "+$" for character in text):
        assert decoded.text == (ENGLISH + text)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    decode(data)


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_quotation_marks_of_windows_are_read_though_latin_1_is_declared(declared: str) -> None:
    found = decode(b"Reply as \x93Yes we\x92re interested\x94.", declared=declared)
    assert found is not None
    assert found.text == "Reply as “Yes we’re interested”."


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1256", "shift_jis", "gb18030"])
def test_letters_of_another_script_are_not_latin_whatever_a_page_declares(encoding: str) -> None:
    text = {
        "cp1256": "أعلنت البلدية يوم الجمعة أنها ستغلق الميناء القديم في سبتمبر المقبل بعد أعوام من العمل",
        "shift_jis": "市は三日、古い港を九月に閉鎖し、跡地に公園を整備すると発表した。",
        "gb18030": "市政府星期五宣布，将于九月关闭已有一百二十年历史的老码头，并修建公园。",
    }.get(
        encoding, "Мэрия города во вторник объявила о закрытии старого рынка, который работает с 1954 года."
    )
    page = f"<html><meta charset='iso-8859-1'><p>{text * 3}</p></html>"
    found = decode(page.encode(encoding))
    assert found is not None
    assert text in found.text


def test_a_declaration_of_latin_letters_is_believed_where_they_stand_apart() -> None:
    page = "<meta charset='iso-8859-1'><p>Die Züge fahren über Köln nach Süden, sagte ein Sprecher.</p>"
    found = decode(page.encode("latin-1"))
    assert found is not None
    assert "Züge fahren über Köln" in found.text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_markup_around_chinese_in_utf_16_without_a_mark(encoding: str) -> None:
    text = "市政府宣布，将于九月关闭码头，并修建公园。"
    page = f"<html><head><title>关闭老码头</title></head><body><p>{text}</p></body></html>"
    found = decode(page.encode(encoding))
    assert found is not None
    assert found.text == page


EAST = {
    "turkish": "Belediye, şehir merkezindeki bazı yolların yağmur nedeniyle kapatılacağını açıkladı."
    " Sürücülerin çevre yolunu kullanması gerektiği bildirildi; ağaçların korunacağı söylendi.",
    "lithuanian": "Savivaldybė antradienį pranešė, kad dėl darbų miesto centre bus uždarytos kelios gatvės."
    " Gyventojai skundžiasi, kad apie tai sužinojo per vėlai, ir žada kreiptis į merą.",
    "polish": "Władze miasta ogłosiły we wtorek, że z powodu prac zostaną zamknięte ulice "
    " w śródmieściu. Mieszkańcy skarżą się, że dowiedzieli się o tym zbyt późno.",
    "hungarian": "A város kedden közölte, hogy lezárják a belváros több utcáját. Az autósoknak kerülőúton"
    " kell közlekedniük, a lakók szerint ez gyűlöletes döntés, és későn értesültek erről."
    " A buszok útvonala módosul, és a polgármester szerint két hétig tartanak a munkák a belvárosban.",
    "czech": "Město v úterý oznámilo, že kvůli pracím budou uzavřeny ulice v centru. Řidiči budou muset"
    " jezdit objížďkou a autobusy změní trasu, příliš mnoho lidí si stěžuje.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("turkish", "cp1254"),
        ("turkish", "iso8859-9"),
        ("lithuanian", "cp1257"),
        ("polish", "cp1250"),
        ("polish", "iso8859-2"),
        ("hungarian", "cp1250"),
        ("czech", "cp1250"),
    ],
)
def test_letters_of_eastern_europe_are_read_though_latin_1_is_declared(language: str, encoding: str) -> None:
    text = EAST[language]
    assert text_of(text.encode(encoding), declared="iso-8859-1") == text
    page = f'<html><head><meta charset="iso-8859-1"></head><p>{text}</p>'
    assert text_of(page.encode(encoding)) == page


@pytest.mark.parametrize(
    "text",
    [
        "Bærinn tilkynnti á þriðjudag að götum í miðbænum yrði lokað vegna framkvæmda sem taka tvær vikur."
        " Íbúar kvarta yfir því að hafa frétt af þessu of seint; nýjar reglur verða kynntar.",
        "Kommunen meddelte tirsdag, at flere gader lukkes på grund af arbejde, så længe det varer.",
        "A câmara anunciou que várias ruas serão fechadas, segundo as informações; são três opções.",
    ],
)
def test_icelandic_danish_and_portuguese_stay_latin_1_where_it_is_declared(text: str) -> None:
    assert text_of(text.encode("latin-1"), declared="iso-8859-1") == text
