"""Settings of one archive: how its dates are read, and which table of metadata is its own."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.engine_settings import ArchiveSettings, EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.model.explanation import FileState
from seedread_index.model.status import SyncReport

Sync = Callable[..., SyncReport]
DAY = dt.date(2021, 3, 5)


def story(number: int, date: str) -> str:
    return f"Ferry leaves\n\n{date}\n\nThe ferry of day {number} left the harbour at noon, the office said.\n"


def settings(**archives: ArchiveSettings) -> EngineSettings:
    return EngineSettings(archives=archives)


def dates(cache: Path) -> dict[str, dt.date | None]:
    catalogue = Catalogue.open(cache / "catalogue.db")
    try:
        return {f"{one.path}{one.part or ''}": one.date for one in catalogue.articles(catalogue.ids())}
    finally:
        catalogue.close()


def test_a_change_of_day_first_reads_that_archive_again(news: Path, cache: Path, run_sync: Sync) -> None:
    (news / "a.txt").write_text(story(1, "05/03/2021"))
    records = "".join(
        f'{{"id": {n}, "text": "Ferry {n}\\n\\n05/03/2021\\n\\nIt left at noon."}}\n' for n in (1, 2)
    )
    (news / "b.jsonl").write_text(records)
    leading = settings(**{str(news): ArchiveSettings(day_first=True)})
    run_sync()
    assert set(dates(cache).values()) == {None}
    assert run_sync(settings=leading).changed == 3
    assert list(dates(cache).values()) == [DAY] * 3
    assert run_sync(settings=leading) == SyncReport()
    run_sync()
    assert set(dates(cache).values()) == {None}


def test_an_article_is_explained_by_the_settings_of_its_archive(news: Path, files: ArchiveFolder) -> None:
    for number, name in enumerate(("a.txt", "b.txt")):
        (news / name).write_text(story(number, "05/03/2021"))
    (news.parent / "own.csv").write_text("file,title\na.txt,A\nb.txt,B\n")
    own = ArchiveSettings("../own.csv", day_first=True)
    with Archive([news], files, EngineSettings(archives={str(news): own})) as archive:
        archive.sync()
        explanation = next(archive.explain_articles(archive.ids()[:1]))
        assert explanation is not None
        assert (explanation.state, explanation.article.date) == (FileState.READ, DAY)
        chosen = {field.name: field.chosen for field in explanation.fields if field.chosen}
        assert chosen["date"].value == DAY.isoformat()
        assert (chosen["title"].value, chosen["title"].origin) == ("A", "table")


def test_it_holds_for_the_folders_inside_and_not_for_those_beside(
    tmp_path: Path, cache: Path, run_sync: Sync
) -> None:
    roots = [tmp_path / name for name in ("east", "west")]
    for root in roots:
        (root / "2021").mkdir(parents=True)
        (root / "2021" / f"{root.name}.txt").write_text(story(len(root.name), "05/03/2021") + root.name)
    run_sync(*roots)
    leading = settings(**{str(roots[0]): ArchiveSettings(day_first=True)})
    assert run_sync(*roots, settings=leading).changed == 1
    assert dates(cache) == {"2021/east.txt": DAY, "2021/west.txt": None}


def test_a_table_of_the_archive_is_found_from_its_folder_and_read_by_its_dates(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    (news / "2021").mkdir()
    for number, name in enumerate(("a.txt", "b.txt")):
        (news / "2021" / name).write_text(story(number, "12/12/2020"))
    (news.parent / "own.csv").write_text("file,title,date\na.txt,A,05/03/2021\nb.txt,B,05/03/2021\n")
    (news.parent / "all.csv").write_text("file,title,date\na.txt,A,2001-01-01\nb.txt,B,2001-01-01\n")
    own = ArchiveSettings("../own.csv", day_first=True)
    for_all = EngineSettings(metadata="../../all.csv", archives={str(news): own})
    run_sync(news / "2021", settings=for_all)
    assert list(dates(cache).values()) == [DAY, DAY]
    run_sync(news / "2021", settings=EngineSettings(metadata="../../all.csv"))
    assert list(dates(cache).values()) == [dt.date(2001, 1, 1)] * 2


def test_a_table_that_is_no_file_is_an_error_that_changes_nothing(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    (news / "a.txt").write_text(story(1, "12/12/2020"))
    run_sync()
    (news / "b.txt").write_text(story(2, "12/12/2020"))
    with pytest.raises(ArchiveError) as raised:
        run_sync(settings=settings(**{str(news): ArchiveSettings("../gone.csv")}))
    assert os.fspath(news.parent / "gone.csv") in raised.value.message
    assert f'[archives."{news}"]' in raised.value.message
    assert "path of the table" in raised.value.hint
    assert list(dates(cache)) == ["a.txt"]
