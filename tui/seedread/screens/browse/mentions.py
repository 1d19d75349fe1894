"""Names and words in the text: walk the mentions, follow their entities, find words in the article."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from textual.content import Content

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.corrections import ask_type, correct
from seedread.screens.requests import CardRequested, CoMentionsRequested, QuotationsRequested, SearchRequested
from seedread.userdata.session_state import Step
from seedread.widgets.reader.highlights import LOOKS
from seedread.wording import counted, named, speaker_of
from seedread_index.model.article import NAMED_TYPES, EntityType, Span
from seedread_index.model.correction import ArticleCorrection, Correction
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import Results

_TYPES = {
    "p": EntityType.PERSON,
    "l": EntityType.PLACE,
    "o": EntityType.ORG,
    "g": EntityType.GROUP,
    "t": EntityType.TIME,
    "m": EntityType.MONEY,
    "e": EntityType.EVENT,
}
_MOST_LOOKED_AT = 500
_MOST = 12
"""Stretches of text that complete a name at most."""


class MentionsController:
    """Follows the name under the cursor of the text; owns the history of what was looked for in articles."""

    def __init__(
        self, frame: BrowseFrame, reading: ReadingController, results: Callable[[], Results | None]
    ) -> None:
        self._results = results
        self._said = ("", 0)  # the article and the start of the quotation that was gone to last
        self._frame = frame
        self._reading = reading
        self._finds: list[str] = []

    async def current_name(self) -> tuple[str, str] | None:
        """The entity's id ("" where it has none) and the query of the name under the cursor of the text."""
        reader = self._frame.reader
        mention = reader.current_mention if reader.display else None
        if mention is None:
            return None
        entity = None
        if mention.entity is not None:
            entity = await asyncio.to_thread(self._frame.session.archive.entity, mention.entity)
        if entity is None:
            return "", named(mention.text, mention.type)
        return entity.id, named(entity.name, entity.type)

    @command("next-mention", "previous-mention", "next-same", "previous-same")
    def walk_mentions(self, call: Call) -> None:
        """On to the next name or back to the previous one, of any entity or of the same one."""
        reader = self._frame.reader
        step = reader.next_mention if call.name.startswith("next") else reader.previous_mention
        same_entity = call.name.endswith("same")
        for _ in range(call.times):
            if not step(same_entity=same_entity):
                kind = "mention" if same_entity else "name"
                finding = self._frame.session.finding_names
                self._frame.notify_user(f"No further {kind}" + (f" so far; {finding}" if finding else ""))
                return
        mention = reader.current_mention
        if mention is not None:
            self._frame.show_message(f"{mention.text}  {mention.type}")

    @command("next-quotation")
    async def walk_quotations(self, call: Call) -> None:
        """On to the next quotation, and tell who says it."""
        reader, article = self._frame.reader, self._reading.article
        if article is None:
            return
        archive = self._frame.session.archive
        found = await asyncio.to_thread(lambda: list(archive.quotations([article.id])))
        if self._reading.article is None or self._reading.article.id != article.id:
            return
        here, last = self._said
        start = last if here == article.id and reader.shows(last) else reader.visible_span.start - 1
        following = [each for each in found if each.start > start][: call.times]
        if not following:
            self._frame.notify_user("No further quotation" if found else "No quotations in this article")
            return
        said = following[-1]
        self._said = (article.id, said.start)
        reader.reveal(said.start)
        cue = f", {said.cue}" if said.cue else ""
        self._frame.show_message(f"{speaker_of(said) or 'unnamed speaker'}{cue}  {said.kind} quotation")

    @command("list-quotations")
    def show_quotations(self, _call: Call) -> None:
        """Show the quotations of the open article, else those of the results."""
        if self._frame.is_reading and (article := self._reading.article) is not None:
            self._frame.post_message(QuotationsRequested("in this article", [article.id]))
        elif (results := self._results()) is not None:
            self._frame.post_message(QuotationsRequested("in these results", results))

    @command("card")
    async def show_card(self, _call: Call) -> None:
        """Show the card of the name under the cursor, else of the first name in view."""
        reader = self._frame.reader
        if reader.current_mention is None and not reader.next_mention():
            self._frame.notify_user("No names in this article")
            return
        current = await self.current_name()
        if current is None or not current[0]:
            self._frame.notify_user("This name is not linked yet; names are linked in the background")
            return
        self._frame.learn(Step.CARD)
        self._frame.post_message(CardRequested(current[0]))

    @command("co-mentions")
    async def show_co_mentions(self, _call: Call) -> None:
        """Show who is named in the same articles as the name under the cursor."""
        current = await self.current_name()
        if current is None or not current[0]:
            raise self._no_name()
        self._frame.post_message(CoMentionsRequested(current[0]))

    def _no_name(self) -> SeedreadError:
        """That no name is under the cursor, and the key that goes to one."""
        key = self._frame.key_of("next-mention")
        goes = f"{key or ':next-mention'} goes to one"
        return SeedreadError(
            "no name selected", goes if self._frame.is_reading else f"open an article; {goes}"
        )

    @command("search-selection", "exclude-selection")
    async def search_selection(self, call: Call) -> None:
        """Search for the name under the cursor, or leave out the articles that mention it."""
        exclude = call.name == "exclude-selection"
        query: str | None = call.argument
        if not query:
            current = await self.current_name()
            query = (
                current[1] if current else await self._frame.ask("Exclude: " if exclude else "Search for: ")
            )
        if query:
            self._frame.post_message(SearchRequested(query, exclude=exclude))

    @command("no-name")
    async def leave_out(self, _call: Call) -> None:
        """The name under the cursor is none in this article."""
        reader, article = self._frame.reader, self._reading.article
        mention = reader.current_mention if reader.display else None
        if article is None or mention is None:
            raise self._no_name()
        span = Span(mention.start, mention.end)
        await correct(self._frame, ArticleCorrection("no_name", (article.id,), span=span))

    @command("add-name")
    async def add_name(self, call: Call) -> None:
        """Ask for words that are a name wherever they stand, and for its type."""
        words = call.argument or await self._frame.ask(
            "Words to add as a name: ", complete=self._complete_words
        )
        if not words or not words.strip():
            return
        name = " ".join(words.split())
        if (kind := await ask_type(self._frame, name)) is not None:
            await correct(self._frame, Correction("add", name, type=kind))

    async def _complete_words(self, typed: str) -> Sequence[str]:
        """Stretches of the open article that begin with what is typed, to the end of a word each."""
        article = self._reading.article
        if article is None or not typed.strip():
            return []
        pattern = rf"(?<!\w){_words_pattern(typed)}[^\W_]*(?:[ \n](?=[^\W_a-z])[\w'’-]+){{0,3}}"
        found = islice(re.finditer(pattern, article.flowing_text), _MOST_LOOKED_AT)
        return list(dict.fromkeys(" ".join(match[0].split()) for match in found))[:_MOST]

    @command("find")
    async def find(self, call: Call) -> None:
        """Find words in the open article; an empty answer takes the marks off again."""
        words = call.argument or await self._frame.ask("Find: ", history=self._finds)
        article = self._reading.article
        if words is None or article is None:
            return
        if not words.strip():
            self._frame.reader.find = ()
            return
        self._finds.append(words)
        matches = await asyncio.to_thread(word_matches, article.text, words)
        if self._reading.article is None or self._reading.article.id != article.id:
            return
        self._frame.reader.find = matches
        count = f"{counted(len(matches), 'match')}" if matches else "no matches in this article"
        self._frame.notify_user(f"“{words}”: {count}")

    @command("types")
    def choose_types(self, call: Call) -> None:
        """Choose which types of names are marked, by a letter each; Enter or another key ends."""
        if call.argument:
            words = call.argument.split()
            self._frame.show_types(
                frozenset(name for word in words for name in EntityType if name.startswith(word))
            )
            self._show_legend()
            return
        self._show_legend()
        self._frame.take_key(self._toggle_type)

    def _toggle_type(self, key: str) -> None:
        shown = self._frame.types_shown
        if key == "T":
            everything = frozenset(_TYPES.values())
            self._frame.show_types(frozenset(NAMED_TYPES) if shown >= everything else everything)
        elif key in _TYPES:
            self._frame.show_types(shown ^ {_TYPES[key]})
        else:
            self._frame.notify_user("")
            return
        self._show_legend()
        self._frame.take_key(self._toggle_type)

    def _show_legend(self) -> None:
        """Show the types in their own styles, with their letters and how many names of the article each has.

        The marked ones stand in brackets.
        """
        article, shown = self._reading.article, self._frame.types_shown
        counts = Counter(mention.type for mention in article.mentions) if article is not None else Counter()
        parts: list[tuple[str, str]] = []
        for key, name in _TYPES.items():
            count = f" {counts[name]:,}" if counts[name] else ""
            text, look = f"{key} {name}{count}", f"not reverse {LOOKS[name]}"
            parts += [("[", ""), (text, look), ("] ", "")] if name in shown else [(f" {text} ", "dim")]
        legend = Content.assemble(*parts, "T all")
        self._frame.show_message(legend.plain, legend=legend)


def word_matches(text: str, words: str) -> tuple[Span, ...]:
    """Where words stand in a text, one after another, whatever their case and the white space between."""
    pattern = _words_pattern(words)
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))


def _words_pattern(words: str) -> str:
    """A pattern of words one after another, whatever the white space between."""
    return r"\s+".join(map(re.escape, words.split()))
