"""Letters: the part that says most, headers of any bytes, boilerplate recognised by form alone."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article, PassageKind

Read = Callable[..., FileReading]
One = Callable[..., Article]
HEAD = (
    "From: Ana Reyes <ana@desk.example>\nTo: list@quay.example\nSubject: {subject}\n"
    "Date: Mon, 3 Mar 2025 10:00:00 +0000\n{more}"
)


def letter(body: str, subject: str = "Crane", more: str = "") -> str:
    return HEAD.format(subject=subject, more=more) + "\n" + body


def kinds(article: Article, kind: PassageKind) -> list[str]:
    return [article.text[p.start : p.end] for p in article.of_kind(kind)]


def alternative(plain: str, markup: str) -> str:
    return letter(
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{markup}\n--b--\n",
        more="MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n",
    )


def test_markup_is_read_where_the_plain_part_is_a_stub(article: One, news: str) -> None:
    stub = "Your mail program does not show HTML. Read this issue online:\nhttps://h.example/12"
    found = article(alternative(stub, f"<h1>Divers</h1><p>{news}</p>"), "week.eml")
    assert "port authority" in found.text and "does not show HTML" not in found.text


def test_the_plain_part_is_read_where_it_says_as_much(article: One, news: str) -> None:
    found = article(alternative(news, f"<p>{news}</p><p>Plus two words</p>"), "week.eml")
    assert "Plus two words" not in found.text


def test_an_answer_is_the_writers_own_words(article: One) -> None:
    quoted = "Tom Hale wrote:\n> The crane stopped twice.\n> Twice!\n\n"
    body = f"{quoted}Thank you Tom, we will mend it.\n\n-- \nAna\n"
    found = article(letter(body, subject="Re: Crane"), "reply.eml")
    assert kinds(found, PassageKind.BODY) == ["Thank you Tom, we will mend it."]
    assert kinds(found, PassageKind.BOILERPLATE) == [
        "Tom Hale wrote:",
        "> The crane stopped twice.\n> Twice!",
        "Ana",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Dear reader, thank you for your letter.",
        "Subscribe to our view and you will see more here.",
        "He told me to unsubscribe from nothing.",
        "It takes -- I think -- two days.",
        "The mailing list is long.",
    ],
)
def test_ordinary_words_of_a_letter_are_body(article: One, line: str) -> None:
    found = article(letter(f"{line}\n\nThe dockers stopped work on Monday.\n"), "a.eml")
    assert kinds(found, PassageKind.BODY) == [line, "The dockers stopped work on Monday."]


def test_the_footer_of_bulk_mail_is_furniture(article: One) -> None:
    body = (
        "View this email in your browser\n\nThe dockers stopped work on Monday.\n\n" + "_" * 40 + "\n\n"
        "Gazette Ltd | 10 Quay Street | Imprint https://g.example/imprint\n\nTo unsubscribe click here: https://g.example/off\n"
    )
    bulk = article(letter(body, more="List-Unsubscribe: <https://g.example/off>\n"), "a.eml")
    assert kinds(bulk, PassageKind.BODY) == ["The dockers stopped work on Monday."]
    assert "____" not in bulk.text
    plain = article(letter(body), "a.eml")
    assert "To unsubscribe click here: https://g.example/off" in kinds(plain, PassageKind.BODY)


def test_the_footer_of_a_list_is_furniture(article: One) -> None:
    body = "The crane works.\n" + "_" * 47 + "\nQuay mailing list\nhttps://quay.example/listinfo/quay\n"
    assert kinds(article(letter(body), "a.eml"), PassageKind.BODY) == ["The crane works."]


def test_raw_bytes_in_a_header_are_utf_8_or_as_the_body(article: One) -> None:
    utf_8 = letter("Text.", subject="Café öffnet").encode()
    assert article(utf_8, "a.eml").title == "Café öffnet"
    latin = letter("Tëxt.", subject="Café", more="Content-Type: text/plain; charset=iso-8859-1\n").encode(
        "latin-1"
    )
    assert article(latin, "a.eml").title == "Café"
    assert article(letter("x", subject="=?utf-8?q?Jos=C3=A9?= Pinto"), "a.eml").title == "José Pinto"


def test_what_a_style_hides_is_not_read(article: One) -> None:
    markup = (
        "<div style='display:none;max-height:0'>Preheader <div>inner</div> words\u200c\u200c</div>"
        "<p>The dockers stopped\u200b work.</p><p style='color:none'>Shown.</p>"
    )
    body = letter(markup, more="Content-Type: text/html; charset=utf-8\n")
    assert kinds(article(body, "a.eml"), PassageKind.BODY) == ["The dockers stopped work.", "Shown."]


def test_the_subject_and_attachments_make_an_article(article: One) -> None:
    body = (
        "--b\nContent-Type: application/pdf; name=plan.pdf\n"
        "Content-Disposition: attachment; filename=plan.pdf\n\n%PDF\n--b\nContent-Type: text/plain\n"
        "Content-Disposition: attachment; filename=note.txt\n\nThe plan is old.\n--b--\n"
    )
    found = article(letter(body, more="Content-Type: multipart/mixed; boundary=b\n"), "a.eml")
    assert found.title == "Crane"
    assert "plan.pdf" in found.text and "The plan is old." in found.text


def test_a_forwarded_message_keeps_its_headers(article: One) -> None:
    head = "From: Tom <tom@q.example>\nSubject: Tides\nDate: Sun, 2 Mar 2025 10:00:00 +0000\n"
    inner = f"{head}\nThe tide is low.\n"
    body = f"--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n{inner}--b--\n"
    found = article(letter(body, more="Content-Type: multipart/mixed; boundary=b\n"), "a.eml")
    assert "From: Tom <tom@q.example>\nSubject: Tides\nDate: Sun, 2 Mar 2025" in found.text
    assert str(found.date) == "2025-03-03"


def test_the_source_is_the_list_or_the_domain(article: One) -> None:
    assert article(letter("Text."), "a.eml").source == "desk.example"
    assert article(letter("Text.", more="List-Id: Quay News <quay.example>\n"), "a.eml").source == "Quay News"


def test_flowed_text_is_unwrapped(article: One) -> None:
    body = "The dockers stopped \nwork on \nMonday.\n\nThey came back.\n"
    found = article(letter(body, more="Content-Type: text/plain; format=flowed\n"), "a.eml")
    assert kinds(found, PassageKind.BODY) == ["The dockers stopped work on Monday.", "They came back."]


def test_a_mailbox_undoes_its_quoting_and_keeps_ids(read: Read) -> None:
    def box(*numbers: int) -> str:
        return "".join(
            "From a@b Mon Mar  3 08:00:00 2025\n"
            f"{HEAD.format(subject=f'Mail {n}', more=f'Message-ID: <{n}@q>')}\n\n"
            f">From the roof they watched {n}.\n\nFrom the pier too, in 2024.\n\n"
            for n in numbers
        )

    before = {one.title: one.id for one in read(box(1, 2), "a.mbox").articles}
    after = read(box(0, 1, 2), "a.mbox").articles
    assert [one.title for one in after] == ["Mail 0", "Mail 1", "Mail 2"]
    assert "\nFrom the roof" in after[0].text and "From the pier too" in after[0].text
    assert {one.title: one.id for one in after[1:]} == before


def test_a_saved_page_is_a_page(article: One, news: str) -> None:
    page = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://v.example/orchard\n"
        "Subject: Orchard - Hill News\nDate: Fri, 7 Oct 2022 12:00:00 -0000\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
        "Content-Location: https://v.example/orchard\n\n<html><head><title>Orchard sold - Hill News"
        f"</title></head><body><h1>Orchard sold</h1><p>{news}</p></body></html>\n"
        "--b\nContent-Type: text/css\n\nbody { color: red }\n--b--\n"
    )
    found = article(page, "orchard.mhtml")
    assert (found.title, found.source, found.date) == ("Orchard sold", "v.example", None)
    assert "color" not in found.text


def mailed(sender: bytes, more: bytes = b"", body: bytes = b"The crane stands still.\n") -> bytes:
    return b"From: " + sender + b"\nTo: desk@desk.example\nSubject: Crane\n" + more + b"\n" + body


@pytest.mark.parametrize(
    ("sender", "author", "source"),
    [
        (b"=?utf-8?Q?Reyes=2C_Ana?= <ana@desk.example>", "Reyes, Ana", "desk.example"),
        (b"Harbour desk ,_<a1@news.desk.example>", "Harbour desk", "news.desk.example"),
        (b'"Harbour Desk",', "Harbour Desk", None),
        (b"'Ana Reyes' <ana@localhost>", "Ana Reyes", None),
        (b"'Harbour Desk' via Lists <l@desk.example>", "'Harbour Desk' via Lists", "desk.example"),
    ],
)
def test_a_name_and_an_address_are_told_apart(
    article: One, sender: bytes, author: str, source: str | None
) -> None:
    found = article(mailed(sender), "a.eml")
    assert (found.author, found.source) == (author, source)


def test_a_list_that_a_machine_named_is_no_source(article: One) -> None:
    listed = b"List-Id: 3f21937f0f636c8cec1db30bf list <3f21937f0f636c8cec1db30bf.140953.lists.example>\n"
    assert article(mailed(b"Desk <d@desk.example>", listed), "a.eml").source == "desk.example"


def test_a_blank_before_an_encoded_word_is_kept(article: One) -> None:
    data = mailed(b"d@desk.example").replace(
        b"Subject: Crane", b"Subject: Re: TEST\n \n\t=?utf-8?Q?Kran=C3=A9?="
    )
    assert article(data, "a.eml").title == "Re: TEST Krané"


def test_a_message_in_utf_16_is_read(article: One) -> None:
    data = mailed(b"Ana Reyes <ana@desk.example>").decode().encode("utf-16")
    assert article(data, "a.eml").author == "Ana Reyes"


def test_json_is_json_under_the_name_of_a_message(article: One, news: str) -> None:
    assert article(json.dumps({"title": "Crane", "text": news}).encode(), "a.eml").title == "Crane"


def test_the_writers_own_line_above_an_attribution_is_body(article: One) -> None:
    body = 'Hello\n02.04.2024 14:20 user "bob@desk.example" <\nbob@desk.example> wrote:\n\n> Is it mended?\n'
    found = article(letter(body, "Re: Crane"), "a.eml")
    assert kinds(found, PassageKind.BODY) == ["Hello"]


def test_lines_between_marked_quotations_are_the_writers_below_a_line_of_the_original(article: One) -> None:
    body = (
        '----- Original Message -----\nFrom: "Tom Hale" <tom@desk.example>\n\n'
        "> Take the crane off the quay.\n\nUmm... who is to pay for it?\n"
    )
    assert kinds(article(letter(body, "Re: Crane"), "a.eml"), PassageKind.BODY) == [
        "Umm... who is to pay for it?"
    ]


def test_an_answer_is_told_by_its_header_too(article: One) -> None:
    body = "Hello\n\nFrom: Tom Hale\nSent: Monday\nTo: Ana Reyes\nSubject: Crane\n\nIs the crane mended?\n"
    answer = letter(body, more="In-Reply-To: <1@desk.example>\n")
    assert kinds(article(answer, "a.eml"), PassageKind.BODY) == ["Hello"]
    forward = letter(body, "Fwd: Crane", more="In-Reply-To: <1@desk.example>\n")
    assert "Is the crane mended?" in kinds(article(forward, "a.eml"), PassageKind.BODY)


def test_a_signature_before_a_quotation_is_furniture(article: One) -> None:
    body = "Hello\n\n-- \nAna Reyes\nHarbour desk\n\nOn Monday, 3 March 2025, Tom wrote:\n\n> Is it mended?\n"
    assert kinds(article(letter(body, "Re: Crane"), "a.eml"), PassageKind.BODY) == ["Hello"]


def test_only_the_line_that_leads_to_a_browser_is_furniture(article: One) -> None:
    body = "View this email in your browser\nRegister today for the talk!\nThe crane of the quay\nNOW WHAT?\n"
    found = article(letter(body), "a.eml")
    assert kinds(found, PassageKind.BOILERPLATE) == ["View this email in your browser"]
    assert kinds(found, PassageKind.BODY) == [
        "Register today for the talk!\nThe crane of the quay\nNOW WHAT?"
    ]


@pytest.mark.parametrize(
    "quoted",
    [
        "________________________________\nFrom: Tom Hale\nSent: Monday\nTo: Ana Reyes\nSubject: Crane",
        "________________________________\nVan: Tom Hale\nVerzonden: maandag\nAan: Ana Reyes",
        "De\u00a0: Tom Hale\nEnvoyé\u00a0: lundi\nÀ\u00a0: Ana Reyes",
        "От: Tom Hale\nОтправлено: понедельник\nКому: Ana Reyes",
        "-----Wiadomość oryginalna-----\nOd: Tom Hale",
    ],
)
def test_what_is_answered_is_boilerplate_in_any_language(article: One, quoted: str) -> None:
    body = f"It is mended.\nAna\n{'' if quoted[0] in '_' else chr(10)}{quoted}\n\nIs the crane mended?\n"
    assert kinds(article(letter(body, "RE: Crane"), "a.eml"), PassageKind.BODY) == ["It is mended.\nAna"]


def test_a_line_of_underscores_in_a_letter_parts_its_sections_alone(article: One) -> None:
    body = "The crane stands.\n______________\nThe ferry sails: every hour, they say.\n"
    found = article(letter(body, "Re: Crane"), "a.eml")
    assert "every hour" in " ".join(kinds(found, PassageKind.BODY))


def test_a_message_as_apple_mail_keeps_it_is_read(article: One) -> None:
    message = mailed(b"Ana Reyes <ana@desk.example>")
    data = b"%d\n" % len(message) + message + b'<?xml version="1.0"?><plist version="1.0"><dict/></plist>\n'
    for name in ("1.emlx", "1"):
        found = article(data, name)
        assert (found.title, found.author) == ("Crane", "Ana Reyes")
        assert "plist" not in found.text


def test_a_message_saved_as_text_is_dated_by_the_day_on_which_it_was_sent(article: One) -> None:
    text = "From:\tAna Reyes <ana@desk.example>\nSent:\tMonday, March 3, 2025 10:00 AM\nTo:\tTom Hale\n"
    found = article(f"{text}Subject:\tCrane\n\nThe crane stands still.\n", "crane.txt")
    assert (found.title, str(found.date)) == ("Crane", "2025-03-03")


def digested(number: int, news: str) -> str:
    """A message within a digest."""
    return (
        f"Date: Fri, 05 Mar 2021 10:0{number}:00 +0000\nFrom: Ana Reyes <ana@wire.example>\n"
        f"Subject: Ferries, part {number}\nMessage-ID: <m{number}@wire.example>\n\n{news}\n\nPart {number}.\n"
    )


RULE, FIRST_RULE = "-" * 30, "-" * 70
FOOTER = (
    f"\n{RULE}\n\nSubject: Digest Footer\n\n_____________\nPort mailing list\n\n{RULE}\n\n"
    "End of Port Digest, Vol 7, Issue 2\n**********************************\n"
)


def digest_of(news: str, kind: str) -> str:
    """Three messages as a list sends them in one."""
    head = (
        "From: port-request@wire.example\nTo: a@b.example\nSubject: Port Digest, Vol 7, Issue 2\n"
        "List-Id: Port talk <port.wire.example>\nDate: Sat, 6 Mar 2021 00:00:00 +0000\nMIME-Version: 1.0\n"
    )
    contents = "Today's Topics:\n\n   1. Ferries, part 1 (Ana Reyes)\n   2. Ferries, part 2 (Ana Reyes)\n"
    letters = [digested(number, news) for number in (1, 2, 3)]
    if kind == "mime":
        inner = "".join(f"--bb\n\n{each}\n" for each in letters)
        return (
            f"{head}Content-Type: multipart/mixed; boundary=aa\n\n--aa\n"
            f"Content-Type: text/plain\n\n{contents}\n"
            f"--aa\nContent-Type: multipart/digest; boundary=bb\n\n{inner}--bb--\n\n--aa--\n"
        )
    number = iter(range(1, 4))
    told = [f"Message: {next(number)}\n{each}" if kind == "mailman" else each for each in letters]
    return f"{head}\n{contents}\n\n{FIRST_RULE}\n\n" + f"\n{RULE}\n\n".join(told) + FOOTER


@pytest.mark.parametrize("kind", ["mime", "plain", "mailman"])
def test_each_message_of_a_digest_is_an_article(read: Read, news: str, kind: str) -> None:
    found = read(digest_of(news, kind), "digest.eml")
    assert found.status is None
    assert [each.title for each in found.articles] == [f"Ferries, part {number}" for number in (1, 2, 3)]
    assert [each.text.rstrip().endswith(f"Part {n}.") for n, each in enumerate(found.articles, 1)] == [
        True
    ] * 3
    assert {(each.author, each.source, str(each.date)) for each in found.articles} == {
        ("Ana Reyes", "Port talk", "2021-03-05")
    }


def test_a_digest_in_a_mailbox_has_numbers_below_its_own(read: Read, news: str) -> None:
    line = "From a@b.example Fri Mar  5 10:00:00 2021\n"
    box = f"{line}{digested(9, news)}\n{line}{digest_of(news, 'plain')}\n"
    parts = [each.part for each in read(box, "box.mbox").articles]
    assert parts == ["1", "2.1", "2.2", "2.3"]


def test_an_answer_to_a_digest_is_one_message(article: One, news: str) -> None:
    answer = digest_of(f"I agree with all of it.\n\n{news}", "plain").replace(
        "Subject: Port", "Subject: Re: Port", 1
    )
    assert article(answer, "answer.eml").title == "Re: Port Digest, Vol 7, Issue 2"


@pytest.mark.parametrize(
    ("above", "headers", "place"),
    [
        ("", "Delivery-date: Fri, 05 Mar 2021 10:00:00 +0000\n", "Delivery-Date"),
        ("", "X-Original-Date: Fri, 05 Mar 2021 10:00:00 +0000\nDate: soon\n", "X-Original-Date"),
        (
            "",
            "Received: from a by b; Sun, 7 Mar 2021 10:00:00 +0000\n"
            "Received: from c by a\n for d; Fri, 5 Mar 2021 23:00:00 +0000 (UTC)\n",
            "Received",
        ),
        ("From ana@wire.example Fri Mar  5 10:00:00 2021\n", "To: b@wire.example\n", "From"),
        ("From ana@wire.example Fri Mar  5 10:00:00 +0100 2021\n", "To: b@wire.example\n", "From"),
    ],
)
def test_a_message_without_a_date_has_the_day_of_its_delivery(
    article: One, news: str, above: str, headers: str, place: str
) -> None:
    found = article(f"{above}{headers}From: ana@wire.example\nSubject: Ferries\n\n{news}\n", "a.eml")
    assert (str(found.date), found.date_from) == ("2021-03-05", "metadata"), place


def test_enriched_text_is_read_without_its_marks(article: One, news: str) -> None:
    text = f"<bold>Night ferries</bold> <<draft> <color><param>red</param>ahead</color>\n\n{news}"
    head = "From: ana@wire.example\nSubject: Ferries\nMIME-Version: 1.0\nContent-Type: text/enriched\n\n"
    assert "Night ferries <draft> ahead" in article(head + text, "a.eml").text


def test_a_sender_in_the_archive_of_a_list_has_a_name_and_a_domain(article: One, news: str) -> None:
    head = (
        "From: ana.reyes at wire.example (Ana =?utf-8?q?Re=C3=BDes?=)\nDate: Fri, 5 Mar 2021 10:00:00 +0000\n"
    )
    found = article(
        f"From ana at wire.example  Fri Mar  5 10:00:00 2021\n{head}Subject: Ferries\n\n{news}", "a.txt"
    )
    assert (found.author, found.source) == ("Ana Reýes", "wire.example")
