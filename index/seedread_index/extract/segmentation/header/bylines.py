"""Bylines at the head and credits at the tail: who wrote, edited, translated or first published it."""

from __future__ import annotations

import re

from seedread_index.extract.segmentation.header.written_dates import dates_in
from seedread_index.extract.segmentation.words import ascii_one_of, one_of, word_set
from seedread_index.text.dates import MONTHS

_BY = re.compile(
    r"^[\[(—–/|•·*-]{0,2}\s*"
    r"(?:(?:words|text|story|report|article|written|reported|posted|published|edited|author"
    r"|(?:an?\s|eine?\s|une?\s|una?\s|uma?\s)?(?:interview|analysis|opinion|column|comment|essay|review|kolumne"
    r"|kommentar|gastbeitrag|analyse|rezension|intervista|entrevista|chronique|tribune|reportage))\s+)?"
    r"(?:by|par|por|von|di|от|автор|auteur|autor|author)\b\s*:?\s+(?P<names>\S.*)$",
    re.IGNORECASE,
)
_POSTED_BY = re.compile(r"(?:posted|published|written)\s+by\s+\S", re.IGNORECASE)
"""With a day behind it, it is a byline whatever the names look like."""

_MOST_WRITERS = 14
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|staff|writer|columnist|bureau|contributor|desk|journalist"
    r"|reuters|afp|agencies)\b",
    re.IGNORECASE,
)
_CRAFT = (
    r"(?:report(?:ed|ing|s)?|writ(?:ing|ten)|edit(?:ed|ing|or|ors)?|translat(?:ed|ion|ing)|compil(?:ed|ing)"
    r"|produc(?:ed|tion|ing)|photograph(?:s|y|ed)?|photos?|pictures?|graphics?|video|illustrations?"
    r"|research(?:ed)?"
    r"|fact-?check(?:ed|ing)?|adapt(?:ed|ation)|contribut(?:ed|ions?|ing))"
)
_THING = (
    r"(?:article|story|report|post|piece|text|interview|column|essay|dispatch|translation|version|content"
    r"|material"
    r"|item|feature|commentary|op-ed|excerpt|project|series|investigation|reporting)"
)
_DONE = (
    r"(?:first|originally|previously|adapted|published|appeared|republished|translated|reprinted"
    r"|syndicated|edited|amended|corrected|revised"
    r"|written|produced|provided|supplied|shortened|updated|based|taken|compiled|reproduced|draws|uses"
    r"|includes|excerpted)"
)
_LEAD = r"^[\[(—–*_-]*\s*"
_CREDIT = re.compile(
    rf"{_LEAD}(?:additional |further |original )?{_CRAFT}(?:,? (?:and )?{_CRAFT})*\s+(?:by|from|provided"
    rf"|courtesy)\b"
    rf"|{_LEAD}(?:with|including|using) (?:\w+ ){{0,3}}?"
    r"(?:files|reporting|inputs?|contributions?|information|material|additional|agency|agencies|wires?"
    r"|reports?)\b"
    rf"|^\W*(?:this|the) (?:\w+ ){{0,2}}?{_THING} (?:(?:was|is|has|been|have) ){{0,3}}{_DONE}\b"
    rf"|{_LEAD}(?:first|originally|previously) (?:published|appeared|posted|reported|printed)\b"
    rf"|{_LEAD}(?:based on|drawn from|from) (?:\w+ ){{0,2}}(?:agency|agencies|wire|wires|dispatches)\b"
    rf"|{_LEAD}additional (?:material|information|research|footage|photos?)\b"
    r"|^(?:the (?:author|writer) (?:is|was|works|lives|writes|has)\b|about the author)"
    rf"|{_LEAD}(?:adapted|abridged|excerpted|reprinted|republished|translated|compiled|condensed) (?:from"
    rf"|by|with|for)\b"
    rf"|{_LEAD}(?:sources?|via|credits?|photo(?:s|graph)?(?: credit)?|image(?: credit)?|agencies|text"
    rf"|picture|fuente"
    r"|quelle|fonte|источник|kaynak|bron|źródło|المصدر|来源|來源|出典|출처|责任编辑|責任編輯)\s*[:：/|]\s*\S"
    rf"|{_LEAD}(?:avec|mit (?:material|informationen|agenturen)|con (?:información|informaciones|agencias)"
    r"|avec (?:les )?agences|con agenzie|com agências)\b(?:\s+\S+){0,6}$"
    rf"|^\W*an? (?:\w+ ){{0,3}}(?:version|form) of (?:this|the) {_THING}\b",
    re.IGNORECASE,
)
"""A credit that a line begins with."""

_CREDIT_WITHIN = re.compile(
    rf"\b{_CRAFT} by [^.;]+;\s*(?:\w+ )?{_CRAFT}\b"
    r"|\bcontribut(?:ed|ing) (?:reporting|to (?:this|the)|additional|writing|research)"
    r"|\bis an? (?:[\w-]+ ){0,3}(?:correspondent|reporter|writer|journalist|columnist|freelancer"
    r"|contributor)\b",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:agencies|staff|wires?|[Aa]gence [Ff]rance-[Pp]resse|[Aa]ssociated [Pp]ress|[Rr]euters|[Xx]inhua"
    r"|Bloomberg"
    r"|AFP|AP|DPA|dpa|EFE|ANSA|TASS|RIA|IANS|PTI|ANI|UPI|PA|AAP|CNN|BBC|VOA|DW|RFE/RL|Interfax|Anadolu)"
)
_AGENCIES = re.compile(
    rf"^[\[(—–-]*\s*(?:[Ww]ith )?{_AGENCY}(?:\s*[/,&+]\s*{_AGENCY}|\s+and\s+{_AGENCY})*[.)\]]*$"
)
_INITIALS = re.compile(
    rf"^[a-zäöü]{{2,4}}(?:\s*[/,]\s*[a-zäöü]{{2,4}}){{0,3}}\s*\([^()]*\b{_AGENCY}\b[^()]*\)$"
)
_AGENCY_WRITER = re.compile(
    rf"^[\s—–-]*{_AGENCY} (?:\w+ )?(?:writers?|journalists?|reporters?|correspondents?)\b"
)
_ADDRESS = re.compile(r"\b(?:you|your|we|said|says|told|added|according)\b", re.IGNORECASE)
_MOST_WORDS = 45
_LONGEST = 600
_SMALL = frozenset({"and", "in", "for", "the", "of", "de", "al", "van", "von"})


def is_byline(text: str) -> bool:
    """Whether a short line at the head names the writer."""
    if len(text) > 140:
        return False
    match = _BY.match(text) or _LABELLED.match(text)
    if match is None or (
        text.endswith((".", "!")) and text.count(" ") > 7 and not text.endswith(("p.m.", "a.m."))
    ):
        return False
    found = re.findall(r"[^\W\d_][\w'’.-]*", _ENDS.sub("", match["names"]) or match["names"])
    words = [word for word in found if not _ROLE.fullmatch(word)]
    capital = sum(not word[0].islower() for word in words)
    if 0 < len(words) <= _MOST_WRITERS and capital * 2 > len(words):
        return True
    return _POSTED_BY.match(text) is not None and bool(dates_in(text))


def _caption(words: str) -> str:
    """The pattern of a picture's credit, by the words that begin one."""
    return (
        rf"(?:^|[.!?(|;,—–]\s*|\s{{2,}}){words}(?![^\W\d_])[^:!?]{{0,48}}\W*$"
        rf"|^{words}(?![^\W\d_])\s*[:：/|]?\s+\S|^©\s*\S+(?:\s\S+){{0,5}}$"
        r"|(?:\bcredit(?:\.\.\.|…)\s?|[.!?][\"”’]?credit)\S[^.!?]{0,60}$"
        r"|^\((?:[^()]{3,60}[/,]\s?)?(?:ap|afp|reuters|getty)[^()]{0,40}\)$"
    )


_CAPTION = re.compile(_caption(one_of("captions")), re.IGNORECASE)
_ASCII_CAPTION = re.compile(_caption(ascii_one_of("captions")))


def is_caption(text: str) -> bool:
    """Whether a line names who took a picture."""
    if len(text) > 400 or text.endswith((":", "?")):
        return False
    end = text[-120:]
    if end.isascii():
        return _ASCII_CAPTION.search(end.lower()) is not None
    return _CAPTION.search(end) is not None


_PICTURE_SOURCE = re.compile(
    r"(?:[A-Z]{2,8}|[Ii]mago|[Gg]etty [Ii]mages)\s?/\s?[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*){0,3}"
    r"|[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*){0,3}\s?/\s?(?:[^\W\d_][\w. '-]{1,24}/)?"
    r"(?:[A-Z]{2,8}|[Ii]mago|[Gg]etty [Ii]mages|[Rr]euters)"
    r"|©\s?\S+(?:\s\S+){0,4}"
)


def is_picture_source(text: str) -> bool:
    """Whether a line is an agency and a photographer, as `APA/Hans Techt`."""
    return len(text) <= 60 and _PICTURE_SOURCE.fullmatch(text.strip()) is not None


_OF_SENTENCE = re.compile("[：？！。，]")
_HAN, _LONGEST_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), 10
_PLACE = re.compile(r"\s+(?:in|aus|à|en|em|w|в)\s+[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]+){0,2}$")


def is_name_line(text: str) -> bool:
    """Whether a line is nothing but a name or two, perhaps with a role: a byline where one is expected."""
    text = _PLACE.sub("", text)
    if text.removesuffix("\n").endswith((".", "!", "?", ":", ";")) or _DIGIT.search(text):
        return False
    if not text.isascii() and (_OF_SENTENCE.search(text) or (len(text) > _LONGEST_HAN and _HAN.search(text))):
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    if not 2 <= len(words) <= 8 or any(map(str.isdigit, text)):
        return False
    plain = [word for word in words if word.casefold() not in _SMALL]
    short = all(len(name.split()) <= 3 for name in re.split(r"\s(?:and|&)\s|,", text))
    return all(not word[0].islower() for word in plain) and (short or bool(_ROLE.search(text)))


def _may_credit(text: str) -> bool:
    """Whether a text holds what every credit amid a line does, which is found much faster than the credit."""
    if not text.isascii():
        return True
    plain = text.lower()
    return "contribut" in plain or "is a" in plain or (";" in plain and " by " in plain)


def is_credit(text: str, words: int) -> bool:
    """Whether a short block at the tail says where the article or its parts come from."""
    if not 0 < words <= _MOST_WORDS or len(text) > _LONGEST:
        return False
    if _CREDIT.match(text) or (_may_credit(text) and _CREDIT_WITHIN.search(text)):
        return not _ADDRESS.search(text)
    if words <= 6 and _AGENCIES.match(text):
        return True
    return bool(_INITIALS.match(text)) or (words <= 20 and bool(_AGENCY_WRITER.match(text)))


_LABEL = re.compile(rf"{one_of('by_labels')}\s*[:：]?", re.IGNORECASE)
_LABELLED = re.compile(
    rf"[—–-]?\s*{one_of('by_labels')}(?:\s*[:：]\s*|\s+)(?P<names>[^\s:：].*)$", re.IGNORECASE
)
_JOINER = frozenset({"and", "und", "et", "y", "e", "en", "och", "og", "i", "и", "&", "with", "ve", "و"})
_HANDLE = re.compile(r"\(?@[\w.]+\)?|\S+@\S+\.\w+|https?://\S+")
_ENDS = re.compile(
    r"\s*(?:[|•·,;/(]|\s[–—-]\s|\b(?:published|posted|updated|am|on|op|på|le|el|il|em|dne|vom|для|at|in)\b).*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WHEN = word_set("when")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_PARTICLES = frozenset(
    {
        "de",
        "del",
        "da",
        "di",
        "der",
        "van",
        "von",
        "zu",
        "la",
        "le",
        "bin",
        "al",
        "el",
        "dos",
        "ten",
        "den",
        "y",
    }
)
_MOST_NAME_WORDS, _LEAST_HALF = 5, 4


def is_by_label(text: str) -> bool:
    """Whether a line is only a byline's label, as `By` or `Publicado por`."""
    return len(text) <= 30 and _LABEL.fullmatch(text.strip()) is not None


def is_joiner(text: str) -> bool:
    """Whether a line is the word between two names."""
    return text.strip().casefold() in _JOINER


def is_name(text: str) -> bool:
    """Whether a text may be one person's name: two to five words that begin with capitals."""
    words = text.strip("–—- ").split()
    return (
        2 <= len(words) <= _MOST_NAME_WORDS
        and len(text) <= 50
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
        and words[-1][0].isupper()
    )


def without_handle(text: str) -> str:
    """A name without the handle or address behind it, as in "Ann Roe, @annroe"."""
    return _HANDLE.sub(" ", text).strip(" ,|·•")


def author_in(text: str) -> str | None:
    """The names that a byline says, without label, handle, role and date."""
    match = _LABELLED.match(text) or _BY.match(text)
    names = _HANDLE.sub(" ", match["names"] if match else text)
    if match and (digit := _DIGIT.search(names)):
        words = names[: dates_in(names)[0].start if dates_in(names) else digit.start()].split()
        while len(words) > 1 and ((last := words[-1].strip(".,").casefold()) in MONTHS or last in _WHEN):
            words.pop()
        names = " ".join(words)
    names = " ".join(_ENDS.sub("", names).split()).strip(" .,:;–—-[]*_")
    half = len(names) // 2
    if half > _LEAST_HALF and names[:half] == names[half:]:
        names = names[:half]
    words = names.split()
    if not 1 <= len(words) <= 10 or any(map(str.isdigit, names)):
        return None
    return names if words[0][0].isupper() or not names.isascii() else None
