"""Score reading against gold: layout, encodings, web pages, other formats and a folder of bad inputs.

Run as `python benchmarks/check_reading.py DATA`; every line ends in `ok` or `BELOW target`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.extractor import FileReading, read_bytes, read_file
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings

SETTINGS = EngineSettings()
KINDS = {"dateprefix": "date", "title_repeat": "boilerplate", "boiler:credit": "credit"}


def main(data: Path) -> int:
    """Print every figure; the exit code is 1 where one is below its target."""
    good = [
        *check_layout(data / "seedstyle_dev"),
        *check_encodings(data / "encodings_real"),
        *check_pages(data / "html_dev"),
        *check_formats(data / "formats_real"),
        *check_torture(data / "torture"),
    ]
    return 0 if all(good) else 1


def report(name: str, value: float, target: float) -> bool:
    """Print one figure beside its target."""
    reached = value >= target
    print(f"{name:<44} {value:7.3f}  target {target:.2f}  {'ok' if reached else 'BELOW target'}")
    return reached


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a gold file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def check_layout(folder: Path) -> Iterator[bool]:
    """Titles, dates and the cut between body and boilerplate of articles dressed like the seeds."""
    titles, untitled, dates = Counter[bool](), Counter[bool](), Counter[bool]()
    counts = {kind: Counter[str]() for kind in ("body", "boilerplate", "credit")}
    for gold in rows(folder / "gold.jsonl"):
        data = (folder / "txt" / gold["file"]).read_bytes()
        (article,) = read_bytes(data, gold["file"].encode(), SETTINGS).articles
        if gold["title"] is None:
            untitled[article.title_inferred] += 1
        else:
            titles[article.title == gold["title"] and not article.title_inferred] += 1
        dates[(article.date and article.date.isoformat()) == gold["date"]] += 1
        compare_kinds(article, gold["spans"], counts)
    yield report("layout: title exact, not inferred", share(titles), 0.95)
    yield report("layout: inferred where there is none", share(untitled), 0.95)
    yield report("layout: date", share(dates), 0.98)
    for kind, target in (("body", 0.97), ("boilerplate", 0.97)):
        yield report(f"layout: {kind} by characters, F1", f_score(counts[kind]), target)
    report("layout: credit by characters, F1 (no target)", f_score(counts["credit"]), 0.0)


def compare_kinds(article: Article, spans: list[list[Any]], counts: dict[str, Counter[str]]) -> None:
    """Count characters that are not blank by gold kind and found kind; header blocks are left out."""
    gold = [""] * len(article.text)
    for start, end, kind in spans:
        plain = KINDS.get(kind, "boilerplate" if kind.startswith("boiler:") else kind)
        gold[start:end] = [plain] * (end - start)
    found = [""] * len(article.text)
    for passage in article.passages:
        found[passage.start : passage.end] = [str(passage.kind)] * (passage.end - passage.start)
    for character, wanted, got in zip(article.text, gold, found, strict=True):
        if character.isspace() or wanted == "header":
            continue
        for kind, count in counts.items():
            if kind in (wanted, got):
                count["both" if wanted == got else "missed" if wanted == kind else "extra"] += 1


def check_encodings(folder: Path) -> Iterator[bool]:
    """Real files in legacy encodings, decoded to what gold's encoding gives; EUC-TW has no codec."""
    right = Counter[bool]()
    for gold in rows(folder / "gold.jsonl"):
        if gold["encoding"] == "EUC-TW":
            continue
        data = (folder / gold["file"]).read_bytes()
        wanted = data.decode(gold["encoding"], "replace").lstrip("\ufeff")
        decoded = decode(data)
        right[decoded is not None and decoded.text == wanted] += 1
    yield report("encodings: same text", share(right), 0.97)


def check_pages(folder: Path) -> Iterator[bool]:
    """Titles and bodies of saved web pages."""
    titles = Counter[bool]()
    scores = []
    for gold in rows(folder / "gold.jsonl"):
        reading = read_file(bytes(folder / "html" / gold["file"]), gold["file"].encode(), SETTINGS)
        article = reading.articles[0] if reading.articles else None
        titles[article is not None and article.title == " ".join(gold["title"].split())] += 1
        scores.append(f_words(body_of(article) if article else "", gold["body"]))
    yield report("web pages: title", share(titles), 0.9)
    yield report("web pages: body by words, mean F1", sum(scores) / len(scores), 0.9)


def body_of(article: Article) -> str:
    """The text of an article's body."""
    return "\n".join(article.text[p.start : p.end] for p in article.passages if p.kind == "body")


def check_formats(folder: Path) -> Iterator[bool]:
    """Every file an article or skipped with a reason; JSON that must parse does, that must not does not."""
    told, parsed, refused = Counter[bool](), Counter[bool](), Counter[bool]()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        reading = read_file(bytes(path), bytes(path.relative_to(folder)), SETTINGS)
        told[bool(reading.articles) or (reading.status is not None and bool(reading.reason))] += 1
        if path.parent.name == "json" and path.name.startswith("y_"):
            parsed["not valid" not in reading.reason] += 1
        if path.parent.name == "json" and path.name.startswith("n_"):
            refused[not reading.articles] += 1
    yield report("formats: an article or a reason", share(told), 1.0)
    yield report("formats: valid JSON is parsed", share(parsed), 1.0)
    report("formats: invalid JSON is refused (no target)", share(refused), 0.0)
    right = Counter[bool]()
    for gold in rows(folder / "md_gold.jsonl"):
        path = next(folder.rglob(Path(gold["file"]).name))
        reading = read_file(bytes(path), path.name.encode(), SETTINGS)
        article = reading.articles[0] if reading.articles else None
        date = article.date.isoformat() if article and article.date else None
        if gold["date"] is None and article is not None and article.date_from == "path":
            date = None  # Gold has the days of front matter only.
        right[article is not None and article.title == gold["title"] and date == gold["date"]] += 1
    yield report("formats: title and date of front matter", share(right), 0.95)


def check_torture(folder: Path) -> Iterator[bool]:
    """What the manifest of a folder of bad inputs expects of reading, file by file."""
    right = Counter[bool]()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "torture"
        script = [sys.executable, str(folder / "make_torture.py"), str(root), "--no-special"]
        subprocess.run(script, check=True, stdout=subprocess.DEVNULL)
        for entry in rows(root / "MANIFEST.jsonl"):
            if entry["group"] in {"10_links", "11_perm", "12_tree", "13_hidden"}:
                continue
            name = bytes.fromhex(entry["path_hex"])
            faults = list(faults_of(read_file(bytes(root) + b"/" + name, name, SETTINGS), entry))
            for fault in faults:
                print(f"    {entry['path']!a}: {fault}")
            right[not faults] += 1
        subprocess.run([*script[:3], "--remove"], check=True, stdout=subprocess.DEVNULL)
    yield report("torture: manifest entries that hold", share(right), 1.0)


def faults_of(reading: FileReading, entry: dict[str, Any]) -> Iterator[str]:
    """What of a manifest entry does not hold."""
    status = entry["status"]
    if entry.get("note") == "JSON that is no article":
        status = "skip"
    if status == "article" and not reading.articles:
        yield f"no article: {reading.reason}"
    elif status != "article" and str(reading.status) != status:
        yield f"{reading.status} instead of {status}"
    shown = "\n".join(f"{article.title}\n{article.text}\n{article.path}" for article in reading.articles)
    if reading.articles:
        yield from (f"lacks {text!a}" for text in entry.get("contains", ()) if text not in shown)
    yield from (f"shows {text!a}" for text in entry.get("absent", ()) if text in shown)
    first = reading.articles[0] if reading.articles else None
    if "title" in entry and (first is None or first.title != entry["title"]):
        yield "wrong title"
    if "date" in entry and (first is None or (first.date and first.date.isoformat()) != entry["date"]):
        yield "wrong date"


def share(counts: Counter[bool]) -> float:
    """How many of all are True."""
    return counts[True] / max(1, counts[True] + counts[False])


def f_score(counts: Counter[str]) -> float:
    """F1 from counts of both, missed and extra."""
    return 2 * counts["both"] / max(1, 2 * counts["both"] + counts["missed"] + counts["extra"])


def f_words(found: str, wanted: str) -> float:
    """F1 of two texts as bags of words."""
    first, second = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, wanted))
    shared = sum((first & second).values())
    return 2 * shared / max(1, sum(first.values()) + sum(second.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
