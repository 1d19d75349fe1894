"""Syncs a folder of bad inputs as an ordinary user and holds the outcome against the folder's manifest."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

_MARK = "CHECK_TORTURE_ORDINARY"
_PR_CAPBSET_DROP = 24
_PASSING_OVER = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH; without them mode 000 means something to root, too."""
PEAK_MB = 600
"""What the small profile may take of memory, all processes together."""
BIDI = "\u202a\u202b\u202d\u202e"


def become_ordinary() -> None:
    """Start again without root's right to pass over permissions, once."""
    if os.geteuid() == 0 and _MARK not in os.environ:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in _PASSING_OVER:
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {_MARK: "1"})


def pss_of(pid: int) -> int:
    """The proportional memory of a process and all its children, in kB."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            total += sum(
                int(line.split()[1])
                for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
                if line.startswith("Pss:")
            )
            for task in os.listdir(f"/proc/{one}/task"):
                waiting += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:
            continue
    return total


def synced(folder: str, cache: str, report: str) -> None:
    """Sync and write what there is then as JSON."""
    from seedread_index.archive import Archive

    archive = Archive.open([folder], cache_root=Path(cache), data_root=Path(cache) / "data")
    started = time.monotonic()
    archive.sync()
    took = time.monotonic() - started
    started = time.monotonic()
    again = archive.sync().touched
    idle = time.monotonic() - started
    articles = [
        {
            "path_hex": article.path_bytes.hex(),
            "paths": [article.path, *article.copies],
            "title": None if article.title_inferred else article.title,
            "date": str(article.date) if article.date else None,
            "text": article.title + "\n" + article.text,
        }
        for article in archive.articles(archive.ids())
    ]
    status = archive.status()
    skipped = [(s.path_bytes.hex(), s.status.value, s.reason) for s in status.skipped]
    whole = status.articles == status.searchable == len(articles)
    told = {
        "took": took,
        "again": again,
        "idle": idle,
        "articles": articles,
        "skipped": skipped,
        "whole": whole,
    }
    Path(report).write_text(json.dumps(told))


def run(folder: Path, scratch: Path, limit: float) -> tuple[dict[str, Any] | None, int]:
    """The report of a sync, None where it failed or hung, and its peak memory in MB."""
    report = scratch / "report.json"
    command = [sys.executable, __file__, "--sync", str(folder), str(scratch / "cache"), str(report)]
    process = subprocess.Popen(command, cwd="/")
    peak, ended = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.2):
            peak = max(peak, pss_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
        print(f"  still at work after {limit:.0f} s")
    ended.set()
    watcher.join()
    return (json.loads(report.read_text()) if code == 0 else None), peak // 1024


def faults(entry: dict[str, Any], articles: list[dict[str, Any]], skips: dict[str, Any]) -> list[str]:
    """What is wrong with one entry of the manifest."""
    name, wanted = entry["path_hex"], entry["status"]
    here = [article for article in articles if name in article["hexes"]]
    below = [a for a in articles if any(each.startswith(name + "2f") for each in a["hexes"])]
    text = "\n".join(article["text"] for article in here)
    parents = [name[:end] for end in range(0, len(name), 2) if name[end : end + 2] == "2f"]
    skip = skips.get(name) or next((skips[parent] for parent in parents if parent in skips), None)
    told_below = [told for path, told in skips.items() if path.startswith(name + "2f")]
    found: list[str] = []
    if "count" in entry:
        paths = {each for article in below for each in article["hexes"] if each.startswith(name + "2f")}
        return [] if len(paths) == entry["count"] else [f"{len(paths)} of {entry['count']} files"]
    if wanted == "article":
        required = entry.get("contains") or ()
        if not here and (required or not skip):
            found.append(f"no article; {skip or 'and no reason'}")
        found += [f"lacks {phrase!r}" for phrase in required if here and phrase not in text]
        if here and entry.get("title") and entry["title"] not in {a["title"] for a in here}:
            found.append(f"title {here[0]['title']!r} for {entry['title']!r}")
        if here and "date" in entry and entry["date"] not in {a["date"] for a in here}:
            found.append(f"date {here[0]['date']} for {entry['date']}")
    elif wanted in ("binary", "skip", "denied", "empty"):
        if here:
            found.append(f"should be {wanted}, but is an article")
        if not skip and not told_below and wanted != "empty":
            found.append(f"{wanted}: no reason told")
        if below and wanted in ("skip", "denied"):
            found.append(f"{wanted}: read what lies below")
    elif wanted == "broken" and not here and not skip:
        found.append("broken: neither an article nor a reason")
    found += [f"shows {phrase!r}" for phrase in entry.get("absent", ()) if phrase in text]
    return found


def harmful(text: str) -> bool:
    """Whether a text holds a control character or a bidi override."""
    return any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c in BIDI for c in text)


def check(folder: Path, report: dict[str, Any]) -> list[str]:
    """Every fault of a report."""
    raw = (folder / "MANIFEST.jsonl").read_text("utf-8", errors="surrogatepass")
    entries = [json.loads(line) for line in raw.splitlines()]
    skips = {name: f"{status}: {reason}" for name, status, reason in report["skipped"]}
    articles = [a for a in report["articles"] if a["path_hex"] != b"MANIFEST.jsonl".hex()]
    shown = {bytes.fromhex(e["path_hex"]).decode("utf-8", "replace"): e["path_hex"] for e in entries}
    for article in articles:
        article["hexes"] = {article["path_hex"]}
        for path in article["paths"][1:]:
            article["hexes"].add(shown.get(path) or path.encode("utf-8", "surrogateescape").hex())
    found = [f"{e['path']!a}: {fault}" for e in entries for fault in faults(e, articles, skips)]
    for article in articles:
        if harmful(article["text"]) or any(harmful(path) or "\n" in path for path in article["paths"]):
            found.append(f"{article['paths'][0]!a}: a control character comes through")
        if "OUTSIDESECRETQX" in article["text"] or "JUNKHIDDENQX" in article["text"]:
            found.append(f"{article['paths'][0]!a}: should not have been read")
    found += [f"{name}: no reason" for name, reason in skips.items() if not reason.partition(": ")[2]]
    if not report["whole"]:
        found.append("not every article is searchable")
    return found


def main(profile: str, churn: float) -> int:
    """Make the folder, sync it, print what is wrong; 1 where anything is."""
    maker = Path(__file__).parents[1] / "tests/data/make_torture.py"
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        scratch = Path(name)
        folder = scratch / "in"
        make = [sys.executable, str(maker), str(folder), "--profile", profile, "--pathmax"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        churner = None
        if churn:
            command = [sys.executable, str(maker), str(folder), "--churn", str(churn)]
            churner = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        report, peak = run(folder, scratch, 1500)
        if churner:
            churner.wait()
        found = check(folder, report) if report else ["the sync failed or hung"]
        subprocess.run([sys.executable, str(maker), str(folder), "--remove"], check=True)
    for fault in found:
        print("  " + fault)
    if report:
        kinds = Counter(status for _, status, _ in report["skipped"])
        print(
            f"{len(report['articles'])} articles in {report['took']:.1f} s, again in {report['idle']:.2f} s"
        )
        print("skipped: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
        if report["again"] and not churn:
            found.append("again")
            print(f"  the second sync touched {report['again']} articles")
    name = f"torture {profile}{' churned' if churn else ''}"
    print(f"{name}: {len(found)} faults  {'ok' if not found else 'BELOW target'}")
    small_enough = profile != "small" or peak <= PEAK_MB
    print(f"peak memory {peak} MB  {'ok' if small_enough else 'BELOW target'}")
    return int(bool(found) or not small_enough)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sync"]:
        become_ordinary()
        synced(*sys.argv[2:5])
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("data", nargs="?", help="not read: the folder is made anew")
        parser.add_argument("--profile", choices=("small", "full"), default="small")
        parser.add_argument("--churn", type=float, default=0.0)
        options = parser.parse_args()
        sys.exit(main(options.profile, options.churn))
