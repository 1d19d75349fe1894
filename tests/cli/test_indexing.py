"""`seedread index` and `seedread status`: what was done, what is locked, what was skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.files.write_lock import WriteLock
from seedread_index.model.errors import ArchiveError, LockedError

from .conftest import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one article."""
    made = tmp_path / "articles"
    made.mkdir()
    (made / "a.txt").write_text("The lighthouse of the harbour was repainted on Tuesday, the town said.\n")
    return made


def test_index_says_what_it_did_on_standard_error(run: Run, folder: Path) -> None:
    first = run("index", str(folder))
    assert (first.code, first.out) == (0, "")
    assert "1 article added" in first.err
    (folder / "b.txt").write_text("The harbour master was away on Tuesday, the town said in a note.\n")
    (folder / "a.txt").unlink()
    second = run("index", "--json", "-C", str(folder)).document
    assert (second["added"], second["removed"], second["articles"]) == (1, 1, 1)
    assert run("index", "-q", str(folder)).err == ""


def test_rebuild_keeps_the_articles(run: Run, folder: Path) -> None:
    run("index", str(folder))
    shown = run("show", "a.txt", "--json", "-C", str(folder)).document
    rebuilt = run("index", "--rebuild", str(folder), "--json")
    assert rebuilt.document["articles"] == 1
    assert run("show", "a.txt", "--json", "-C", str(folder)).document == shown


def test_forget_deletes_the_index_and_says_so(run: Run, folder: Path) -> None:
    run("index", str(folder))
    assert "deleted" in run("index", "--forget", str(folder)).err
    assert not any(Path(os.environ["XDG_CACHE_HOME"]).rglob("catalogue.db"))
    assert "no index to delete" in run("index", "--forget", str(folder)).err
    assert run("search", "lighthouse", "--no-sync", "-C", str(folder)).code == 1
    assert (folder / "a.txt").exists()


def test_without_a_sync_the_index_stays_as_it_is(run: Run, folder: Path) -> None:
    run("index", str(folder))
    (folder / "b.txt").write_text("A second lighthouse was built at the harbour, the town said on Friday.\n")
    assert len(run("search", "lighthouse", "--jsonl", "--no-sync", "-C", str(folder)).rows) == 1
    assert len(run("search", "lighthouse", "--jsonl", "-C", str(folder)).rows) == 2


def test_a_locked_archive_is_read_from_its_last_commit(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", str(folder))

    def locked(*_: object, **__: object) -> None:
        raise LockedError("the archive is locked", "wait", pid=4321, since="2026-01-02T03:04:05")

    monkeypatch.setattr(Archive, "sync", locked)
    found = run("search", "lighthouse", "--jsonl", "-C", str(folder))
    assert found.code == 0
    assert len(found.rows) == 1
    assert "4321" in found.err
    assert "2026-01-02T03:04:05" in found.err
    assert "--wait" in found.err
    index = run("index", str(folder))
    assert index.code == 4
    assert "the archive is locked" in index.err


def test_wait_is_handed_down(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []
    synced = Archive.sync

    def noted(self: Archive, *arguments: object, **options: object) -> object:
        waits.append(options["wait"])
        return synced(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "sync", noted)
    for waiting in ([], ["--wait"], ["--wait=2"]):
        assert run("index", str(folder), *waiting).code == 0
    assert waits == [0, None, 2]


def test_an_index_that_cannot_be_written_still_answers(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ArchiveError("the disk is full", "free some space")

    monkeypatch.setattr(Archive, "sync", failing)
    ended = run("search", "lighthouse", "-C", str(folder))
    assert ended.code == 3
    assert "free some space" in ended.err
    monkeypatch.undo()


def test_a_named_cache_holds_the_index_and_whose_it_is_is_told(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "shared"
    cache.mkdir(mode=0o755)
    assert run("index", str(folder), "--cache", str(cache)).code == 0
    (catalogue,) = cache.rglob("catalogue.db")
    assert catalogue.stat().st_mode & 0o777 == 0o644
    assert not any(Path(os.environ["XDG_CACHE_HOME"]).rglob("catalogue.db"))
    monkeypatch.setattr(ArchiveFolder, "owner", lambda self: "wire")
    found = run("search", "lighthouse", "--jsonl", "-C", str(folder), "--cache", str(cache))
    assert (found.code, len(found.rows)) == (0, 1)
    assert "this index belongs to wire, who updates it: it last changed at 20" in found.err
    told = run("status", str(folder), "--cache", str(cache))
    assert "owner       wire" in told.out
    assert run("status", str(folder), "--json", "--cache", str(cache)).document["owner"] == "wire"
    ended = run("index", str(folder), "--cache", str(cache))
    assert ended.code == 3
    assert "belongs to wire" in ended.err


def test_repair_builds_a_damaged_index_anew(run: Run, folder: Path) -> None:
    run("index", str(folder))
    (catalogue,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("catalogue.db")
    catalogue.write_bytes(b"not a database" * 1000)
    assert run("index", "--repair", str(folder)).code == 0
    assert len(run("search", "lighthouse", "--jsonl", "-C", str(folder)).rows) == 1


def test_status_for_people_names_what_was_skipped(run: Run, folder: Path) -> None:
    for number in range(12):
        (folder / f"empty{number}.txt").write_bytes(b"")
    status = run("status", str(folder))
    assert status.code == 0
    assert "articles    1" in status.out
    assert "12 empty" in status.out
    assert "and 2 more" in status.out
    assert "empty9.txt" in run("status", "-v", str(folder)).out
    rows = run("status", "--csv", str(folder)).out.splitlines()
    assert rows[0] == "path,status,reason"
    assert len(rows) == 13


def test_options_that_cannot_stand_together_are_refused(run: Run, folder: Path) -> None:
    assert run("index", "--annotate", "--forget", str(folder)).code == 2


def test_a_writer_is_named_and_waited_for(run: Run, folder: Path) -> None:
    run("index", str(folder))
    archive = Archive.open([folder])
    (folder / "b.txt").write_text("A second lighthouse was built at the harbour, the town said on Friday.\n")
    lock = WriteLock(archive.folder.lock)
    lock.acquire(0)
    try:
        for arguments in (["index"], ["index", "--wait=0.1"], ["entities", "--undo"]):
            locked = run(*arguments, "-C", str(folder))
            assert locked.code == 4
            assert str(os.getpid()) in locked.err
        found = run("search", "lighthouse", "--jsonl", "-C", str(folder))
        assert found.code == 0
        assert len(found.rows) == 1
        status = run("status", "--json", "-C", str(folder)).document
        assert status["writer"]["pid"] == os.getpid()
    finally:
        lock.release()
    assert len(run("search", "lighthouse", "--jsonl", "-C", str(folder)).rows) == 2


def test_annotate_waits_for_the_entity_engine(run: Run, seeds: Path) -> None:
    pytest.importorskip("spacy", reason="the entity engine is not installed", exc_type=ImportError)
    annotated = run("index", "--annotate", "--json", str(seeds))
    assert annotated.code == 0
    assert annotated.document["annotated"] == 2
    status = run("status", "--json", str(seeds)).document
    assert status["annotated"] == 2
    assert status["engine"] in annotated.err
    assert run("index", "--annotate", "--json", str(seeds)).document["annotated"] == 0


def test_an_engine_that_is_not_there_is_told(run: Run, folder: Path) -> None:
    ended = run("index", "--annotate", "--ner-model", "no_such_pipeline", str(folder))
    assert ended.code == 3
    assert "no_such_pipeline" in ended.err


def test_rules_alone_can_be_chosen(run: Run, seeds: Path) -> None:
    assert run("index", "--annotate", "--ner-model", "rules", str(seeds)).code == 0
    assert run("status", "--json", "--ner-model", "rules", str(seeds)).document["engine"] == "rules"


def test_another_index_engine_is_named_by_status_and_finds_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The lighthouse of the harbour was repainted on Tuesday, the town said.\n"
    )
    place = ("-C", str(tmp_path))
    assert run("status", "--json", *place).document["index_engine"]["name"] == "whoosh"
    made = run("index", "--index-engine", "tantivy", *place)
    assert made.code == 0 and "tantivy is now the index engine" in made.err
    status = run("status", "--json", *place).document["index_engine"]
    assert (status["name"], status["checksums"]) == ("tantivy", "ok")
    assert [row["path"] for row in run("search", "lighthouse", "--jsonl", *place).rows] == ["a.txt"]
    assert "index       tantivy" in run("status", *place).out
    assert "engine tantivy" in run("doctor", *place).out
    assert "is already the index engine" in run("index", "--index-engine", "tantivy", *place).err
    assert run("index", "--index-engine", "lucene", *place).code == 2
    assert run("index", "--index-engine", "whoosh", "--forget", *place).code == 2


def test_a_large_archive_of_whoosh_is_recommended_the_other_engine(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(
        "The lighthouse of the harbour was repainted on Tuesday, the town said.\n"
    )
    assert "tantivy" not in run("status", "-C", str(tmp_path)).out
    monkeypatch.setattr("seedread_index.model.status.LARGE_ARCHIVE", 1)
    for command in ("status", "doctor"):
        assert "seedread index --index-engine tantivy" in run(command, "-C", str(tmp_path)).out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--publish", "opensearch+https://a.example/wire"), "need --label"),
        (("--unpublish", "opensearch+https://a.example/wire"), "need --label"),
        (("--label", "one"), "--label needs one of them"),
        (("--link", "opensearch+https://a.example/wire", "--watch"), "--link and --watch"),
        (
            ("--publish", "opensearch+https://a.example/wire", "--label", "one", "--dry-run"),
            "--publish and --dry-run",
        ),
        (("--publish", "opensearch+http://a.example/wire", "--label", "one"), "without TLS"),
        (("--publish", "opensearch+https://a.example/wire", "--label", "no label"), "no label"),
        (
            ("--unpublish", "opensearch+https://a.example/wire", "--label", "a", "--link", "x"),
            "--link and --unpublish",
        ),
        (("--link", "news"), "not the address"),
    ],
)
def test_what_cannot_be_published_is_said_before_a_server_is_asked(
    run: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.txt").write_text("The harbour was closed for three days.\n")
    told = run("index", "-C", str(tmp_path), *options)
    assert told.code in (2, 3)
    assert said in told.err
    assert "Traceback" not in told.err
