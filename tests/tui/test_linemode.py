"""The reader at a prompt."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread import linemode
from seedread.linemode import LineMode
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.files.write_lock import WriteLock
from seedread_index.model.results import Hit


def talk(archive: Archive, *lines: str) -> str:
    """What is answered to lines; an archive that they open is closed again, the one given is not."""
    out = io.StringIO()
    talker = LineMode(archive, Settings(), io.StringIO("".join(f"{line}\n" for line in lines)), out)
    assert talker.run() == 0
    if talker._archive is not archive:
        talker.close()
    return out.getvalue()


def test_words_are_searched_numbers_read_and_n_walks_the_hits(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "Kremlin", "1", "n", "n", "J", "q")
    assert "2 articles for Kremlin" in said
    assert "Hit 1 of 2:" in said
    assert "the [Kremlin] said on Friday" in said.replace("\n", " ")
    assert "Hit 2 of 2:" in said
    assert "No more hits in this article" in said
    assert "2 of 2. " in said


def test_a_bad_query_gets_a_caret_and_the_talk_goes_on(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, '/"a', "e erdogan", "zzzqq")
    caret = next(line for line in said.split("\n") if line.strip().endswith("^"))
    assert caret.index("^") == len("seedread> seedread> /")  # the typed line is not echoed here
    assert "Recep Tayyip Erdogan, person, 2 articles" in said
    assert "zzzqq: 0" in said


def test_results_are_narrowed_and_sorted_and_a_wrong_filter_is_refused(own_cache: Path, news: Path) -> None:
    with Archive.open([news]) as archive:
        said = talk(archive, "harbour", "f date:2021-03", 'f "open', "F", "s title", "s nonsense")
    assert "12 articles for harbour" in said
    assert "1 article for harbour, filter date:2021-03" in said
    assert said.count("12 articles for harbour") == 3
    assert "Sorted by title" in said
    assert "choose one of relevance" in said


def test_a_colon_runs_a_command_of_the_shell_on_the_archive(own_cache: Path, news: Path) -> None:
    with Archive.open([news]) as archive:
        said = talk(
            archive, ":tag grain .", "harbour", "1", ":tag 'grain deal' .", ":tag", ":srch x", ":tag 'x", ":"
        )
    assert "no article is open: open one first" in said
    assert "tagged grain deal" in said
    assert "      1  grain deal" in said
    assert "unknown command: srch" in said
    assert "close the quotes" in said
    assert "no command given" in said


def test_an_unknown_command_after_a_colon_is_never_taken_for_a_folder(seeds_archive: Archive) -> None:
    out = io.StringIO()
    lines = io.StringIO(":staus\n:zzz\n")
    assert LineMode(seeds_archive, Settings(), lines, out, known=("status", "star")).run() == 0
    assert "unknown command: staus: did you mean :status?" in out.getvalue()
    assert "unknown command: zzz: seedread --help lists all commands" in out.getvalue()


def test_no_line_is_wider_than_a_terminal(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "Kremlin", "1", "t", "W", "q").replace("seedread> ", "")
    assert max(map(len, said.split("\n"))) <= 79


def test_facets_are_counted_and_what_is_offered_is_taken(own_cache: Path, news: Path) -> None:
    with Archive.open([news]) as archive:
        said = talk(archive, "harbuor", ";", "facets", "facets plac", ";")
    assert "did you mean harbour? (; accepts)" in said
    assert "12 articles for harbour" in said
    every, places = said.split("In 12 articles")[1:]
    assert "     12  date:2021" in every
    count = sum("Bamako" in path.read_text(encoding="utf-8") for path in news.iterdir())
    assert f"{count:>7}  place:Bamako" in every and f"{count:>7}  place:Bamako" in places
    assert "date:2021" not in places
    assert "No suggestion to accept" in places


def test_a_command_that_works_here_tells_why_files_were_skipped(
    own_cache: Path, tmp_path: Path, folder_of: Callable[[Path, dict[str, str]], Path]
) -> None:
    folder = folder_of(tmp_path / "ferries", {"new.txt": "A ferry left Kigali at noon, its captain said.\n"})
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with Archive.open([folder]) as archive:
        said = talk(archive)
    assert "1 article added, 1 skipped (seedread status --files lists them)" in said
    assert ":files" not in said


def test_the_company_of_a_name_is_told(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "C erdogan", "C nobodyhere", "C")
    assert "Mentioned with Recep Tayyip Erdogan:" in said
    assert "  Vladimir Putin, person, 2 articles" in said
    assert "No name contains nobodyhere" in said


def test_quotations_of_an_article_and_of_a_name_are_told(seeds_archive: Archive) -> None:
    quoted = next(quotation for quotation in seeds_archive.quotations() if quotation.speaker)
    assert quoted.speaker is not None and quoted.speaker.name is not None
    said = talk(seeds_archive, f"W {quoted.speaker.name}", "W nobodyhere")
    assert f"{quoted.speaker.name} ({quoted.date or 'undated'}, {quoted.path}): " in said
    assert "No quotations" in said


def test_the_reasons_of_an_article_are_told(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "Putin", "1", "i")
    assert "read as plain text, recognised by" in said
    assert "  title        " in said
    assert "  body         text that no rule removes" in said


def test_odd_lines_do_no_harm(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "²", "9" * 5000, "\x1b]52;c;eA==\x07", "n", "t", "i", "J")
    assert "No article with that number" in said
    assert "\x1b" not in said


def test_another_writer_is_told_and_what_is_there_is_read(seeds_archive: Archive) -> None:
    lock = WriteLock(seeds_archive.folder.lock)
    lock.acquire(0)
    try:
        said = talk(seeds_archive, "Kremlin")
    finally:
        lock.release()
    assert "showing the last saved state" in said
    assert "2 articles for Kremlin" in said


def test_whose_an_index_is_that_another_account_keeps_is_told_and_it_is_read(
    seeds_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArchiveFolder, "owner", lambda self: "wire")
    said = talk(seeds_archive, "Kremlin")
    assert "this index belongs to wire, who updates it: it last changed at 20" in said
    assert "2 articles for Kremlin" in said


def test_another_folder_is_opened_and_a_wrong_one_is_told(own_cache: Path, seeds: Path, news: Path) -> None:
    archive = Archive.open([seeds])
    said = talk(archive, "open /nowhere/at/all", f"open {news}", "?", "q")
    assert "no such file or folder: /nowhere/at/all" in said
    assert "12 articles" in said
    assert "NUMBER" in said


def test_nothing_but_plain_lines_is_written(seeds_archive: Archive) -> None:
    said = talk(seeds_archive, "Putin", "1", "t", "i")
    assert "\x1b" not in said
    assert "\r" not in said


def test_an_inferred_title_is_marked() -> None:
    hit = Hit("id", "a.txt", "Ministers met in Geneva…", True, None, None, 1.0, 0, (), ())
    assert linemode._row(1, hit).startswith("1. ~ Ministers met in Geneva")
