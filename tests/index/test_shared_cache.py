"""One index for many accounts: built by one, read by others who trust it, and written by its owner alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.files import trusted_folders
from seedread_index.model.article import EntityType
from seedread_index.model.correction import ArticleCorrection, Correction
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, ForeignError
from seedread_index.model.results import SearchRequest
from seedread_index.sync.background import Background

OWNER, READER, GROUP = 64_001, 64_002, 64_010
"""Accounts and a group that no system has."""
TEXT = "GENEVA (Reuters) - Foreign Minister Anna Keller met Max Berger in Geneva on Tuesday to talk of grain."
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account may look into, with news and a cache for a group."""
    folder = Path(tempfile.mkdtemp(prefix="seedread-shared-"))
    folder.chmod(0o755)
    (folder / "news").mkdir(mode=0o755)
    (folder / "news" / "a.txt").write_text(TEXT)
    cache = folder / "cache"
    cache.mkdir()
    cache.chmod(0o750)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def nobody_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No account is trusted yet."""
    monkeypatch.setattr(trusted_folders, "_trusted", set())


def opened(place: Path, *trusted: int, engine: str = "whoosh") -> Archive:
    """The archive by its shared cache, as an account that trusts some others."""
    settings = EngineSettings(
        ner_model="rules",
        cache=str(place / "cache"),
        trusted_owners=tuple(map(str, trusted)),
        index_engine=engine,
    )
    return Archive.open(place / "news", settings, data_root=place / "reader")


def in_account(account: int, group: int, work: Callable[[], object]) -> str:
    """What some work comes to when a process of another account does it, or the error that it meets."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        try:
            os.setgroups([])
            os.setgid(group)
            os.setuid(account)
            found = str(work())
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
            found = f"{type(error).__name__}: {error}"
        os.write(writer, found.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return told


def give(folder: Path, account: int, group: int) -> None:
    """Give a folder with all in it to an account and a group."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account, group)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_files_may_be_read_by_whom_the_cache_is_open_to_and_written_by_none(place: Path, engine: str) -> None:
    pytest.importorskip(engine)
    before = os.umask(0o077)
    try:
        with opened(place, engine=engine) as archive:
            archive.sync()
            (place / "news" / "b.txt").write_text(f"{TEXT} More.")
            archive.sync()
            assert archive.check() == ()
        files = [path for path in (place / "cache").rglob("*") if path.is_file()]
        folders = [path for path in (place / "cache").rglob("*") if path.is_dir()]
        assert len(files) > 4
        assert {path.stat().st_mode & 0o777 for path in files} == {0o640}
        assert {path.stat().st_mode & 0o777 for path in folders} == {0o750}
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)


def test_a_cache_that_is_one_s_own_stays_so(place: Path) -> None:
    (place / "cache").chmod(0o700)
    with opened(place) as archive:
        archive.sync()
    written = list((place / "cache").rglob("*"))
    assert written
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)


def test_a_name_that_no_account_has_cannot_be_trusted(place: Path) -> None:
    settings = EngineSettings(trusted_owners=("no such account",))
    with pytest.raises(ArchiveError, match="no such account"):
        Archive.open(place / "news", settings)


@as_root
def test_the_files_have_the_group_of_the_cache(place: Path) -> None:
    os.chown(place / "cache", 0, GROUP)
    with opened(place) as archive:
        archive.sync()
    assert {path.stat().st_gid for path in (place / "cache").rglob("*")} == {GROUP}


@as_root
def test_another_account_reads_what_it_trusts_and_writes_nothing_there(place: Path) -> None:
    os.chown(place / "cache", 0, GROUP)
    with opened(place) as archive:
        archive.sync()
        archive.status()
        archive.hits(archive.search("grain"))
        archive.card(archive.entities()[0].id)
    give(place / "cache", OWNER, GROUP)

    def found() -> object:
        with opened(place, OWNER) as mine:
            results = mine.search("grain")
            names = [entity.name for entity in mine.entities()]
            return results.total, len(mine.hits(results)), "Anna Keller" in names, mine.status().owner

    def untrusted() -> object:
        with opened(place) as mine:
            return mine.search("grain").total

    before = {path: path.stat() for path in (place / "cache").rglob("*")}
    assert in_account(READER, GROUP, found) == str((1, 1, True, str(OWNER)))
    told = in_account(READER, GROUP, untrusted)
    assert "belongs to another user (64001)" in told
    assert "PermissionError" in in_account(READER, 64_011, found) or "ArchiveError" in in_account(
        READER, 64_011, found
    )
    assert {path: path.stat() for path in (place / "cache").rglob("*")}.keys() == before.keys()


@as_root
def test_an_index_of_another_account_is_never_written_to(place: Path) -> None:
    with opened(place) as archive:
        archive.sync()
    give(place / "cache", OWNER, GROUP)
    (place / "news" / "b.txt").write_text(f"{TEXT} More.")
    with opened(place, OWNER) as archive:
        with pytest.raises(ForeignError, match=str(OWNER)):
            archive.sync()
        with pytest.raises(ForeignError):
            archive.correct(ArticleCorrection("title", tuple(archive.ids()), "Another"))
        assert not (place / "reader").exists()
        assert str(OWNER) in archive.status().not_ours
        assert "it last changed at 20" in archive.status().not_ours
        background = archive.background()
        assert isinstance(background, Background)
        background.start()
        assert [type(event) for event in background] == [ForeignError]
        assert not background.running
        assert len(archive.ids()) == 1


def everything(archive: Archive) -> list[str]:
    """What a user sees of the entities: lists, cards, facets, mentions, quotations, searches."""
    entities = archive.entities(types=list(EntityType))
    results = archive.search(SearchRequest("", group=False))
    found = (
        entities,
        [archive.card(each.id) for each in entities],
        archive.facets(results),
        [article.mentions for article in archive.articles(archive.ids())],
        [archive.search(f'entity:"{each.name}"').total for each in entities],
        [*archive.quotations()],
    )
    return list(map(repr, found))


CORRECTIONS = (
    Correction("merge", "Max Berger", EntityType.PERSON, "Anna Keller", EntityType.PERSON),
    Correction("alias", "Keller", into="Otto Brandt"),
    Correction("split", "Brandt", EntityType.PERSON),
    Correction("retype", "Geneva", EntityType.PLACE, to=EntityType.ORG),
    Correction("hide", "Otto Brandt"),
    Correction("add", "grain talks", EntityType.ORG),
)


@as_root
@pytest.mark.parametrize("count", range(1, len(CORRECTIONS) + 1))
def test_corrections_of_another_account_s_archive_are_as_if_written_into_it(place: Path, count: int) -> None:
    (place / "news" / "b.txt").write_text(
        'BERN (Reuters) - "The grain talks go on," Otto Brandt said. Brandt and Keller left Geneva. '
        "Anna Keller had met Max Berger before."
    )
    with opened(place) as archive:
        archive.sync()
        archive.correct(Correction("hide", "Bern"))  # the owner's own, which others see, too
        plain = everything(archive)
        archive.correct(*CORRECTIONS[:count])
        wanted = everything(archive)
        for _ in range(count):
            archive.undo()
        assert everything(archive) == plain != wanted
    give(place / "cache", OWNER, GROUP)
    before = {path: path.read_bytes() for path in (place / "cache").rglob("*") if path.is_file()}
    shutil.rmtree(place / "reader")
    with opened(place, OWNER) as archive:
        assert everything(archive) == plain
        for correction in CORRECTIONS[:count]:
            assert archive.correct(correction).problems == ()
        assert everything(archive) == wanted
        with opened(place, OWNER) as again:
            assert everything(again) == wanted
        for _ in range(count):
            archive.undo()
        assert everything(archive) == plain
    assert {path: path.read_bytes() for path in (place / "cache").rglob("*") if path.is_file()} == before


@as_root
def test_what_is_corrected_stays_so_when_the_owner_s_index_goes_on(place: Path) -> None:
    with opened(place) as archive:
        archive.sync()
    give(place / "cache", OWNER, GROUP)
    with opened(place, OWNER) as mine:
        mine.correct(Correction("merge", "Max Berger", into="Anna Keller"))
        assert [each.articles for each in mine.entities_called("Max Berger", list(EntityType))] == [1]
    give(place / "cache", 0, GROUP)
    (place / "news" / "b.txt").write_text(TEXT.replace("Tuesday", "Friday"))
    reader = place / "reader"
    reader.rename(place / "kept")
    with opened(place) as archive:
        archive.sync()
    shutil.rmtree(reader, ignore_errors=True)
    (place / "kept").rename(reader)
    give(place / "cache", OWNER, GROUP)
    with opened(place, OWNER) as mine:
        (merged,) = mine.entities_called("Max Berger", list(EntityType))
        assert (merged.name, merged.articles) == ("Anna Keller", 2)
        mine.folder.corrections.write_text("[[correction]\n")
        assert mine.corrections_problem()
        assert mine.entities_called("Max Berger", list(EntityType))[0].articles == 2


@as_root
def test_a_commit_that_a_crash_cut_short_is_for_its_owner_to_mend(place: Path) -> None:
    os.chown(place / "cache", 0, GROUP)
    with opened(place) as archive:
        archive.sync()
        archive.search("grain")
        catalogue = archive.folder.catalogue
    journal = catalogue.with_name(f"{catalogue.name}-journal")
    connection = sqlite3.connect(catalogue, isolation_level=None)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE articles SET title = title || hex(randomblob(100000))")
    kept = journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    journal.write_bytes(kept)
    journal.chmod(0o640)
    for path in (place / "cache").rglob("*.checksums*"):
        path.unlink()
    give(place / "cache", OWNER, GROUP)

    def found() -> object:
        with opened(place, OWNER) as mine:
            return mine.search("grain").total

    told = in_account(READER, GROUP, found)
    assert "a crash left the index in the middle of a commit; only its owner can repair it" in told


def test_nobody_of_one_s_own_is_another_owner(place: Path) -> None:
    with opened(place) as archive:
        assert archive.status().not_ours == ""
        archive.sync()
        assert archive.status().not_ours == ""


@pytest.mark.parametrize("name", ["(" * 300, "file.txt/below"])
def test_a_cache_that_no_folder_can_be_called_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("A text.\n")
    with pytest.raises(ArchiveError, match="the cache cannot be used"):
        Archive.open(tmp_path, EngineSettings(cache=str(tmp_path / name)))
