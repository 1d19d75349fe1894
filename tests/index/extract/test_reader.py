"""A file is opened only where that is safe, and whatever it holds nothing is raised."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedread_index.extract.decoding.source import UNSURE, content_of
from seedread_index.extract.extractor import read_bytes, read_file
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus

NAMES = (
    "a.txt",
    "a",
    "a.md",
    "a.html",
    "a.json",
    "a.jsonl",
    "a.eml",
    "a.pdf",
    "a.epub",
    "a.txt.gz",
    "a.bz2",
    "a.xz",
)
HEADS = (
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0",
    b"BZh9",
    b"\xfd7zXZ\0",
    b"<html>",
    b"{",
    b"---\n",
    b"Subject: x\n\n",
)
LISTED = (
    "date 2020-02-28|The ferry left.|Share:|By Irene Example|Read more:|© 2020|- Home|Dear readers,|é|日本"
)
WORDS = st.sampled_from([*LISTED.split("|"), "Please donate $3.", "We met you.", "28 Feb 2020", " ", "\n"])
WORDS |= st.sampled_from(["\n\n", "\t", "\u202e", "\x1b", "TITLE: x\n", "SOURCE: y\n"])
TEXTS = st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=200)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_regular_file_is_never_read(tmp_path: Path, make: object) -> None:
    path = tmp_path / "odd.txt"
    make(path)  # type: ignore[operator]
    assert read_file(bytes(path), b"odd.txt", EngineSettings()).status is SkipStatus.SKIP


def test_links_are_left_to_the_caller(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("text")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert read_file(bytes(tmp_path / "link.txt"), b"link.txt", EngineSettings()).status is SkipStatus.SKIP


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    assert read_file(bytes(tmp_path / "gone.txt"), b"gone.txt", EngineSettings()).reason == "is gone"


def test_a_file_without_permission_is_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text")
    path.chmod(0)
    if os.geteuid() == 0:  # Root may read everything.
        monkeypatch.setattr(os, "open", refused)
    assert read_file(bytes(path), b"secret.txt", EngineSettings()).status is SkipStatus.DENIED


def refused(*_: object, **__: object) -> int:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_file_over_the_size_limit_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2000)
    reading = read_file(bytes(path), b"large.txt", EngineSettings(max_file_size=1000))
    assert reading.status is SkipStatus.SKIP
    assert "max_file_size" in reading.reason


def test_paths_are_cleaned_for_display_and_kept_as_bytes() -> None:
    (article,) = read_bytes(b"The ferry left.", b"a\x1b\xff\n.txt", EngineSettings()).articles
    assert article.path == "a\ufffd\ufffd .txt"
    assert article.path_bytes == b"a\x1b\xff\n.txt"


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n\u3000\u200b\ufeff", " date 2020-02-28 "])
def test_a_file_without_text_is_empty(text: str) -> None:
    assert read_bytes(text.encode(), b"a.txt", EngineSettings()).status is SkipStatus.EMPTY


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.sampled_from(HEADS), st.binary(max_size=400))
def test_no_bytes_make_reading_raise(name: str, head: bytes, data: bytes) -> None:
    reading = read_bytes(head + data, name.encode(), EngineSettings())
    assert reading.articles or (reading.status is not None and reading.reason)


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_passages_are_ordered_inside_and_cover_everything(text: str) -> None:
    for article in read_bytes(text.encode("utf-8", "replace"), b"a.txt", EngineSettings()).articles:
        assert article.title
        assert "\n" not in article.title
        position = 0
        for passage in article.passages:
            assert position <= passage.start < passage.end <= len(article.text)
            assert not article.text[position : passage.start].strip("\u200b\ufeff\ufffd \n\t").strip()
            position = passage.end
        assert not article.text[position:].strip("\u200b\ufeff\ufffd \n\t").strip()


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (
            "Don&#8217;t look back at the harbour &amp; quay",
            "Don&#8217;t look back at the harbour &amp; quay",
        ),
        ("**The council agrees on night ferries**", "The council agrees on night ferries"),
        ("Night ferries at AT&T; the council agrees", "Night ferries at AT&T; the council agrees"),
    ],
)
def test_a_title_has_no_emphasis_and_its_references_stand_as_in_the_text(
    article: Callable[..., Article], news: str, line: str, title: str
) -> None:
    found = article(f"{line}\n\n{news}")
    assert found.title == title
    assert found.text.startswith(line)


@pytest.mark.processes
@pytest.mark.parametrize(("later", "is_sure"), [(1_000, False), (5_000_000_000, True)])
def test_a_file_read_within_moments_of_its_last_change_may_change_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: int, *, is_sure: bool
) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Leaders met in Geneva on Monday.\n")
    changed = path.stat().st_ctime_ns
    monkeypatch.setattr("seedread_index.extract.decoding.source.time.time_ns", lambda: changed + later)
    content = content_of(os.fsencode(path), 1_000)
    assert content is not None
    with closing(content):
        assert content.changed_ns == (changed if is_sure else UNSURE)
