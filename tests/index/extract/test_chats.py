"""Exports of messengers: a channel's messages are articles, what people write to each other is left out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading

Read = Callable[..., FileReading]
POST = "The clerks of the river office counted ninety barges on Monday, they said in a statement."
CHAT = ("hello", "did you see it?", "no, what?", "the barges, ninety of them", "ah", "see you")


def exported(kind: str) -> dict[str, object]:
    messages = [
        {
            "id": n,
            "type": "message",
            "date": f"2023-11-0{n}T09:12:00",
            "from": "River News",
            "text": f"{POST} {n}",
        }
        for n in range(1, 4)
    ]
    return {"name": "River News", "type": kind, "id": 12, "messages": messages}


def test_each_message_of_a_telegram_channel_is_an_article(read: Read) -> None:
    articles = read(json.dumps(exported("public_channel"), indent=1), "result.json").articles
    assert [str(one.date) for one in articles] == ["2023-11-01", "2023-11-02", "2023-11-03"]
    assert {one.source for one in articles} == {"River News"}


@pytest.mark.parametrize("kind", ["personal_chat", "private_supergroup"])
def test_a_chat_on_telegram_is_left_out(read: Read, kind: str) -> None:
    found = read(json.dumps(exported(kind), indent=1), "result.json")
    assert not found.articles
    assert "is a chat" in found.reason


def test_of_a_whole_account_only_the_channels_are_read(read: Read) -> None:
    chats = [exported("personal_chat"), exported("private_channel")]
    account = {"about": "All that you asked for.", "chats": {"about": "Chats", "list": chats}}
    assert len(read(json.dumps(account), "result.json").articles) == 3


def page(*messages: tuple[str, str]) -> str:
    shown = "".join(
        f'<div class="message default clearfix" id="message{n}"><div class="body">'
        f'<div class="pull_right date details" title="0{n}.11.2023 09:12:00 UTC+01:00">\n09:12\n</div>'
        f'<div class="from_name">\n{sender} \n</div><div class="text">\n<strong>Barges {n}</strong><br><br>'
        f"{text}\n</div></div></div>"
        for n, (sender, text) in enumerate(messages, 1)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>'
        '<div class="page_header"><div class="text bold">\nRiver News\n</div></div>'
        f'<div class="page_body chat_page"><div class="history">{shown}</div></div></body></html>'
    )


def test_a_channels_page_has_an_article_for_each_message(read: Read) -> None:
    articles = read(page(("River News", POST), ("River News", POST)), "messages.html").articles
    assert [(one.part, str(one.date), one.source) for one in articles] == [
        ("message1", "2023-11-01", "River News"),
        ("message2", "2023-11-02", "River News"),
    ]
    assert articles[0].title == "Barges 1"
    assert POST in articles[0].text
    assert "09:12" not in articles[0].text


def test_the_page_of_a_chat_is_left_out(read: Read) -> None:
    found = read(page(("River News", POST), ("Lena", "Really?")), "messages.html")
    assert not found.articles
    assert "is a chat" in found.reason


def test_a_team_s_messages_in_json_are_left_out(read: Read) -> None:
    slack = [
        {"client_msg_id": "a", "type": "message", "user": "U1", "text": text, "ts": f"169995300{n}.000100"}
        for n, text in enumerate(CHAT)
    ]
    assert "is a chat" in read(json.dumps(slack), "2023-11-14.json").reason


def test_direct_messages_of_twitter_are_left_out(read: Read) -> None:
    message = {"text": POST, "senderId": "2", "id": "3", "createdAt": "2023-11-14T09:12:00.000Z"}
    talk = [{"dmConversation": {"conversationId": "1-2", "messages": [{"messageCreate": message}] * 2}}]
    found = read(f"window.YTD.direct_messages.part0 = {json.dumps(talk)}", "data/direct-messages.js")
    assert not found.articles
    assert "is a chat" in found.reason


@pytest.mark.parametrize(
    "line",
    [
        "[14/11/2023, 09:1{n}:33] {who}: {text}",
        "11/14/23, 9:1{n} AM - {who}: {text}",
        "09:1{n} <{who}> {text}",
    ],
)
def test_a_chat_in_plain_text_is_left_out(read: Read, line: str) -> None:
    text = "\n".join(line.format(n=n, who=("Lena", "Tom")[n % 2], text=one) for n, one in enumerate(CHAT))
    found = read(text + "\n", "chat.txt")
    assert not found.articles
    assert "is a chat" in found.reason


def test_a_live_report_with_times_is_no_chat(read: Read) -> None:
    text = "\n".join(
        f"14.11.2023, 09:1{n} - {place}: {POST}"
        for n, place in enumerate(("Oslo", "Rome", "Ulm", "Bonn", "Bern"))
    )
    assert read(text + "\n", "ticker.txt").articles
