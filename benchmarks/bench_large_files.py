"""Many articles in one file against the same as files: memory, the first searchable, processor time."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench_sync import pss_of

TARGET_FIRST, TARGET_RATIO, TARGET_GROWTH = 2.0, 1.1, 1.25
"""Seconds to the first searchable article; processor time, times that of the files; and peak memory, times
that of a file of a tenth of the articles."""

Story = tuple[int, str, str]
"""A number, a headline and a text."""


def stories(folder: Path, count: int) -> Iterator[Story]:
    """The first articles of a folder of text files."""
    paths = (Path(place) / name for place, _, names in sorted(os.walk(folder)) for name in sorted(names))
    for number, path in enumerate(paths):
        if number == count:
            return
        title, _, text = path.read_text(encoding="utf-8").strip().partition("\n")
        yield number, " ".join(title.split())[:200], text.strip()


def as_json(story: Story) -> bytes:
    """A line of JSON."""
    number, title, text = story
    return json.dumps({"id": number, "date": "2024-03-05", "title": title, "text": text}).encode() + b"\n"


def as_row(story: Story) -> bytes:
    """A row of a table."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow((story[0], "2024-03-05", *story[1:]))
    return line.getvalue().encode()


def as_mail(story: Story) -> bytes:
    """A message of a mailbox."""
    number, title, text = story
    body = "\n".join(">" + line if line.startswith("From ") else line for line in text.split("\n"))
    head = f"From desk@wire.example Tue Mar  5 10:00:00 2024\nFrom: desk@wire.example\nSubject: {title}\n"
    head += f"Date: Tue, 5 Mar 2024 10:00:00 +0000\nMessage-ID: <{number}@wire.example>\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n\n".encode()


def as_page(story: Story) -> bytes:
    """A record of a web archive."""
    number, title, text = story
    paragraphs = "".join(f"<p>{line}</p>\n" for line in text.split("\n") if line)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>\n{paragraphs}</article>"
    content = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}</body></html>".encode()
    )
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/{number}\r\n"
    head += "WARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(content), content)


def as_document(story: Story) -> bytes:
    """A document of a LexisNexis export."""
    number, title, text = story
    body = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    head = f"{number + 1} of 99999 DOCUMENTS\n\nThe Wire\n\nMarch 5, 2024 Tuesday\n\n{title}\n\n"
    return f"{head}LENGTH: {len(body.split())} words\n\n{body}\n\nLOAD-DATE: March 5, 2024\n\n\n".encode()


FORMS: dict[str, tuple[str, bytes, Callable[[Story], bytes]]] = {
    "JSON lines": ("all.jsonl", b"", as_json),
    "CSV": ("all.csv", b"id,date,title,text\n", as_row),
    "mailbox": ("all.mbox", b"", as_mail),
    "web archive": ("all.warc", b"", as_page),
    "Nexis export": ("all.txt", b"", as_document),
}


def index(folder: str, cache: str) -> None:
    """Sync a folder; the seconds to the first searchable article, and how many there are."""
    started = time.monotonic()
    from seedread_index.archive import Archive
    from seedread_index.model.engine_settings import EngineSettings
    from seedread_index.model.status import Progress

    settings = EngineSettings(ner_model="rules", max_file_size=1 << 40)
    archive = Archive.open([folder], settings, cache_root=Path(cache), data_root=Path(cache) / "data")
    first = 0.0

    def hear(progress: Progress) -> None:
        nonlocal first
        if progress.committed and not first:
            first = time.monotonic() - started

    archive.sync(progress=hear)
    print(first, len(archive.ids()))


def measured(folder: Path) -> tuple[float, float, int, int]:
    """Processor seconds, seconds to the first article, peak memory in MB (PSS) and articles of a sync."""
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, __file__, "index", str(folder), cache]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        peak = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, pss_of(process.pid))
            time.sleep(0.2)
        if status:
            raise SystemExit(f"syncing {folder} failed")
        first, articles = process.stdout.read().split()
        process.stdout.close()
    return usage.ru_utime + usage.ru_stime, float(first), peak // 1024, int(articles)


def main(data: Path, count: int, wanted: list[str]) -> int:
    """Make the files, sync each alone, and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        texts = Path(scratch, "texts")
        maker, source = data / "scale/scale_make.py", data / "news1k/txt"
        subprocess.run([sys.executable, maker, source, str(count), texts], check=True, capture_output=True)
        spent, first, peak, articles = measured(texts)
        print(f"{articles:,} files: {spent:.1f} s of processor, first after {first:.1f} s, {peak} MB")
        for form in wanted or FORMS:
            name, head, told = FORMS[form]
            figures = []
            for size in (count // 10, count):
                folder = Path(scratch, f"{form} {size}")
                folder.mkdir()
                with (folder / name).open("wb") as file:
                    file.write(head)
                    file.writelines(map(told, stories(texts, size)))
                figures.append(measured(folder))
            (_, _, small, _), (taken, first, peak, articles) = figures
            good = taken <= TARGET_RATIO * spent and first <= TARGET_FIRST and peak <= TARGET_GROWTH * small
            print(
                f"{form:<13} {articles:>7,} articles: {taken:.1f} s of processor ({taken / spent:.2f} of the"
                f" files'), first after {first:.1f} s, {peak} MB, {small} MB for a tenth of them"
                f"  {'ok' if good else 'BELOW target'}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "index":
        index(*sys.argv[2:])
        raise SystemExit
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--form", action="append", choices=FORMS, default=[])
    given = parser.parse_args()
    raise SystemExit(main(given.data, given.count, given.form))
