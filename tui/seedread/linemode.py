"""The reader at a prompt, for terminals that cannot be drawn on and for screen readers: the same commands."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO, get_args

from seedread.line_commands import run_command
from seedread.terminal.renderer import widths
from seedread.userdata.settings import Settings
from seedread.widgets.rendering.cells import sanitized
from seedread.widgets.rendering.wrapping import hanging, wrap
from seedread.wording import counted, named, named_or_next, reasons, speaker_of, sync_news
from seedread_index.archive import Archive
from seedread_index.model.article import Article, Span
from seedread_index.model.errors import ForeignError, LockedError, QueryError, SeedreadError
from seedread_index.model.results import Hit, Results, SearchRequest, Sort
from seedread_index.shared_archive import open_archive

_PAGE = 10
_DIGITS = 9
_WITH_WORDS = frozenset({"facets", "e", "f", "s", "C", "W", "open"})
_PROMPT = "seedread> "
_WIDTH = 76
_HELP = """\
Type words to search; an empty line shows the next results.
  NUMBER        read that article      n, N      next, previous hit
  J, K          next, previous article t         the whole article
  f WORDS, F    filter, clear filter   s [ORDER] sort
  facets [WORD] count names, sources … ;         accept the suggestion
  e [WORDS]     names                  C NAME    names mentioned with it
  i             about the article      W [NAME]  quotations in it, or by a name
  R             look for new files     open PATH another folder
  ?             this help              q         quit
  :COMMAND …    a seedread command on this archive; . is the open article
Start a line with a slash to search for a word that is also a command."""


class LineMode:
    """One conversation: reads lines, writes lines, never moves the cursor."""

    def __init__(
        self, archive: Archive, settings: Settings, lines: TextIO, out: TextIO, known: Collection[str] = ()
    ) -> None:
        self._known = known
        self._archive = archive
        self._settings = settings
        self._lines = lines
        self._out = out
        self._results: Results | None = None
        self._query = ""
        self._filter = ""
        self._sort: Sort = "relevance"
        self._column = 0  # where in the typed line the query begins that is searched for
        self._shown = 0
        self._row = -1
        self._article: Article | None = None
        self._hits: tuple[Span, ...] = ()
        self._hit = -1
        self._commands: dict[str, Callable[[str], None]] = {
            "?": lambda _: self._say(_HELP),
            "help": lambda _: self._say(_HELP),
            "n": lambda _: self._walk(1),
            "N": lambda _: self._walk(-1),
            "J": lambda _: self._read(self._row + 1),
            "K": lambda _: self._read(self._row - 1),
            "t": lambda _: self._whole(),
            "i": lambda _: self._about(),
            "f": self._narrow,
            "F": lambda _: self._narrow(""),
            "s": self._order,
            "facets": self._facets,
            ";": lambda _: self._take_offer(),
            "e": self._entities,
            "C": self._company,
            "W": self._quotations,
            "R": lambda _: self._sync(),
            "open": self._open,
        }

    def run(self) -> int:
        """Talk until q or the end of the input; the exit code."""
        self._sync()
        self._search("")
        self._say("Type ? for help, q to quit.")
        while True:
            self._out.write(_PROMPT)
            self._out.flush()
            line = self._lines.readline()
            if not line or line.strip() in ("q", "Q", "quit"):
                return 0
            try:
                self._do(line.rstrip("\n"))
            except QueryError as error:
                column = max(0, len(_PROMPT) + self._column + error.position)
                self._say(f"{' ' * column}^\n{error.with_hint}")
            except SeedreadError as error:
                self._say(error.with_hint)

    def close(self) -> None:
        """Close the archive that is open now."""
        self._archive.close()

    def _do(self, line: str) -> None:
        if not line.strip():
            self._list()
            return
        name, _, rest = line.strip().partition(" ")
        self._column = 0
        if line.startswith("/"):
            self._column = 1
            self._search(line[1:])
        elif line.strip().isdecimal():
            self._read(int(line.strip()[:_DIGITS]) - 1)
        elif (command := name.lstrip(":")) in self._commands and (not rest or command in _WITH_WORDS):
            self._commands[command](rest.strip())
        elif line.startswith(":"):
            cache = self._settings.engine.cache
            self._say(run_command(line[1:], self._archive.roots, cache, self._article, self._known))
        else:
            self._search(line)

    def _say(self, text: str) -> None:
        self._out.write("".join(f"{sanitized(line)}\n" for line in text.split("\n")))

    def _sync(self) -> None:
        self._say("Scanning folders")
        self._out.flush()
        try:
            report = self._archive.sync()
        except LockedError as error:
            self._say(f"{error.message}; showing the last saved state")
            return
        except ForeignError:
            self._say(self._archive.status().not_ours)
            return
        if report.touched:
            self._say(sync_news(report, "seedread status --files"))

    def _search(self, query: str) -> None:
        self._results = self._archive.search(SearchRequest(query, sort=self._sort, filter=self._filter))
        self._shown, self._row = 0, -1
        self._query = query
        count = self._results.total
        narrowed = f", filter {self._filter}" if self._filter else ""
        self._say(counted(count, "article") + (f" for {query}" if query else "") + narrowed)
        if not count and query:
            for term in self._archive.explain(self._results).terms:
                self._say(f"  {term.term}: {term.articles}")
        for offer in self._archive.offers(self._results)[:1]:
            self._say(f"  {offer.sentence} (; accepts)")
        self._list()

    def _narrow(self, words: str) -> None:
        before, self._filter = self._filter, words
        self._column = len("f ")
        try:
            self._archive.search(words)
        except SeedreadError:
            self._filter = before
            raise
        self._search(self._query)

    def _take_offer(self) -> None:
        offers = self._archive.offers(self._results) if self._results is not None else ()
        self._search(offers[0].query) if offers else self._say("No suggestion to accept")

    def _facets(self, words: str) -> None:
        if self._results is not None:
            from seedread.screens.browse.facets.rows import plain_rows

            self._say("\n".join(plain_rows(self._archive.facets(self._results), words, _PAGE)))

    def _order(self, typed: str) -> None:
        orders: tuple[Sort, ...] = get_args(Sort)
        self._sort = named_or_next(typed, orders, self._sort)
        self._say(f"Sorted by {self._sort}")
        self._search(self._query)

    def _list(self) -> None:
        if self._results is None or self._shown >= self._results.total:
            if self._shown:
                self._say("No more results")
            return
        hits = self._archive.hits(self._results, self._shown, self._shown + _PAGE)
        for number, hit in enumerate(hits, start=self._shown + 1):
            self._say(_row(number, hit))
        self._shown += len(hits)

    def _read(self, row: int) -> None:
        if self._results is None or not 0 <= row < self._results.total:
            self._say("No article with that number")
            return
        article = self._archive.article(self._results.ids(row, row + 1)[0])
        if article is None:
            self._say("That article is gone (R scans the folders again)")
            return
        self._row, self._article, self._hit = row, article, -1
        matches = self._archive.matches(self._results, article.id)
        self._hits = matches.spans
        date = article.date or "undated"
        self._say(hanging(f"{row + 1} of {self._results.total}. {_marked(article)}", _WIDTH, 3))
        self._say(f"{date}, {article.path}")
        if matches.partial:
            self._say(f"The query takes too long; this article has at least {len(self._hits)} hits")
        if self._hits:
            self._walk(1)
        else:
            self._whole()

    def _walk(self, step: int) -> None:
        if self._article is None:
            self._say("Open an article first: type its number")
        elif not 0 <= self._hit + step < len(self._hits):
            self._say("No more hits in this article (J opens the next)")
        else:
            self._hit += step
            span = self._hits[self._hit]
            text = self._article.text
            start, stop = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
            end = stop if stop >= 0 else len(text)
            marked = f"{text[start : span.start]}[{text[span.start : span.end]}]{text[span.end : end]}"
            self._say(f"Hit {self._hit + 1} of {len(self._hits)}:\n{hanging(marked, _WIDTH, 0)}")

    def _whole(self) -> None:
        if self._article is not None:
            self._say("\n".join(hanging(line, _WIDTH, 0) for line in self._article.text.split("\n")))

    def _about(self) -> None:
        article = self._article
        if article is not None:
            people = sorted(
                {named(each.text, each.type) for each in article.mentions if each.type == "person"}
            )
            self._say(f"{article.path}, {article.source or 'no source'}, {article.lang}\n{' '.join(people)}")
            self._say("\n".join(reasons(self._archive, article)))

    def _entities(self, words: str) -> None:
        for entity in self._archive.entities(filter=words, limit=2 * _PAGE):
            self._say(f"  {entity.name}, {entity.type}, {counted(entity.articles, 'article')}")

    def _company(self, name: str) -> None:
        found = self._archive.entities(filter=name, limit=1) if name else []
        if not found:
            self._say(f"No name contains {name} (e lists names)" if name else "Type C and a name: C Putin")
            return
        self._say(f"Mentioned with {found[0].name}:")
        for each in self._archive.co_mentions(found[0].id, 2 * _PAGE):
            self._say(f"  {each.entity.name}, {each.entity.type}, {counted(each.articles, 'article')}")

    def _quotations(self, name: str) -> None:
        shown = [self._article.id] if self._article is not None and not name else None
        by = self._archive.resolve(name)[:1] if name else None
        found = list(islice(self._archive.quotations(shown, by=by), 2 * _PAGE))
        for each in found:
            who = f"{speaker_of(each) or 'unnamed speaker'} ({each.date or 'undated'}, {each.path})"
            self._say(hanging(f"{who}: {' '.join(each.text.split())}", _WIDTH))
        if not found:
            self._say("No quotations")

    def _open(self, path: str) -> None:
        archive = open_archive([Path(path).expanduser()], self._settings.engine)
        self._archive.close()
        self._archive, self._article, self._filter = archive, None, ""
        self._sync()
        self._search("")


def _row(number: int, hit: Hit) -> str:
    snippet = hit.snippets[0].text.replace("\n", " ") if hit.snippets else ""
    head = hanging(f"{number}. {_marked(hit)} ({hit.date or 'undated'})", _WIDTH, 3)
    return "\n".join([head, *(f"   {snippet[start:end]}" for start, end in wrap(snippet, _WIDTH - 3)[:2])])


def _marked(titled: Article | Hit) -> str:
    """The title, marked where the opening sentence stands in for it."""
    return f"~ {titled.title}" if titled.title_inferred else titled.title


def run(roots: Sequence[Path], settings: Settings, known: Collection[str] = ()) -> int:
    """Read commands until the end, the program's `known` ones after a colon; the exit code.

    Raises SeedreadError.
    """
    widths.doubt_ambiguous(settings.ambiguous_width, os.environ)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # whatever the locale's encoding lacks
    talk = LineMode(open_archive(roots, settings.engine), settings, sys.stdin, sys.stdout, known)
    try:
        return talk.run()
    except KeyboardInterrupt:
        return 130
    finally:
        talk.close()
