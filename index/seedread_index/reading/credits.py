"""Bylines at the head and credits at the tail: who wrote, edited, translated or first published an article."""

from __future__ import annotations

import re

from seedread_index.reading.signals import WE, YOU

_BY = re.compile(
    r"^[\[(—–-]?\s*(?:(?:words|text|story|report|article|analysis|opinion|written|reported|posted|published|edited|author)\s+)?"
    r"(?:by|par|por|von|di|от|автор|auteur|autor|author)\b\s*:?\s+(?P<names>\S.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|staff|writer|columnist|bureau|contributor|desk|journalist|reuters|afp|agencies)\b",
    re.IGNORECASE,
)
_CRAFT = (
    r"report(?:ed|ing|s)?|writ(?:ing|ten)|edit(?:ed|ing|or|ors)?|translat(?:ed|ion|ing)|compil(?:ed|ing)|produc(?:ed|tion|ing)"
    r"|photograph(?:s|y|ed)?|photos?|pictures?|graphics?|video|illustrations?|research(?:ed)?|fact-?check(?:ed|ing)?|adapt(?:ed|ation)|contribut(?:ed|ions?|ing)"
)
_THIS = r"(?:this|the) (?:\w+ ){0,2}?(?:article|story|report|post|piece|text|interview|column|essay|dispatch|translation|version|content|material|item|feature)"
_CREDIT = re.compile(
    rf"^[\[(—–*_-]*\s*(?:additional |further |original )?(?:{_CRAFT})(?:,? (?:and )?(?:{_CRAFT}))*\s+(?:by|from|provided|courtesy|support)\b"
    rf"|\b(?:{_CRAFT}) by [^.;]+;\s*(?:\w+ )?(?:{_CRAFT})\b"
    rf"|\bcontribut(?:ed|ing) (?:reporting|to (?:this|the)|additional|writing|research)"
    rf"|^[\[(—–*_-]*\s*(?:with|including|using) (?:\w+ ){{0,3}}?(?:files|reporting|inputs?|contributions?|information|material|additional|agency|agencies|wires?|reports?)\b"
    rf"|\b{_THIS} (?:\w+ ){{0,3}}?(?:first|originally|previously|adapted|published|appeared|republished|translated|reprinted|syndicated|edited|written|produced|provided|supplied|shortened|updated|based|taken|compiled|reproduced|draws|uses|includes)\b"
    r"|^[\[(—–*_-]*\s*(?:first|originally|previously) (?:published|appeared|posted|reported|printed)\b"
    r"|^[\[(—–*_-]*\s*(?:adapted|abridged|excerpted|reprinted|republished|translated|compiled|condensed) (?:from|by|with|for)\b"
    r"|^[\[(—–*_-]*\s*(?:sources?|via|credits?|photo(?:s|graph)?(?: credit)?|image(?: credit)?|agencies|text|picture|fuente|quelle|fonte|источник)\s*[:/|]\s*\S",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"^[\[(—–-]*\s*(?:(?:agencies|staff|wires?|agence france-presse|associated press|reuters|[A-Z]{2,5})(?:\s*[/,&+]\s*|\s+and\s+|\s*$|(?=[.)\]])))+[.)\]]*$"
)
_MOST_WORDS = 45
_SAID = re.compile(r"\b(?:said|says|told|added|according)\b", re.IGNORECASE)


def is_byline(text: str) -> bool:
    """Whether a short line at the head names the writer."""
    match = _BY.match(text)
    if match is None:
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", match["names"])
    capital = sum(not word[0].islower() for word in words)
    return 0 < len(words) <= 14 and capital * 2 > len(words) and len(text) <= 140


def is_name_line(text: str) -> bool:
    """Whether a line is nothing but a name or two, perhaps with a role: a byline where one is expected."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    if not 2 <= len(words) <= 8 or re.search(r"[.!?:;]$", text) or any(map(str.isdigit, text)):
        return False
    plain = [
        word
        for word in words
        if word.casefold() not in {"and", "in", "for", "the", "of", "de", "al", "van", "von"}
    ]
    return all(not word[0].islower() for word in plain) and (len(plain) <= 3 or bool(_ROLE.search(text)))


def is_credit(text: str, words: int) -> bool:
    """Whether a short paragraph at the tail says where the article or its parts come from."""
    if words > _MOST_WORDS or words == 0 or _SAID.search(text):
        return False
    if YOU.search(text) or len(WE.findall(text)) > 1:
        return False
    return bool(_CREDIT.search(text)) or (words <= 6 and bool(_AGENCIES.match(text)))
