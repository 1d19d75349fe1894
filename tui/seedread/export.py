"""Exports of the reader and the command line: the formats, what goes into them, and writing the files.

`FORMS` and `ENDINGS` name the formats, `rendered` chooses one; `seedread_index.export` makes the texts.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from seedread import __version__
from seedread_index.archive import Archive, clean_line
from seedread_index.export import citations, dossier
from seedread_index.export.entry import Entry, quotations
from seedread_index.export.lines import as_json, csv_line, flat
from seedread_index.model.article import Article, Span
from seedread_index.model.errors import SeedreadError
from seedread_index.model.library import LibraryError
from seedread_index.model.results import Results

FORMS = {
    "markdown": "Markdown (the default)",
    "html": "one HTML page",
    "csv": "one row per quotation, safe to open in a spreadsheet",
    "jsonl": "one JSON record per article",
    "csl-json": "citations as CSL-JSON (Zotero, pandoc)",
    "ris": "citations as RIS (EndNote, Zotero)",
    "bibtex": "citations as BibTeX",
    "docx": "a Word document, made by pandoc; needs -o",
}
"""The formats by their names, with their help: `--markdown` and so on."""
ENDINGS = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".json": "csl-json",
    ".ris": "ris",
    ".bib": "bibtex",
    ".docx": "docx",
    ".txt": "markdown",
}
"""The form of a file by its ending."""
OFFERED = tuple(ending for ending in ENDINGS if ending not in (".htm", ".txt"))
"""The endings that are shown."""
_BATCH = 50
_PANDOC_SECONDS = 300


def form_of(path: str | Path) -> str:
    """The form of a file by its ending, Markdown where it has none. Raises SeedreadError for another one."""
    ending = os.path.splitext(path)[1].lower()
    if ending and ending not in ENDINGS:
        raise SeedreadError(f"cannot write {clean_line(ending)} files", f"use {' '.join(OFFERED)}")
    return ENDINGS[ending or ".md"]


WITH_NOTES = frozenset({"markdown", "html", "csv", "jsonl", "docx"})
"""The forms that tags and notes go into; citations have neither."""


def takes_notes(path: str | Path) -> bool:
    """Whether the user's own tags and notes go into a file, by its ending."""
    return form_of(path) in WITH_NOTES


_PLAIN_WORDS = (
    (re.compile(r"is (starred|read|unread)(?:, |$)(.*)"), r"\1 articles, \2"),
    (re.compile(r"(?:is )?(tagged|in the collection|dated) (.*)"), r"articles \1 \2"),
    (re.compile(r"(mention|quote)s (.*)"), r"articles that \1 \2"),
    (re.compile(r"has (.*)"), r"articles that have \1"),
)
"""What a query in words begins with, and the same as a title."""


def title_in_words(explained: str) -> str:
    """A title for readers, from a query in words: "is starred, harbour" gives "Starred articles, harbour"."""
    for pattern, title in _PLAIN_WORDS:
        if found := pattern.fullmatch(explained):
            made = found.expand(title).removesuffix(", ")
            return made[:1].upper() + made[1:]
    return explained or "Articles"


def title_of(archive: Archive, query: str, explained: str) -> str:
    """What a dossier of results is called: the name of the saved search, else the query in words."""
    saved = None
    with contextlib.suppress(LibraryError):
        saved = next((each.name for each in archive.saved_searches().all() if each.query == query), None)
    return saved or title_in_words(explained)


def heading_of(title: str, query: str | None = None) -> dossier.Heading:
    """The head of a dossier: its title, the query that found the articles, and what made it when."""
    lines = [f"Query: {query}"] if query is not None else []
    return dossier.Heading(title, (*lines, f"Made by seedread {__version__} on {date.today().isoformat()}"))


def entries_of_results(
    archive: Archive,
    results: Results,
    *,
    whole: bool = False,
    limit: int | None = None,
    notes: bool = True,
) -> Iterator[Entry]:
    """The entries of results, with the passages that hold hits; `whole` quotes all of the body.

    Without `notes` the user's own tags and notes are left out.
    """
    stop = min(results.total, limit or results.total)
    for start in range(0, stop, _BATCH):
        hits = archive.hits(results, start, min(start + _BATCH, stop), snippets=0, exhaustive=True)
        spans = {hit.id: hit.spans for hit in hits}
        yield from _entries(
            archive, archive.articles([hit.id for hit in hits]), spans, whole=whole, notes=notes
        )


def entries_of(
    archive: Archive,
    ids: Sequence[str],
    *,
    whole: bool = False,
    results: Results | None = None,
    notes: bool = True,
) -> Iterator[Entry]:
    """The entries of articles, in their order, with the passages that hold hits of results."""
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        spans = {each: archive.matches(results, each).spans for each in some} if results else {}
        yield from _entries(archive, archive.articles(some), spans, whole=whole, notes=notes)


def _entries(
    archive: Archive,
    articles: Iterable[Article],
    hits: dict[str, tuple[Span, ...]],
    *,
    whole: bool,
    notes: bool,
) -> Iterator[Entry]:
    library = archive.library()
    for article in articles:
        kept = library.kept([article.id]).get(article.id)
        noted: list[tuple[Span, str]] = []
        general: list[str] = []
        for note in kept.notes if kept and notes else ():
            place = library.place_of(note, article.text)
            if place is not None:
                noted.append((place, note.text))
            else:
                general.append(note.text)
        for passage in kept.passages if kept else ():
            if (place := library.place_of(passage, article.text)) is not None:
                noted.append((place, ""))
        quoted = quotations(article, hits.get(article.id, ()), noted, whole=whole)
        yield Entry(article, quoted, kept.tags if kept and notes else (), tuple(general))


class CountedEntries:
    """Entries to be taken once, and how many have been taken."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = entries
        self.articles = 0
        self.with_notes = 0
        """How many of them have tags or notes of the user."""

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.articles += 1
            self.with_notes += bool(entry.tags or entry.notes or any(each.notes for each in entry.quotations))
            yield entry


def rendered(form: str, heading: dossier.Heading, entries: Iterable[Entry]) -> Iterator[str]:
    """The text of a dossier or of citations, piece by piece; of a Word document the page it is made of."""
    articles = (entry.article for entry in entries)
    cite: dict[str, Callable[[Iterable[Article]], str]] = {
        "csl-json": citations.csl_json,
        "ris": citations.ris,
        "bibtex": citations.bibtex,
    }
    if form in cite:
        yield cite[form](articles)
    elif form == "markdown":
        yield from dossier.markdown(heading, entries)
    elif form in ("html", "docx"):
        yield from dossier.html_page(heading, entries)
    else:
        if form == "csv":
            yield csv_line(dossier.COLUMNS)
        for entry in entries:
            if form == "jsonl":
                yield as_json(dossier.record(entry)) + "\n"
                continue
            for row in dossier.rows(entry):
                yield csv_line([flat(row[column]) for column in dossier.COLUMNS])


def word_document(page: str) -> bytes:
    """A page as a Word document, made by pandoc. Raises SeedreadError."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "dossier.docx"
        command = ["pandoc", "--from=html", "--to=docx", f"--output={made}"]
        try:
            done = subprocess.run(
                command, input=page.encode(), capture_output=True, timeout=_PANDOC_SECONDS, check=False
            )
        except FileNotFoundError:
            raise SeedreadError("a Word document needs pandoc", "install pandoc, or choose --html") from None
        except subprocess.TimeoutExpired:
            raise SeedreadError("pandoc timed out", "export fewer articles, or choose --html") from None
        if done.returncode:
            said = clean_line(done.stderr.decode("utf-8", "replace").strip()[:200])
            raise SeedreadError(f"pandoc failed: {said}", "choose --html")
        return made.read_bytes()


def document(form: str, pieces: Iterable[str]) -> bytes:
    """The bytes of a file in a form. Raises SeedreadError where a Word document cannot be made."""
    text = "".join(pieces)
    return word_document(text) if form == "docx" else text.encode("utf-8", "replace")


def write_output(archive: Archive, path: Path, data: bytes) -> None:
    """Write a file for the user, whole or not at all, never among the articles. Raises SeedreadError."""
    target = Path(os.path.realpath(path))
    shown = clean_line(str(path))
    for root in archive.roots:
        if target == root or root in target.parents:
            raise SeedreadError(f"{shown} is inside the archive", "choose a file outside the archive")
    try:
        if _is_special(target):
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as problem:
        raise SeedreadError(
            f"{shown} cannot be written: {problem.strerror}", "choose another file"
        ) from problem


def _is_special(target: Path) -> bool:
    """Whether there is a device or a pipe, which cannot be replaced."""
    with contextlib.suppress(OSError):
        return not stat.S_ISREG(target.stat().st_mode)
    return False


def _replace(target: Path, data: bytes) -> None:
    """Put a file in place in one step, with the mode of the one before or what the umask leaves."""
    descriptor, fresh = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(fresh, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~umask)
        os.replace(fresh, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(fresh)
        raise


def write_dossier(archive: Archive, path: Path, heading: dossier.Heading, entries: Iterator[Entry]) -> int:
    """Write entries to a file in the form of its ending; how many. Raises SeedreadError."""
    counted = CountedEntries(entries)
    form = form_of(path)
    write_output(archive, path, document(form, rendered(form, heading, counted)))
    return counted.articles
