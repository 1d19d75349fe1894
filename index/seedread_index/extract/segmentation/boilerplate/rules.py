"""What is no part of an article although it stands amid its prose: recognised by form first, by words second.

Each rule marks blocks of body: links to other stories with the label that announces them, lists of headlines,
tags, pictures' credits, readers' comments, notices, repeats. A rule never marks prose that shares the words
of the article, unless readers' comments have begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seedread_index.extract.reasons import Kinds, Reason
from seedread_index.extract.segmentation.blocks import UNSPACED, Block
from seedread_index.extract.segmentation.boilerplate.features import (
    ADDRESS,
    LONGEST_LINK,
    TRAILING,
    invites,
    is_call,
    is_link,
    is_prose,
    without_quotes,
)
from seedread_index.extract.segmentation.boilerplate.footer import writes_to
from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    EDGE,
    begins_comments,
    families_of,
    is_filler,
    is_label,
    is_list_label,
    is_page_label,
    is_picture_label,
    names_other_story,
)
from seedread_index.extract.segmentation.header.bylines import is_caption, is_picture_source
from seedread_index.extract.segmentation.header.date_lines import find_date, is_dated
from seedread_index.extract.segmentation.words import LONG_WORD_OR_HAN, one_of, stems_of, word_count, words_of
from seedread_index.model.article import OF_HEADER, PassageKind

_TAGS = re.compile(rf"{EDGE}{one_of('tag_labels')}{EDGE}", re.IGNORECASE)
_DASH, _LETTER = re.compile(r"\s*(?:-|»|›|>|→|▶|▸)\s+"), re.compile(r"[^\W\d_]")
_PAGES = re.compile(
    r"(?:[\[【(<]\s?\d{1,2}\s?[\]】)>]\s*){2,}|[^\W\d_]{4,8} \d{1,2} (?:of|von|sur|de|di|van|z|из) \d{1,2}"
)
_BRACKETS, _OPENING_QUOTES = ("[", "【", "(", "<"), tuple("\"“„«‘'—–")
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,12}/?\S*")
_LONGEST_LIST, _HEADING, _TAG_BLANKS, _MOST_CAPTION_WORDS = 24, 5, 3, 20
_OF_NOTICES = frozenset({"legal", "letter", "give", "tips"})
_NOTICES, _LONGEST_NOTICE, _LEAST_PROSE, _LEAST_PARAGRAPH, _LEAST_COPIED = 3, 500, 2, 70, 4


class Refiner:
    """The rules over the blocks of one article."""

    def __init__(self, blocks: Sequence[Block], kinds: Kinds) -> None:
        self.blocks = blocks
        self.kinds = kinds
        self.prose = {i for i, k in enumerate(kinds) if k is PassageKind.BODY and is_prose(blocks[i].text)}
        self.last_prose = max(self.prose, default=-1)
        self.first_prose = min(self.prose, default=len(blocks))
        self.sampled, self.stems = list[int](), set[str]()

    def refine(self) -> None:
        """Apply every rule; an article without prose is left as it is."""
        if not self.prose:
            return
        self._comments()
        self._lists()
        self._notices()
        self._invitations()
        for index, block in enumerate(self.blocks):
            if self.kinds[index] is PassageKind.BODY:
                self._single(index, block)
            elif self.kinds[index] is PassageKind.BOILERPLATE and is_label(block.text):
                self._label(index, Reason.LINK_LABEL)
        self._repeats()
        self._ending()

    def _mark(self, index: int, reason: Reason) -> None:
        if self.kinds[index] is PassageKind.BODY:
            self.kinds.mark(index, reason)

    def _take(self, places: Iterable[int], reason: Reason, *, prose: bool = False) -> None:
        """Mark blocks, which are no longer prose that other rules go by, unless they stay `prose`."""
        for place in places:
            self._mark(place, reason)
            if not prose:
                self.prose.discard(place)

    def _comments(self) -> None:
        """From the head of readers' comments on, nothing is the article's."""
        before = 0
        for index, block in enumerate(self.blocks):
            if before > 1 and self.kinds[index] is not PassageKind.TITLE and begins_comments(block.text):
                start = index
                while start and not _LETTER.search(self.blocks[start - 1].text):
                    start -= 1
                for following in range(start, len(self.blocks)):
                    self._mark(following, Reason.COMMENTS)
                self.prose = {i for i in self.prose if i < start}
                self.last_prose = max(self.prose, default=-1)
                return
            before += index in self.prose and len(block.text) > _LEAST_PARAGRAPH

    def _single(self, index: int, block: Block) -> None:
        """A block that its own form gives away."""
        text = block.text.strip()
        if (text.startswith(_BRACKETS) or text[-1:].isdigit()) and _PAGES.fullmatch(text):
            self._mark(index, Reason.PAGE_NUMBERS)
        elif len(text) < 400 and (
            (filler := is_filler(text) and self._has_prose_beside_filler())
            or (index < self.first_prose and " " not in text and _SITE.fullmatch(text))
        ):
            self._mark(index, Reason.FILLER if filler else Reason.ADDRESS)
        elif is_label(text):
            self._label(index, Reason.LINK_LABEL)
        elif is_page_label(text):
            self._mark(index, Reason.PAGE_LABEL)
            self._picture(index)
        elif len(text) <= LONGEST_LINK and names_other_story(text):
            self._mark(index, Reason.OTHER_STORY)
        elif (
            index not in self.prose
            and word_count(text) <= _MOST_CAPTION_WORDS
            and (is_caption(text) or is_picture_source(text))
        ):
            self._mark(index, Reason.CAPTION)

    def _invitations(self) -> None:
        """Lines that ask to sign up with us, wherever they stand."""
        short = [i for i in range(1, len(self.blocks)) if len(self.blocks[i].text) <= LONGEST_LINK]
        self._take([i for i in short if invites(self.blocks[i].text)], Reason.INVITATION)

    def _has_prose_beside_filler(self) -> bool:
        """Whether filler text is a leftover of a template: the article itself is not made of it."""
        return sum(not is_filler(self.blocks[i].text) for i in self.prose) >= _LEAST_PROSE

    def _label(self, index: int, reason: Reason) -> None:
        """A label takes the headlines after it along, but never beyond a header."""
        self._mark(index, reason)
        if is_list_label(self.blocks[index].text):
            self._list_below(index)
            return
        taken = 0
        for following in range(index + 1, len(self.blocks)):
            block = self.blocks[following]
            dashed = _DASH.match(block.text) is not None
            if following in self.prose and not self._foreign(block.text):
                break
            if self.kinds[following] in OF_HEADER:
                break
            if self.kinds[following] is not PassageKind.BODY:
                taken += block.text.count(" ") > 1 and is_link(block.text)
                continue
            wordy = is_link(block.text) and word_count(block.text) > _HEADING
            if not (dashed or taken == 0 or wordy or following > self.last_prose):
                break
            lead = taken == 0 and index < self.first_prose and following not in self.prose
            if not (lead or is_link(block.text) or self._foreign(block.text)):
                break
            self._mark(following, Reason.AFTER_LABEL)
            self.prose.discard(following)
            taken += 1

    def _picture(self, index: int) -> None:
        """The line below the label of a picture is its caption, where it is no sentence."""
        below = index + 1
        if is_picture_label(self.blocks[index].text) and below < len(self.blocks) and below not in self.prose:
            self._mark(below, Reason.CAPTION)

    def _list_below(self, index: int) -> None:
        """Every line between a list's label and the next prose, but a short one last: it heads the prose."""
        run: list[int] = []
        for following in range(index + 1, min(index + 1 + _LONGEST_LIST, len(self.blocks))):
            text = self.blocks[following].text
            if self.kinds[following] in OF_HEADER or (following in self.prose and not self._foreign(text)):
                break
            if self.kinds[following] is PassageKind.BODY:
                run.append(following)
        if len(run) > 1 and run[-1] < self.last_prose and word_count(self.blocks[run[-1]].text) < _HEADING:
            run.pop()
        self._take(run, Reason.AFTER_LABEL)

    def _foreign(self, text: str) -> bool:
        """Whether a short sentence has no word of the article, or breaks off: the teaser of another story."""
        if len(text) > LONGEST_LINK:
            return False
        if TRAILING.search(text):
            return True
        if text[:1] in _OPENING_QUOTES or UNSPACED.search(text):
            return False
        own = set(stems_of(text, LONG_WORD_OR_HAN))
        return len(own) > 2 and not own & self._stems()

    def _stems(self) -> set[str]:
        first = sorted(self.prose)[:40]
        if first != self.sampled:
            long = [text for i in first if len(text := self.blocks[i].text) > 80]
            self.stems = {stem for text in long for stem in stems_of(text[:2000], LONG_WORD_OR_HAN)}
            self.sampled = first
        return self.stems

    def _notices(self) -> None:
        """Sentences above the article that address its reader, and have no word of it."""
        above = [i for i in sorted(self.prose)[:_NOTICES] if i < len(self.blocks) - 2]
        for index in above:
            text = self.blocks[index].text
            if len(text) > _LONGEST_NOTICE or self.kinds[index] is not PassageKind.BODY:
                continue
            words = words_of(without_quotes(text))
            if ADDRESS.isdisjoint(words):
                continue
            if (families_of(words).keys() & _OF_NOTICES or is_call(words)) and self._apart(index):
                self._mark(index, Reason.NOTICE)
                self.prose.discard(index)

    def _apart(self, index: int) -> bool:
        """Whether a block shares next to nothing with the prose of the others."""
        own = set(stems_of(self.blocks[index].text, LONG_WORD_OR_HAN))
        rest: set[str] = set()
        for other in sorted(self.prose)[:20]:
            if other != index:
                rest.update(stems_of(self.blocks[other].text[:2000], LONG_WORD_OR_HAN))
        return len(own) > 3 and len(own & rest) <= len(own) // 8

    def _lists(self) -> None:
        """Runs of dashed headlines: right below the title, with dates, or under a label of their own."""
        end = 0
        for index in [i for i, block in enumerate(self.blocks) if _DASH.match(block.text)]:
            if index < end:
                continue
            end = index
            while end < len(self.blocks) and self._dashed(end):
                end += 1
            if end - index >= 2 and self._are_links(index, end):
                self._take(range(index, end), Reason.LINK_LIST)

    def _dashed(self, index: int) -> bool:
        text = self.blocks[index].text
        return (
            self.kinds[index] is PassageKind.BODY
            and _DASH.match(text) is not None
            and not text.endswith((".", ";", ","))
            and len(text) <= LONGEST_LINK
        )

    def _are_links(self, start: int, end: int) -> bool:
        before = self.blocks[start - 1].text if start else ""
        if before.rstrip().endswith((":", "：")) and not is_label(before):
            return False
        lines = [_DASH.sub("", self.blocks[i].text, count=1) for i in range(start, end)]
        if any(not line[:1].isupper() for line in lines if line[:1].isalpha()):
            return False
        dated = sum(bool(find_date(line[-24:])[1]) for line in lines)
        titled = start > 0 and self.kinds[start - 1] is PassageKind.TITLE
        below_title = titled and end <= self.first_prose
        headed = lines[0].isupper() and word_count(lines[0]) <= 5 and not lines[1].isupper()
        return dated * 2 > len(lines) or below_title or headed or is_label(before)

    def _repeats(self) -> None:
        """Prose that stands in the article twice is read once, below the headline."""
        body = [i for i in sorted(self.prose) if self.kinds[i] is PassageKind.BODY]
        long = [i for i in body if len(self.blocks[i].text) > _LEAST_PARAGRAPH]
        if len({tuple(self.blocks[i].text.split(None, 8)[:8]) for i in long}) == len(long):
            return
        seen: dict[str, int] = {}
        title = next((i for i, kind in enumerate(self.kinds) if kind is PassageKind.TITLE), -1)
        pairs = [(seen.setdefault(" ".join(self.blocks[i].text.split()), i), i) for i in long]
        again = [one if one < title < other else other for one, other in pairs if one != other]
        self._take(again, Reason.REPEATED_PROSE, prose=True)
        if len(copies := [i for i in again if i > title]) >= _LEAST_COPIED:
            self._copy(copies[0])

    def _copy(self, start: int) -> None:
        """Where a page has its article again, for screens of another width, only what is new is read."""
        said = "".join("".join(block.text.split()) for block in self.blocks[:start])
        copied = {i for i in range(start, len(self.blocks)) if "".join(self.blocks[i].text.split()) in said}
        new = max((i for i in self.prose if i > start and i not in copied), default=start)
        places = range(start, len(self.blocks))
        self._take([i for i in places if i > new or i in copied], Reason.REPEATED_PROSE, prose=True)

    def _ending(self) -> None:
        """Below the last prose: tags, numbers, lists of dates and headlines."""
        last = max((i for i in self.prose if self.kinds[i] is PassageKind.BODY), default=-1)
        after = [i for i in range(last + 1, len(self.blocks)) if self.kinds[i] is PassageKind.BODY]
        for place, index in enumerate(after):
            text = self.blocks[index].text
            tag = text.endswith(",") and text.count(" ") <= _TAG_BLANKS
            if tag or _TAGS.fullmatch(text) or (is_label(text) and place + 1 < len(after)):
                self._take(after[place:], Reason.TAGS)
                return
            if (len(after) < 3 and text.strip().isdigit()) or is_dated(text) or writes_to(text):
                self._mark(index, Reason.ENDING)


def refine(blocks: Sequence[Block], kinds: Kinds) -> None:
    """Mark in `kinds` what of the body is no part of the article."""
    Refiner(blocks, kinds).refine()
