"""The full-text index: idempotent updates, merges, several processes and what it refuses."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import select
import signal
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import seedread_index
from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.document import Document, document_of
from seedread_index.engines.whoosh.commit import MOST_SEGMENTS
from seedread_index.engines.whoosh.fulltext import WhooshFullText, open_fulltext
from seedread_index.engines.whoosh.pinned_storage import PinnedStorage
from seedread_index.engines.whoosh.postings import (
    Forms,
    pack_postings,
    read_codes,
    unpack_positions,
    unpack_postings,
)
from seedread_index.model.article import Article
from seedread_index.model.errors import ArchiveError
from seedread_index.text.stems import term_of

from .conftest import Shelf

Make = Callable[..., Article]
Open = Callable[..., WhooshFullText]
WORDS = ["harbour", "ministry", "grain", "talks", "border", "strike", "vote", "river", "storm", "bridge"]


def documents(article: Make, count: int, seed: int = 1) -> list[Document]:
    chance = random.Random(seed)
    return [
        document_of(
            article(f"{seed}-{number:04}", " ".join(chance.choices(WORDS, k=30)) + f" number{number}")
        )
        for number in range(count)
    ]


def postings_of(fulltext: WhooshFullText) -> dict[str, dict[str, list[int]]]:
    """Every word's positions by article id."""
    snapshot = fulltext.snapshot()
    made = ["a", *(f"1-{number:04}" for number in range(60))]
    names = dict(zip(keys_of(made), made, strict=True))
    found = {}
    for word in [*WORDS, "number3", "number7"]:
        term = term_of(word)
        numbers, _ = snapshot.postings("all", term)
        alive = {number for number in numbers if number not in snapshot.deleted}
        documents, starts, every = snapshot.positions("all", term, alive)
        found[word] = {
            names[snapshot.columns.keys[number]]: list(every[starts[at] : starts[at + 1]])
            for at, number in enumerate(documents)
            if number in alive
        }
    snapshot.close()
    return found


@pytest.fixture
def opened() -> Iterator[Open]:
    """A function that opens a store, which is closed at the end."""
    with contextlib.ExitStack() as closing:

        def opening(folder: Path, *, writable: bool) -> WhooshFullText:
            return closing.enter_context(contextlib.closing(open_fulltext(folder, writable=writable)))

        yield opening


@pytest.fixture
def fulltext(opened: Open, tmp_path: Path) -> WhooshFullText:
    return opened(tmp_path / "fulltext", writable=True)


def test_an_update_repeated_changes_nothing(fulltext: WhooshFullText, article: Make) -> None:
    made = documents(article, 12)
    fulltext.apply(made)
    fulltext.commit()
    first = postings_of(fulltext)
    fulltext.apply(made)
    fulltext.commit()
    assert fulltext.count() == 12
    assert postings_of(fulltext) == first


def test_a_batch_that_names_an_id_twice_leaves_the_later_one(fulltext: WhooshFullText, article: Make) -> None:
    fulltext.apply([document_of(article("a", "old harbour")), document_of(article("a", "new bridge"))])
    fulltext.commit()
    assert fulltext.count() == 1
    assert postings_of(fulltext)["bridge"] == {"a": [1]}
    assert postings_of(fulltext)["harbour"] == {}


def test_a_pattern_of_any_length_is_looked_up(fulltext: WhooshFullText, article: Make) -> None:
    fulltext.apply([document_of(article("a", "old harbour"))])
    fulltext.commit()
    assert fulltext.vocabulary.matching("har", "har*r", 5) == [("harbour", 1)]
    assert fulltext.vocabulary.matching("har", "har*" + "r" * 60_000, 5) == []


def test_gone_articles_go(fulltext: WhooshFullText, article: Make) -> None:
    fulltext.apply(documents(article, 5))
    fulltext.commit()
    fulltext.apply([], ["1-0003", "never there"])
    fulltext.commit()
    assert fulltext.count() == 4
    assert postings_of(fulltext)["number3"] == {}


def test_many_small_commits_are_merged_and_hold_the_same(opened: Open, tmp_path: Path, article: Make) -> None:
    made = documents(article, 40)
    at_once = opened(tmp_path / "once", writable=True)
    at_once.apply(made)
    at_once.commit()
    at_once.apply([], ["1-0005"])
    at_once.commit()
    by_one = opened(tmp_path / "many", writable=True)
    for each in made:
        by_one.apply([each])
        by_one.commit()
    by_one.apply([], ["1-0005"])
    by_one.commit()
    for each in made[:3]:
        by_one.apply([each])
        by_one.commit()
    assert postings_of(by_one) == postings_of(at_once)
    assert by_one.count() == 39
    snapshot = by_one.snapshot()
    assert 1 < snapshot.segments() <= 2 * MOST_SEGMENTS
    snapshot.close()


def test_several_processes_build_what_one_builds(opened: Open, tmp_path: Path, article: Make) -> None:
    made = documents(article, 60)
    by_two = opened(tmp_path / "two", writable=True)
    batches = [made[:20], [], made[20:50], made[40:]]
    told = [each for ids in by_two.build(batches, 2) for each in ids]
    assert sorted(told) == sorted(each.id for each in made)
    by_one = opened(tmp_path / "one", writable=True)
    by_one.apply(made)
    by_one.commit()
    assert postings_of(by_two) == postings_of(by_one)
    assert by_two.count() == 60
    assert by_two.vocabulary.starting("bri", 5) == by_one.vocabulary.starting("bri", 5)


def test_building_again_replaces(fulltext: WhooshFullText, article: Make) -> None:
    made = documents(article, 10)
    fulltext.apply(made)
    fulltext.commit()
    assert len([each for ids in fulltext.build([made], 1) for each in ids]) == 10
    assert fulltext.count() == 10


def test_documents_whose_process_fails_are_left_out(
    fulltext: WhooshFullText, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert list(fulltext.build([documents(article, 5)], 1)) == []
    assert fulltext.count() == 0


def test_a_building_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import sys
from seedread_index.engines.whoosh.fulltext import build_segments
def batches():
    for _ in range(6):  # More than wait for a child: it has been started by then.
        yield []
    print("going", flush=True)
    sys.stdin.read()
from pathlib import Path
Path({str(tmp_path)!r}).joinpath("x").mkdir()
for _ in build_segments(Path({str(tmp_path)!r}) / "x", "articles2", batches(), 1): pass
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(seedread_index.__file__).parent.parent)},
    )
    assert parent.stdout is not None and parent.stdin is not None
    assert parent.stdout.readline() == b"going\n"
    tasks = Path(f"/proc/{parent.pid}/task").iterdir()
    children = [each for task in tasks for each in (task / "children").read_text().split()]
    assert children
    # A pidfd outlives the number's reuse, so that what is waited for is this child and no other.
    handle = os.pidfd_open(int(children[0]))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    ready, _, _ = select.select([handle], [], [], 60)
    os.close(handle)
    parent.stdout.close()
    parent.stdin.close()
    assert ready, "the child is still there"


def test_a_new_commit_is_seen_at_once_and_once(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "the harbour"))
    assert shelf.found("harbour") == ["a"]
    for number in range(30):
        shelf.put(article(f"b{number:02}", "the harbour again"))
        assert len(shelf.found("harbour")) == number + 2
    shelf.put(article("a", "a bridge"))
    assert "a" not in shelf.found("harbour")
    assert shelf.found("bridge") == ["a"]
    shelf.drop("b03")
    assert len(shelf.found("harbour")) == 29


def test_an_index_that_others_may_write_is_refused(
    opened: Open, fulltext: WhooshFullText, article: Make
) -> None:
    fulltext.apply(documents(article, 1))
    fulltext.commit()
    fulltext.folder.chmod(0o777)
    with pytest.raises(ArchiveError, match="writable by other users"):
        opened(fulltext.folder, writable=False)
    fulltext.folder.chmod(0o700)
    contents = next(fulltext.folder.glob("_*.toc"))
    contents.chmod(0o666)
    with pytest.raises(ArchiveError, match="writable by other users"):
        opened(fulltext.folder, writable=False).snapshot()


def test_a_damaged_index_is_said_to_be_damaged(opened: Open, fulltext: WhooshFullText, article: Make) -> None:
    fulltext.apply(documents(article, 3))
    fulltext.commit()
    contents = next(fulltext.folder.glob("_*.toc"))
    contents.write_bytes(contents.read_bytes()[:40])
    with pytest.raises(ArchiveError, match="damaged"):
        opened(fulltext.folder, writable=False).snapshot()
    gc.collect()  # now, and not in another test


@pytest.mark.parametrize("ending", ["trm", "pst", "row.col"])
def test_an_index_that_cannot_be_opened_leaves_no_file_open(
    opened: Open, fulltext: WhooshFullText, article: Make, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fulltext.apply(documents(article, 3))
    fulltext.commit()
    files: list[Any] = []
    open_file = PinnedStorage.open_file

    def noting(storage: PinnedStorage, name: str, **options: Any) -> Any:
        files.append(open_file(storage, name, **options))
        return files[-1]

    monkeypatch.setattr(PinnedStorage, "open_file", noting)
    reader = opened(fulltext.folder, writable=False)
    monkeypatch.setattr(reader, "_refuse_damaged", lambda: None)  # as if the file went a moment later
    monkeypatch.setattr("seedread_index.engines.whoosh.fulltext._ATTEMPTS", 1)
    next(fulltext.folder.glob(f"*.{ending}")).unlink()
    with pytest.raises(ArchiveError, match="damaged"):
        reader.snapshot()
    assert len(files) > 1
    assert all(file.is_closed for file in files)


def test_files_of_an_attempt_that_a_writer_cut_short_are_closed(
    opened: Open, fulltext: WhooshFullText, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that meets a removed file looks anew; what it had opened by then must not stay open."""
    fulltext.apply(documents(article, 3))
    fulltext.commit()
    files: list[Any] = []
    open_file = PinnedStorage.open_file

    def removed_once(storage: PinnedStorage, name: str, **options: Any) -> Any:
        if name.endswith(".pst") and len(files) < 4:
            raise FileNotFoundError(name)
        files.append(open_file(storage, name, **options))
        return files[-1]

    reader = opened(fulltext.folder, writable=False)
    monkeypatch.setattr(PinnedStorage, "open_file", removed_once)
    with contextlib.closing(reader.snapshot()) as snapshot:
        assert snapshot.count() == 3
    assert len([file for file in files if file._name.endswith(".trm")]) > 1
    assert [file._name for file in files if not file.is_closed] == []


def test_there_is_nothing_in_an_index_that_is_not_there(opened: Open, tmp_path: Path) -> None:
    nowhere = opened(tmp_path / "nowhere", writable=False)
    assert nowhere.count() == 0
    assert nowhere.snapshot().count() == 0
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("documents", [[0], [3, 4, 900], [2, 70_000, 9_000_000]])
@pytest.mark.parametrize("places", [[0], [1, 5, 65535], [3, 65536, 2_000_000]])
@pytest.mark.parametrize(
    ("names", "at"), [((), []), (("votes",), []), (("vote", "votes"), [1]), (tuple("abc" * 90), [269, 0])]
)
def test_postings_are_packed_and_unpacked(
    documents: list[int], places: list[int], names: tuple[str, ...], at: list[int]
) -> None:
    frequencies, positions = [len(places) * 100] * len(documents), array("I", places) * 100 * len(documents)
    forms = Forms(names, array("H", (at * len(positions))[: len(positions)]))
    codes, data = pack_postings(documents, frequencies, positions, forms)
    assert read_codes(codes.written()) == codes
    size = len(data) if codes.size < 0 else codes.size
    count, last = len(documents), documents[-1]
    found, often, packed, read = unpack_postings(codes, data[:size], count, last, lambda: data[size:])
    assert (found, often) == (documents, frequencies)
    assert list(unpack_positions(packed, sum(often))) == list(positions)
    kept = read()
    assert (kept.names, list(kept.at)) == (names, list(forms.at))


@pytest.mark.parametrize("at", [0, 1, 2, 3, -1])
def test_postings_that_were_changed_are_not_trusted(at: int) -> None:
    codes, data = pack_postings([3, 7], [1, 2], array("I", [5, 6, 9]))
    damaged = bytearray(data)
    if at < 0:
        del damaged[at]
    else:
        damaged[at] ^= 4
    with pytest.raises(EOFError):
        unpack_postings(codes, bytes(damaged), 2, 7)


def test_phrases_are_found_far_into_a_long_text(shelf: Shelf, article: Make) -> None:
    shelf.put(article("long", "filler " * 70_000 + "white harbour"), article("other", "harbour white"))
    assert shelf.found('"white harbour"') == ["long"]
    assert shelf.marked('"white harbour"', "long") == ["white harbour"]
