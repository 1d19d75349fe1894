"""Where an archive's settings say that the day leads, 05/03/2021 is the fifth of March in every format."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest

from seedread_index.extract.decoding.source import Source
from seedread_index.extract.extractor import drafts_in, read_bytes
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.text.dates import month_and_day

PROSE = "The harbour office said on Monday that the ferries would sail again after the storm. " * 3
TEXT = f"{PROSE}\n\n{PROSE}\n"
PARAGRAPHS = f"<p>{PROSE}</p><p>{PROSE}</p>"
FILES = {
    "line.txt": f"Ferries sail again\n\nPublished 05/03/2021\n\n{TEXT}",
    "system.txt": f"Ferries sail again\n\nBy Ann Roe | 5-3-21 | World\n\n{TEXT}",
    "dateline.txt": f"Ferries sail again\n\nQuay Street, 05/03/2021 - {TEXT}",
    "labels.txt": f"Title: Ferries\nDate: 05/03/2021\nSource: Bay News\n\n{TEXT}",
    "packed.txt.gz": f"Ferries sail again\n\n05/03/2021\n\n{TEXT}",
    "named.html": "<html><head><meta name='date' content='05/03/2021'></head>"
    f"<h1>Ferries</h1>{PARAGRAPHS}</html>",
    "shown.html": f"<html><article><h1>Ferries</h1><time>05/03/2021</time>{PARAGRAPHS}</article></html>",
    "linked.html": "<html><script type='application/ld+json'>"
    f'{{"@type": "NewsArticle", "datePublished": "05/03/2021"}}</script><h1>Ferries</h1>{PARAGRAPHS}</html>',
    "table.csv": f"title,date,text\nFerries,05/03/2021,{PROSE}\nBoats,05/03/2021,{PROSE}\n",
    "record.json": f'{{"title": "Ferries", "date": "05/03/2021 10:00", "text": "{PROSE}"}}',
    "records.jsonl": f'{{"title": "Ferries", "published": "5/3/2021", "text": "{PROSE}"}}\n' * 2,
    "letter.eml": f"From: Ann <a@bay.example>\nSubject: Ferries\nDate: 05/03/2021 10:00\n\n{TEXT}",
    "front.md": f"---\ntitle: Ferries\ndate: 05/03/2021\n---\n\n{TEXT}",
    "feed.xml": "<rss version='2.0'><channel><title>Bay</title><item><title>Ferries</title>"
    f"<pubDate>05/03/2021</pubDate><description>{PROSE}</description></item></channel></rss>",
}


def days(name: str, content: str, *, day_first: bool) -> set[dt.date | None]:
    data = gzip.compress(content.encode()) if name.endswith(".gz") else content.encode()
    reading = read_bytes(data, name.encode(), EngineSettings(day_first=day_first))
    assert reading.articles
    return {article.date for article in reading.articles}


@pytest.mark.parametrize("name", FILES)
def test_the_day_leads_in_every_format_and_is_never_guessed(name: str) -> None:
    assert days(name, FILES[name], day_first=True) == {dt.date(2021, 3, 5)}
    assert days(name, FILES[name], day_first=False) == {None}


@pytest.mark.parametrize("written", ["03/25/2021", "25/03/2021", "2021-03-25", "25 March 2021"])
def test_dates_that_are_clear_stay_what_they_are(written: str) -> None:
    text = f"Ferries sail again\n\n{written}\n\n{TEXT}"
    for day_first in (True, False):
        assert days("a.txt", text, day_first=day_first) == {dt.date(2021, 3, 25)}


def test_a_file_that_is_half_read_does_not_touch_how_others_are() -> None:
    data = FILES["records.jsonl"].encode()
    next(iter(drafts_in(Source.of(data), b"a.jsonl", EngineSettings(day_first=True))))
    assert month_and_day(5, "/", 3) is None
