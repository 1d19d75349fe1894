"""Exports of messengers: the messages of a Telegram channel are articles, a chat is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.values import date_of
from seedread_index.extract.web.plain_text import text_of

CHAT = "is a chat, which contains no articles; skipped"

_IN_TELEGRAM = ("personal_chat", "bot_chat", "private_group", "private_supergroup", "public_supergroup")
_CHAT = re.compile(
    r'\s*\{(?:\s*"name"\s*:\s*(?:null|"(?:[^"\\]|\\.){0,300}")\s*,)?'
    rf'\s*"type"\s*:\s*"(?:{"|".join(_IN_TELEGRAM)})"\s*,\s*"id"\s*:\s*-?\d+\s*,\s*"messages"\s*:\s*\['
    r'|\s*\[\s*\{[^{}]{0,600}"type"\s*:\s*"message"\s*,[^{}]{0,1000}"ts"\s*:\s*"\d{10}\.\d{6}"'
    r'|\s*\{\s*"guild"\s*:\s*\{[^{}]{0,600}\}\s*,\s*"channel"\s*:\s*\{\s*"id"\s*:\s*"\d+"\s*,'
    r'\s*"type"\s*:\s*"(?:GuildTextChat|Direct\w*TextChat)"'
    r"|\s*window\.YTD\.direct_messages?"
)
"""How the exports of chats by Telegram, Slack, Discord and Twitter begin in JSON."""
_HEAD = 3000
_PAGE = 'class="page_body chat_page"'
_NAME = re.compile(r'<div class="page_header">.*?<div class="text bold">(.*?)</div>', re.DOTALL)
_MESSAGE = re.compile(
    r'<div class="message default clearfix[^"]*" id="(message\d+)">(.*?)'
    r'(?=<div class="message |<a class="pagination|</body>|\Z)',
    re.DOTALL,
)
_FIELD = r'<div class="{}"[^>]*>(.*?)</div>'
_SENDER = re.compile(_FIELD.format("from_name"), re.DOTALL)
_TEXT = re.compile(_FIELD.format("text"), re.DOTALL)
_DAY = re.compile(r'date details" title="(\d{2}\.\d{2}\.\d{4}) ')
_FORWARDED = re.compile(r'<div class="forwarded body">.*', re.DOTALL)


def is_chat(head: str) -> bool:
    """Whether a text in JSON begins as the export of a chat, a group or a channel of a team does."""
    return "message" in head[:_HEAD] and _CHAT.match(head[:_HEAD]) is not None


def is_telegram_chat(record: dict[str, object]) -> bool:
    """Whether an object is one of the chats in an account's export."""
    return record.get("type") in _IN_TELEGRAM and "messages" in record


def messages_of_page(markup: str) -> list[Draft] | None:
    """The messages of a channel's page that Telegram exported; none of a chat's, None for any other page.

    Only in a channel is every message signed by the name of the page.
    """
    if _PAGE not in markup or (name := _NAME.search(markup)) is None:
        return None
    channel = _line(name[1])
    drafts: list[Draft] = []
    for number, message in _messages(markup):
        sender = _SENDER.search(_FORWARDED.sub("", message))
        if sender is not None and _line(sender[1]) != channel:
            return []
        text, day = _TEXT.search(message), _DAY.search(message)
        if text is None or day is None:
            continue
        drafts.append(
            Draft(
                text_of(text[1]),
                part=number,
                part_id=number,
                date=date_of(day[1]),
                source=channel,
                provenance=(FieldPlace("date", Where.ELEMENT, "date"), FieldPlace("source", Where.FEED)),
            )
        )
    return drafts


def _messages(markup: str) -> Iterator[tuple[str, str]]:
    return ((match[1], match[2]) for match in _MESSAGE.finditer(markup))


def _line(markup: str) -> str:
    return " ".join(text_of(markup).split())
