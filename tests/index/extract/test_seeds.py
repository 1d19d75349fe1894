"""The two bundled articles are read as their gold says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from seedread_index.extract.extractor import read_file
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.engine_settings import EngineSettings

ROOT = Path(__file__).parents[3]
FIRST, SECOND = "000_f3c12d9c3c59545f.txt", "003_3b4f8caba0df371f.txt"


def read(name: str) -> Article:
    reading = read_file(bytes(ROOT / "seeds" / name), name.encode(), EngineSettings())
    assert reading.status is None
    (article,) = reading.articles
    return article


def test_the_first_seed_has_a_date_and_no_headline() -> None:
    article = read(FIRST)
    assert article.date == dt.date(2020, 2, 28)
    assert article.date_from == "text"
    assert article.title_inferred
    assert article.title.startswith("Russian President Vladimir Putin")
    assert article.title.endswith("…")
    assert " date" not in article.title


def test_the_second_seed_has_neither_date_nor_headline() -> None:
    article = read(SECOND)
    assert article.date is None
    assert article.date_from is None
    assert article.title_inferred
    assert article.title.startswith("President Vladimir Putin met")


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_the_body_of_a_seed_ends_where_its_gold_says(name: str) -> None:
    gold = json.loads((ROOT / "tests/data/seeds_gold.json").read_text())["docs"][name]
    article = read(name)
    assert article.text == (ROOT / "seeds" / name).read_text(encoding="utf-8")
    assert article.neutralised == 0
    body = article.of_kind(PassageKind.BODY)
    assert body[-1].end < gold["boilerplate_from"]
    after = [passage.kind for passage in article.passages if passage.start >= gold["boilerplate_from"]]
    assert after[0] is PassageKind.CREDIT
    assert set(after[1:]) <= {PassageKind.BOILERPLATE}


def test_the_second_seed_names_its_publisher() -> None:
    assert read(SECOND).source == "The Moscow Times"
    assert read(SECOND).lang == "en"
