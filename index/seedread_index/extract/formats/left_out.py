"""Text that nobody wrote as an article: programs, configuration, style sheets, word lists, references."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Sequence
from functools import lru_cache

_PROGRAM = "is program source; list it in the setting include to read it"
_CONFIGURATION = "is a configuration; list it in the setting include to read it"
_STYLE = "is a style sheet of web pages; nothing to do"
_LINK = "is a link to a page, not the page; save the page itself"
_DUMP = "is a database dump in SQL; export its table as CSV or JSON lines"
_REFERENCES = "is a list of references, which hold no articles; nothing to do"
_WORDS = "is a list of words; list it in the setting include to read it"

_PROGRAM_ENDINGS = """
    py pyw pyi pyx js mjs cjs ts tsx jsx vue java kt kts scala groovy c h cc cpp cxx hpp hh m mm cs fs vb go
    rs rb php php3 phtml pl pm t r rmd jl lua sh bash zsh fish ps1 bat cmd awk sed asm s swift dart ex exs
    erl hs ml clj el lisp vim ipynb gradle cmake mk coffee jsp asp aspx erb ejs tcl f90 pas d nim zig proto
    patch diff download
"""
_CONFIGURATION_ENDINGS = """
    yml yaml toml ini cfg conf config properties env lock map plist reg service desktop editorconfig
    gitignore gitattributes npmrc babelrc eslintrc tsbuildinfo csproj sln iml htaccess po pot
"""
_ENDINGS: dict[str, str] = {
    **dict.fromkeys(_PROGRAM_ENDINGS.split(), _PROGRAM),
    **dict.fromkeys(_CONFIGURATION_ENDINGS.split(), _CONFIGURATION),
    **dict.fromkeys(("css", "scss", "sass", "less", "styl"), _STYLE),
    **dict.fromkeys(("url", "webloc", "website"), _LINK),
    **dict.fromkeys(("bib", "ris", "enw", "nbib"), _REFERENCES),
    **dict.fromkeys(("dic", "aff"), _WORDS),
    "sql": _DUMP,
    "ics": "is a calendar; nothing to do",
    "vcf": "is an address book; nothing to do",
}
_PROGRAM_NAMES = "makefile dockerfile vagrantfile jenkinsfile gemfile rakefile procfile"
_CONFIGURATION_NAMES = "robots.txt .gitignore .gitattributes .env .htaccess .dockerignore"
_NAMES = {
    **dict.fromkeys(_PROGRAM_NAMES.split(), _PROGRAM),
    **dict.fromkeys(_CONFIGURATION_NAMES.split(), _CONFIGURATION),
}
_ANY = frozenset((b"", b".txt", b".text", b".log", b".download", b".asc"))
_SHEBANG = re.compile(rb"#!\s*/[\w/.-]*(?:sh|python|perl|env|node|ruby|php)\b")
_REQUIREMENT = re.compile(
    r"[A-Za-z0-9_.-]+(?:\[[\w,]+\])?(?:\s*(?:[=~<>!]=|[<>])\s*[\w.*]+,?)*(?:\s*[;#].*)?"
)
_CODE_LINE = re.compile(
    r"(?:import |from [\w.]+ import |#include\b|using [\w.:]+;|package [\w.]+;?$|def \w+\(|class \w+[(:{ ]"
    r"|function\b.*[({]|(?:var|let|const) \w+ ?=|return\b.*[;)\]}]$|(?:if|for|while|switch) ?\(.*[{;)]$"
    r"|(?:if|for|while|elif|else|try|except|with) ?.*:$|@[\w-]+[^\w].*[{;]?$|//|/\*|\*/|\}.*$"
    r"|[\w$.\[\]]+ ?\+?= ?\S"
    r"|(?:public|private|static|export|module|require)\b|print ?\(|echo )"
)
_CODE_END = ("{", "}", ";", "};", "});", "},", ");")
_STYLE_RULE = re.compile(r"[^{}]{1,300}\{\s*(?:[\w-]+\s*:\s*[^;{}]+;?\s*)+\}")
_SIGNS = re.compile(r"[{}();=<>\[\]|&]")
_RIS = re.compile(r"\s*TY {1,2}- {0,2}[A-Z]{2,8}\s*\r?\n[A-Z][A-Z0-9] {1,2}- ")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@[A-Za-z]{3,15}\s*\{\s*[^\s,{}]+,\s*\n?\s*[\w-]+\s*=")
_SQL = re.compile(
    r"\s*(?:(?:--|/\*)[^\n]*\s+)*(?:CREATE TABLE|INSERT INTO|DROP TABLE|SET NAMES|BEGIN TRANSACTION)\b"
)
_LEAST_LINES = 4
_SPARSE = 10
"""A line of a packed program has fewer blanks than one in so many characters; prose has one in six."""

_SENTENCE = 12
_MANY_WORDS = 100
_HEAD = 20_000


def reason_by_name(name: bytes) -> str | None:
    """Why a file is left out by its name alone."""
    base = os.fsdecode(name).rpartition("/")[2].casefold()
    if base in _NAMES:
        return _NAMES[base]
    stem, dot, ending = base.rpartition(".")
    return _ENDINGS.get(ending) if dot and (stem or ending in _ENDINGS) else None


def may_hide_code(ending: bytes) -> bool:
    """Whether an ending says nothing of what a text is."""
    return ending in _ANY


def reason_by_content(text: str, name: bytes) -> str | None:
    """Why a text under a name that says nothing is left out."""
    head = text[:_HEAD]
    if _SHEBANG.match(head[:80].encode("utf-8", "replace")):
        return _PROGRAM
    if _RIS.match(head) or _BIBTEX.match(head):
        return _REFERENCES
    if _SQL.match(head):
        return _DUMP
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    if len(text) > _HEAD and len(lines) > 1:
        lines.pop()
    if _is_style(head):
        return _STYLE
    if _is_code(lines, head):
        return _PROGRAM
    if b"requirements" in name and all(_REQUIREMENT.fullmatch(one) or one[0] in "#-" for one in lines):
        return _CONFIGURATION
    return _WORDS if _is_word_list(lines) else None


def _is_style(head: str) -> bool:
    """Whether rules of a style sheet are nearly all that there is."""
    if "{" not in head or "}" not in head:
        return False
    covered = sum(len(match[0]) for match in _STYLE_RULE.finditer(head))
    return covered * 10 >= len(head.strip()) * 7


def _is_code(lines: Sequence[str], head: str) -> bool:
    """Whether most lines are statements of a program, or one line is dense with its signs."""
    if not lines:
        return False
    signs = len(_SIGNS.findall(head))
    if len(lines) < _LEAST_LINES:
        return signs > 12 and signs * 18 > len(head) and head.count(" ") * _SPARSE < len(head)
    prose = sum(len(line) for line in lines if len(line.split()) >= _SENTENCE and not _is_comment(line))
    if prose * 4 > len(head):
        return False
    code = sum(line.endswith(_CODE_END) or _CODE_LINE.match(line) is not None for line in lines)
    return code * 2 > len(lines) and signs * 60 > len(head)


def _is_comment(line: str) -> bool:
    return line.startswith(("#", "//", "*", "/*", "--", "%", ";")) or _CODE_LINE.match(line) is not None


def _is_word_list(lines: Sequence[str]) -> bool:
    """Whether there are many lines of a word or two each, in the order of the alphabet."""
    if len(lines) < _MANY_WORDS or sum(len(line.split()) > 2 for line in lines) * 20 > len(lines):
        return False
    if any(character.isdigit() for line in lines[:20] for character in line):
        return False
    ordered = sum(a.casefold() < b.casefold() for a, b in itertools.pairwise(lines))
    return ordered * 20 >= (len(lines) - 1) * 19


@lru_cache(maxsize=8)
def _spec(patterns: tuple[str, ...]) -> object:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        return None


def is_included(name: bytes, patterns: tuple[str, ...]) -> bool:
    """Whether the setting `include` asks for a file that a rule would leave out."""
    if not patterns:
        return False
    spec = _spec(patterns)
    return spec is not None and spec.match_file(os.fsdecode(name))  # type: ignore[attr-defined]
