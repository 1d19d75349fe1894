"""Damage the files of an index at random and see that no answer is silently wrong and that everything heals.

Usage: check_damage.py [DATA] [--trials N] [--seed S]. DATA is not used: the archive is generated.

A trial copies a sound index, damages one of its files (a bit, a block of zeros, a cut, a deletion, two blocks
or two files swapped), puts the file's modification time back in half of the trials, asks the same questions
as of the sound index and compares the answers. Then a plain sync, or the repair that a message named, must
give the old answers again, and a check in full must find nothing.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import SearchRequest

QUERIES = (
    "harbour",
    "bridge OR ferry",
    '"city council"',
    "brid*",
    "person:Lund",
    "council NEAR/4 vote",
    "date:2021-03",
)
NAMES = ("Maria Lund", "Tomas Berg", "Ida Holm", "Karim Haddad", "Anna Reyes")
PLACES = ("Oslo", "Trondheim", "Bergen", "Lisbon", "Geneva")
WORDS = (
    *("harbour", "bridge", "ferry", "council", "vote", "budget", "school", "storm", "repair", "engineer"),
    *("station", "tunnel", "market", "museum", "strike", "river", "union", "hospital", "police", "minister"),
)


def articles(folder: Path, chance: random.Random, count: int) -> None:
    """Write an archive of short articles."""
    for number in range(count):
        day = f"2021-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        sentences = [
            f"{chance.choice(NAMES)} of {chance.choice(PLACES)} told the city council that the "
            f"{' '.join(chance.choices(WORDS, k=8))} would wait until the next vote."
            for _ in range(chance.randint(3, 12))
        ]
        (folder / f"{number:04}.txt").write_text(f"date {day} " + "\n\n".join(sentences) + "\n")


def answers(archive: Archive) -> dict[str, Any]:
    """What the archive says to the questions; an error of the archive's in the place of an answer."""
    found: dict[str, Any] = {}

    def ask(name: str, question: Any) -> None:
        try:
            found[name] = question()
        except SeedreadError as error:
            found[name] = error

    for query in QUERIES:
        ask(query, lambda query=query: _rows(archive, query))
    ask("articles", lambda: list(map(repr, archive.articles(archive.ids()))))
    ask("headers", lambda: archive.headers(archive.ids()))
    ask("entities", lambda: list(map(repr, archive.entities())))
    ask("cards", lambda: [repr(archive.card(each.id)) for each in archive.entities(limit=5)])
    ask("complete", lambda: [c.text for c in archive.complete("bri", 3)])
    ask("status", lambda: (archive.status().articles, archive.status().skipped))
    return found


def _rows(archive: Archive, query: str) -> Any:
    results = archive.search(SearchRequest(query, group=False))
    hits = archive.hits(results, 0, 20)
    return tuple(results.ids()), [
        (hit.id, hit.title, hit.spans, [s.text for s in hit.snippets]) for hit in hits
    ]


def damage(folder: Path, chance: random.Random) -> tuple[str, bool]:
    """Damage one file of an index; what was done to which, and whether its time was put back."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice(files)
    found, content = path.stat(), bytearray(path.read_bytes())
    kind = chance.choice(("flip", "zero", "truncate", "delete", "swap blocks", "swap files"))
    at = chance.randrange(len(content))
    if kind == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif kind == "zero":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif kind == "truncate":
        del content[at:]
    elif kind == "swap blocks":
        size = max(1, min(512, len(content) // 2))
        other = chance.randrange(max(1, len(content) - size))
        one = chance.randrange(max(1, len(content) - size))
        content[one : one + size], content[other : other + size] = (
            content[other : other + size],
            content[one : one + size],
        )
    name = path.relative_to(folder)
    if kind == "delete":
        path.unlink()
        return f"{kind} {name}", False
    if kind == "swap files":
        other_path = chance.choice(files)
        content, theirs = bytearray(other_path.read_bytes()), bytes(content)
        _rewrite(other_path, theirs)
        name = f"{name} {other_path.relative_to(folder)}"  # type: ignore[assignment]
    _rewrite(path, bytes(content))
    back = chance.random() < 0.5
    if back:
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    return f"{kind} {name}", back


def _rewrite(path: Path, content: bytes) -> None:
    with path.open("r+b") as file:
        file.truncate(len(content))
        file.write(content)


def trial(kept: Path, folder: Path, roots: list[Path], sound: dict[str, Any], chance: random.Random) -> str:
    """One trial: "fine", "said", or what went wrong, with what was done."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    done, back = damage(folder, chance)
    label = f"{done}{' (time put back)' if back else ''}"
    files = ArchiveFolder(folder, folder.parent / "corrections.toml")
    opened = Archive(roots, files, EngineSettings(ner_model="rules"))
    try:
        told = bool(opened.check()) if chance.random() < 0.5 else None
        found = answers(opened)
        wrong = [name for name, answer in found.items() if not _same(answer, sound[name])]
        if wrong:
            return f"silently different ({', '.join(wrong)}): {label}"
        errors = [answer for answer in found.values() if isinstance(answer, SeedreadError)]
        repair = any("--repair" in error.hint for error in errors)
        opened.close()
        opened = Archive(roots, files, EngineSettings(ner_model="rules"))
        opened.repair() if repair and chance.random() < 0.5 else opened.sync()
        healed = answers(opened)
        different = [name for name, answer in healed.items() if _content(answer) != _content(sound[name])]
        if different:
            return f"not healed ({', '.join(different)}): {label}"
        if left := opened.check():
            return f"still damaged {left}: {label}"
        return "said" if errors or told else "fine"
    except Exception:  # noqa: BLE001 - a fault of the program is what is looked for
        return f"traceback: {label}\n{traceback.format_exc()}"
    finally:
        opened.close()
        gc.collect()


def _same(answer: Any, sound: Any) -> bool:
    return isinstance(answer, SeedreadError) or answer == sound


def _content(answer: Any) -> Any:
    """An answer without its order: what is built again does not count deleted documents, and ranks anew."""
    if isinstance(answer, SeedreadError):
        return answer.message
    if isinstance(answer, tuple) and isinstance(answer[0], tuple | list):
        return sorted(answer[0])
    if isinstance(answer, list) and answer and hasattr(answer[0], "number"):
        return [replace(each, number=0) for each in answer]
    return answer


def trials(count: int, seed: int) -> Iterator[str]:
    """The outcome of each trial."""
    with tempfile.TemporaryDirectory(prefix="seedread-damage-") as scratch:
        chance = random.Random(seed)
        news = Path(scratch, "news")
        news.mkdir()
        articles(news, chance, 60)
        kept = Path(scratch, "kept")
        files = ArchiveFolder(kept, Path(scratch, "corrections.toml"))
        archive = Archive([news], files, EngineSettings(ner_model="rules"))
        archive.sync()
        (news / "0000.txt").write_text(
            "date 2021-05-05 Maria Lund of Oslo opened the bridge after the storm.\n"
        )
        archive.sync()
        sound = answers(archive)
        archive.close()
        for _ in range(count):
            yield trial(kept, Path(scratch, "cache", "damaged"), [news], sound, chance)


def main() -> int:
    """Run the trials and count how they ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", nargs="?")
    parser.add_argument("--trials", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for outcome in trials(options.trials, options.seed):
        counts[outcome.split(":")[0].split(" (")[0]] += 1
        if outcome not in ("fine", "said"):
            print(outcome)
    print(f"{options.trials} trials:", ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    return 1 if counts.keys() - {"fine", "said"} else 0


if __name__ == "__main__":
    sys.exit(main())
