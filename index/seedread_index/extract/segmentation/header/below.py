"""Parts of a header that stand elsewhere: bylines at the end, headlines below the lead, sites behind them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from seedread_index.extract.reasons import Kinds, Reason, Where
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.header.bylines import (
    author_in,
    is_by_label,
    is_byline,
    is_joiner,
    is_name,
    is_name_line,
)
from seedread_index.extract.segmentation.header.date_lines import date_line, find_date
from seedread_index.extract.segmentation.header.header import Header
from seedread_index.extract.segmentation.header.text_headline import same_line
from seedread_index.extract.segmentation.words import word_count, word_set
from seedread_index.model.article import PassageKind
from seedread_index.text.sanitize import squeeze

_NEAR_TOP = 10
_LONGEST = 140
_STEM = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,5}")
_SITE = re.compile(r"^(?P<title>.{12,}?)\s+(?:[-–—|·»]|::)\s+(?P<site>[^|]{2,45})$")
_WITH_NAME = re.compile(
    r"^(?P<title>.{12,}?)\s+[-–—|]\s+(?:by|von|por|par|di|door)\s+(?P<name>[^\d]{4,50})$", re.IGNORECASE
)
_WITH_HANDLE = re.compile(r"^(?P<title>.{12,}?)\s*@(?P<handle>[\w.]{4,40})$")
_NAME_WORDS, _LEAST_TITLE = 4, 12
_OUTLETS = word_set("outlets")
_ROLES = word_set("roles")
_BY_NAME = re.compile(
    r"\b(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor)\s+(?P<name>[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]+){1,3})"
)
_SPONSORED = frozenset({"presented", "sponsored", "supported", "powered", "brought to you"})
"""Words before "by" with which a page names who pays for it."""

_NAMES_APART = re.compile(r"\s*(?:,|&|\b(?:and|und|et|y|e|och|en|og|i|и)\b)\s*")
_OF_WRITER = re.compile(
    r"(?:,[^.]{2,60},)?\s+(?:is|was|are|has|covers|writes|works|reports|reported|lives|teaches|ist|war|schreibt|arbeitet|est"
    r"|écrit|es|fue|escribe|é|foi|escreve|è|scrive|jest)\b"
)
_FOLLOW = re.compile(r"[^.!?]{0,60}@\w[^!?]{0,30}$")
_FIRST_NOTES, _LAST_NOTES = 2, 4
"""So many paragraphs first and last in an article may be about its writers."""

_COMMENTED = re.compile(r"\d+(?:\s[^\W\d_]+){2,4}\s[“\"«„‘](?P<name>[^”\"»“]{2,})[”\"»“’]\W*")
"""What the head of readers' comments says of what they are on: 17 thoughts on “Name”."""

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_LEAD = 2
_CAPTION_WORDS, _STANDFIRST_WORDS = 8, 5


def read_bylines(header: Header, blocks: Sequence[Block], kinds: Kinds) -> None:
    """Bylines: a label and the names after it, a name alone first or last; and who the author is."""
    for index in range(min(_NEAR_TOP + header.first_body, len(blocks))):
        if kinds[index] in {PassageKind.BODY, PassageKind.BOILERPLATE} and is_by_label(blocks[index].text):
            _names_after(index, blocks, kinds)
        elif kinds[index] is PassageKind.BODY and index < _NEAR_TOP and is_byline(blocks[index].text):
            kinds.mark(index, Reason.BYLINE)
    _roles(blocks, kinds)
    _caption_below(blocks, kinds)
    _name_alone(header, blocks, kinds)
    if header.author is None:
        names = [
            name
            for block, kind in zip(blocks, kinds, strict=True)
            if kind is PassageKind.BYLINE
            and not is_by_label(block.text)
            and (name := author_in(block.text))
            and not _is_role(name)
        ]
        header.author_where = Where.BYLINE if names else Where.BESIDE_DATE
        names = names or [
            name
            for block, kind in zip(blocks, kinds, strict=True)
            if kind is PassageKind.DATE and (name := _author_beside(block.text))
        ]
        header.author = ", ".join(dict.fromkeys(names[:3])) or None
    if header.author:
        _notes_on_writers(header.author, blocks, kinds)


def _notes_on_writers(author: str, blocks: Sequence[Block], kinds: Kinds) -> None:
    """What the article says of its writers, first or last: a sentence that begins with the name of one."""
    names = [name for name in _NAMES_APART.split(author) if " " in name]
    body = [i for i, kind in enumerate(kinds) if kind is PassageKind.BODY]
    for index in {*body[:_FIRST_NOTES], *body[-_LAST_NOTES:]} if len(body) > _LAST_NOTES else ():
        text = blocks[index].text
        if any(text.startswith(name) and _OF_WRITER.match(text, len(name)) for name in names):
            kinds.mark(index, Reason.END_CREDIT)
            below = index + 1
            if below < len(blocks) and kinds[below] is PassageKind.BODY and _FOLLOW.match(blocks[below].text):
                kinds.mark(below, Reason.END_CREDIT)


def _is_role(text: str) -> bool:
    """Whether a line is a role or a newsroom, and no name."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return len(words) <= 6 and not is_closed(text) and not words.isdisjoint(_OUTLETS | _ROLES)


def _author_beside(text: str) -> str | None:
    """Who a line of date and writer names."""
    if match := _BY_NAME.search(text):
        return match["name"] if is_name(match["name"]) else None
    places = find_date(text)[1]
    known = word_set("when") | word_set("publishing") | word_set("updating")
    words = text[: places[0][0]].strip(" /|•·–—-").split() if places else []
    while words and words[-1].strip(",.:|•·–—-").casefold() in {*known, ""}:
        words.pop()
    lead = author_in(" ".join(words)) if words else None
    if lead is None or any(word.casefold() in known for word in lead.split()):
        return None
    return lead if is_name(lead.strip(" ,")) and not _is_role(lead) else None


def _roles(blocks: Sequence[Block], kinds: Kinds) -> None:
    """The role or the newsroom in the line below a byline."""
    for index in range(1, min(2 * _NEAR_TOP, len(blocks))):
        text = blocks[index].text
        below = kinds[index] is PassageKind.BODY and kinds[index - 1] is PassageKind.BYLINE
        if below and len(text) < 60 and _is_role(text):
            kinds.mark(index, Reason.ROLE)


def _caption_below(blocks: Sequence[Block], kinds: Kinds) -> None:
    """A name and a few words between the byline and the first prose: the caption of a picture."""
    last = max((i for i, kind in enumerate(kinds[:_NEAR_TOP]) if kind is PassageKind.BYLINE), default=-1)
    if last < 0 or last + 3 >= len(blocks):
        return
    name, said, prose = (blocks[last + place].text for place in (1, 2, 3))
    if not is_name(name) or is_closed(said) or not 1 < word_count(said) <= _CAPTION_WORDS:
        return
    if is_closed(prose) and word_count(prose) > _CAPTION_WORDS:
        for index in (last + 1, last + 2):
            if kinds[index] in {PassageKind.BODY, PassageKind.BOILERPLATE}:
                kinds.mark(index, Reason.CAPTION)


def _names_after(index: int, blocks: Sequence[Block], kinds: Kinds) -> None:
    """Mark a label, the name after it, and further names behind a word that joins them."""
    if index and blocks[index - 1].text.strip().casefold() in _SPONSORED:
        return
    following = index + 1
    marked: list[int] = []
    while following < len(blocks) and len(marked) < 7:
        text = blocks[following].text
        known = is_name(text) or _is_role(text) or (word_count(text) == 1 and text[:1].isupper())
        if date_line(text)[0] or not (known if len(marked) % 2 == 0 else is_joiner(text)):
            break
        marked.append(following)
        following += 1
    if len(marked) % 2 == 0:
        marked = marked[:-1]
    if marked:
        for place in (index, *marked):
            kinds.mark(place, Reason.BYLINE_LABEL)


def _name_alone(header: Header, blocks: Sequence[Block], kinds: Kinds) -> None:
    """A name alone as the first line, in capitals, or as the last one of the article."""
    body = [i for i, kind in enumerate(kinds) if kind is PassageKind.BODY]
    if len(body) < _LEAST_LEAD:
        return
    if (
        header.title is not None
        and blocks[header.title].text.isupper()
        and is_name(blocks[header.title].text)
    ):
        text = blocks[header.title].text
        own = set(_STEM.findall(text.casefold()))
        rest = set(_STEM.findall(" ".join(blocks[i].text for i in body)[:8000].casefold()))
        if own and not own & rest:
            kinds.mark(header.title, Reason.NAME_FIRST)
            header.title = None
    last = body[-1]
    text = blocks[last].text
    if last + 1 < len(blocks) and "http" in blocks[last + 1].text:
        return
    if is_name(text) and is_closed(blocks[body[-2]].text) and (text[0] in "–—-" or not is_closed(text)):
        kinds.mark(last, Reason.NAME_LAST)


def read_below_lead(header: Header, blocks: Sequence[Block], kinds: Kinds) -> None:
    """A headline that stands below the lead, recognised by the date and byline right below it."""
    first = next((i for i, kind in enumerate(kinds) if kind is PassageKind.BODY), len(blocks))
    for index in range(first + 1, min(first + 5, len(blocks) - 2)):
        text = blocks[index].text
        if kinds[index] is not PassageKind.BODY or len(text) > _LONGEST or is_closed(text):
            continue
        run = _header_run(index + 1, blocks)
        if len(run) < 2 or not any(find_date(blocks[i].text)[1] for i in run):
            continue
        for place in run:
            is_date, day = date_line(blocks[place].text)
            kinds.mark(place, Reason.DATE_LINE if is_date else Reason.BYLINE)
            header.date = header.date or day
        if header.title is None and not is_name(text):
            header.title = index
            kinds.mark(index, Reason.BELOW_LEAD)
        return


def _header_run(start: int, blocks: Sequence[Block]) -> list[int]:
    """The lines from a place on that are dates, labels, bylines and names."""
    run: list[int] = []
    for index in range(start, min(start + 8, len(blocks))):
        text = blocks[index].text
        known = date_line(text)[0] or is_by_label(text) or is_byline(text) or _published(text)
        if not known and not (run and is_by_label(blocks[run[-1]].text) and is_name(text)):
            break
        run.append(index)
    return run


def _published(text: str) -> bool:
    """Whether a line is only the label of a date."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return 0 < len(words) <= 3 and all(word in word_set("when") | word_set("publishing") for word in words)


def _writer_before(text: str, handle: str) -> int | None:
    """Where the words at a text's end begin that are the name of a handle, as in "Ann Roe, @annroe"."""
    letters = "".join(_WORD.findall(handle)).casefold()
    for word in reversed([*_WORD.finditer(text)][-_NAME_WORDS:]):
        name = "".join(_WORD.findall(text[word.start() :])).casefold()
        if name == letters and word.start() >= _LEAST_TITLE and is_name(text[word.start() :].strip(" ,")):
            return word.start()
    return None


def split_headline(text: str, others: Sequence[str]) -> tuple[str, str | None, str | None]:
    """A headline without the site's name or the writer's behind it, the site and the writer.

    A site is recognised by a word of newspapers' names, or because its name stands elsewhere in the text too.
    """
    line = squeeze(text)
    if (match := _WITH_NAME.match(line)) and is_name(match["name"]):
        return match["title"], None, match["name"]
    if (match := _WITH_HANDLE.match(line)) and (cut := _writer_before(match["title"], match["handle"])):
        return match["title"][:cut].rstrip(" ,|–—-"), None, match["title"][cut:].strip(" ,")
    match = _SITE.match(line)
    if match is None:
        return line, None, None
    site = match["site"].strip()
    words = [word.casefold() for word in _WORD.findall(site)]
    if not words or len(words) > 6 or is_closed(site):
        return line, None, None
    named = not _OUTLETS.isdisjoint(words) and site[0].isupper()
    plain, whole = site.casefold(), line.casefold()
    again = any(plain in other.casefold().replace(whole, "") for other in others if len(other) < _LONGEST)
    return (match["title"], site, None) if named or again else (line, None, None)


def named_in_comments(blocks: Sequence[Block], found: Sequence[int]) -> int | None:
    """The candidate for a headline that readers' comments are said to be on."""
    heads = [block.text for block in blocks if block.text[:1].isdigit() and len(block.text) < _LONGEST]
    named = [match["name"] for text in heads if (match := _COMMENTED.fullmatch(text))]
    return next((i for i in reversed(found) if any(same_line(blocks[i].text, name) for name in named)), None)


def above_writer(
    blocks: Sequence[Block], found: Sequence[int], dated: Container[int], bylines: Container[int]
) -> int | None:
    """The one candidate for a headline that has the writer's name below it; said again, the last of them.

    `dated` and `bylines` are the blocks about the candidates that only say when, and by whom.
    """
    apart = {index: _to_writer(blocks, index, dated, bylines) for index in found}
    nearest = min((lines for lines in apart.values() if lines is not None), default=None)
    named = [index for index, lines in apart.items() if lines is not None and lines == nearest]
    if not named or not all(same_line(blocks[index].text, blocks[named[0]].text) for index in named):
        return None
    return named[-1]


def _to_writer(
    blocks: Sequence[Block], index: int, dated: Container[int], bylines: Container[int]
) -> int | None:
    """How many lines of a standfirst stand between a line and a byline, or a name and a date, below it."""
    apart = 0
    for place in range(index + 1, min(index + 4, len(blocks))):
        text = blocks[place].text
        if place in bylines or is_by_label(text) or (place + 1 in dated and is_name_line(text)):
            return apart
        if place not in dated:
            apart += 1
            if not is_closed(text) or word_count(text) < _STANDFIRST_WORDS:
                return None
    return None
