"""What is left out: text that nobody wrote as an article, and files that are never text.

The one are programs, configuration, style sheets, licences and lists; the other show in their first bytes.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Sequence
from functools import cache

from seedread_index.text.word_lists import sections

_PROGRAM = "is program source; list it in the setting include to read it"
_CONFIGURATION = "is a configuration file; list it in the setting include to read it"
_STYLE, _LICENCE = "is a style sheet; skipped", "is a licence; skipped"
_LINK = "is a link to a page, not the page; save the page itself"
_DUMP = "is a database dump in SQL; export its table as CSV or JSON lines"
_REFERENCES = "is a list of references, which contain no articles; skipped"
_WORDS = "is a word list; list it in the setting include to read it"
_CALENDAR, _PEOPLE = "is a calendar; skipped", "is an address book; skipped"
_LATEX = "is LaTeX; convert it: pandoc -o NAME.md NAME.tex"
_TRANSLATIONS = "is a list of a program's translations; skipped"
_MANUAL = "is a page of a program's manual; skipped"
_OUTPUT = "is a program log; list it in the setting include to read it"
_ADDRESSES = "is a list of web addresses, not articles; save the pages themselves"
_ENCODED = "is encoded data, not text; decode it if it contains an article"
_CHECKSUMS = "is a list of checksums; skipped"
_CHAT = "is a chat, which contains no articles; list it in the setting include to read it"

_PROGRAM_ENDINGS = """
    py pyw pyi pyx js mjs cjs ts tsx jsx vue java kt kts scala groovy c h cc cpp cxx hpp hh m mm cs fs vb go
    rs rb php php3 phtml pl pm t r rmd jl lua sh bash zsh fish ps1 bat cmd awk sed asm s swift dart ex exs
    erl hs ml clj el lisp vim ipynb gradle cmake mk coffee jsp asp aspx erb ejs tcl f90 pas d nim zig proto
    patch diff download
"""
_CONFIGURATION_ENDINGS = """
    yml yaml toml ini cfg conf config properties env lock map plist reg service desktop editorconfig
    gitignore gitattributes npmrc babelrc eslintrc tsbuildinfo csproj sln iml htaccess
"""
_ENDINGS: dict[str, str] = {
    **dict.fromkeys(_PROGRAM_ENDINGS.split(), _PROGRAM),
    **dict.fromkeys(_CONFIGURATION_ENDINGS.split(), _CONFIGURATION),
    **dict.fromkeys(("css", "scss", "sass", "less", "styl"), _STYLE),
    **dict.fromkeys(("url", "webloc", "website"), _LINK),
    **dict.fromkeys(("bib", "ris", "enw", "nbib"), _REFERENCES),
    **dict.fromkeys(("dic", "aff"), _WORDS),
    **dict.fromkeys(("po", "pot"), _TRANSLATIONS),
    **dict.fromkeys(("tex", "latex"), _LATEX),
    "sql": _DUMP,
    "ics": _CALENDAR,
    "vcf": _PEOPLE,
}
_PROGRAM_NAMES = "makefile dockerfile vagrantfile jenkinsfile gemfile rakefile procfile"
_CONFIGURATION_NAMES = "robots.txt .gitignore .gitattributes .env .htaccess .dockerignore"
_NAMES = {
    **dict.fromkeys(_PROGRAM_NAMES.split(), _PROGRAM),
    **dict.fromkeys(_CONFIGURATION_NAMES.split(), _CONFIGURATION),
    **dict.fromkeys(("license", "licence", "license.txt", "license.md", "copying"), _LICENCE),
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
_STYLE_BLOCK = re.compile(r"\{\s*[\w-]+\s*:[^;{}]+(?:;\s*(?:[\w-]+\s*:[^;{}]+)?)*\}")
_OBJECT = re.compile(r",\s*[\"']?[\w-]+[\"']?\s*:")
"""In a program's braces commas part what semicolons part in those of a style sheet."""
_SIGNS = re.compile(r"[{}();=<>\[\]|&]")
_OPENINGS = tuple(
    (re.compile(rf"\s*(?:{pattern})"), reason)
    for pattern, reason in (
        (r"TY {1,2}- {0,2}[A-Z]{2,8}\s*\r?\n[A-Z][A-Z0-9] {1,2}- ", _REFERENCES),
        (r"(?:%[^\n]*\n\s*)*@[A-Za-z]{3,15}\s*\{\s*[^\s,{}]+,\s*\n?\s*[\w-]+\s*=", _REFERENCES),
        (r"%0 [A-Z][A-Za-z ]+\r?\n%[A-Z0-9] |FN [^\n]+\nVR 1\.\d\s", _REFERENCES),
        (
            r"(?:[-/][-*].*\n\s*)*(?:(?:(?:CREATE|DROP) TABLE|INSERT INTO|SET NAMES|BEGIN TRANSACTION)\b"
            r"|(?:SET|PRAGMA) \w+ ?= ?\S)",
            _DUMP,
        ),
        (r"BEGIN:VCALENDAR\s", _CALENDAR),
        (r"BEGIN:VCARD\s", _PEOPLE),
        (r"(?:%[^\n]*\n\s*)*\\document(?:class|style)\b", _LATEX),
        (r"(?:#[^\n]*\n\s*)*msgid \"", _TRANSLATIONS),
        (r"diff --(?:git|cc) \S|--- \S[^\n]*\n\+\+\+ \S[^\n]*\n@@ -\d", _PROGRAM),
        (r"(?:[.'][^\n]*\n){0,40}?\.(?:TH|Dd) \S", _MANUAL),
        (r"Traceback \(most recent call last\):\s", _OUTPUT),
        (r"-----BEGIN (?!PGP SIGNED )[A-Z0-9 ]+-----\s", _ENCODED),
    )
)
"""How a text begins that is of a form of its own."""

_LINES = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"\S+ \S+ \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] \"", _OUTPUT),
        (
            r"\W?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d.{0,60}?"
            r"\b(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|TRACE)\b",
            _OUTPUT,
        ),
        (r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: ", _OUTPUT),
        (r"(?:https?://|www\.)\S+$|[\w.+-]+@[\w-]+\.[\w.-]+$", _ADDRESSES),
        (r"[0-9a-fA-F]{32,128} [ *]\S", _CHECKSUMS),
        (r"[A-Za-z0-9+/]{40,}={0,2}$", _ENCODED),
        (r"\[[^\]]+\]$|[\w.-]+ ?= ?\S*", _CONFIGURATION),
        (r"(?:- )?[a-z_][\w.-]*:(?: \S+( \S+){0,3})?$|- \"?[\w.=:/-]+\"?$", _CONFIGURATION),
    )
)
"""What nearly every line of such a text is."""

_DAY_AND_TIME = (
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?(?:\]| -)"
)
_MESSAGE = re.compile(
    rf"\W?\[?{_DAY_AND_TIME} ([^:]{{1,40}}): |\[?\d\d:\d\d(?::\d\d)?\]? (<[ @+%&~]?\S{{1,32}}>|\*|-!-) "
)
"""A line of a chat that WhatsApp exports, or of IRC, and who wrote it."""

_SECTIONS = re.compile(r"^(?:\[[^\]\n]+\]|[a-z_][\w.-]*:\n[ \t-]+\S.*)$", re.MULTILINE)
_LEAST_ALIKE, _LEAST_LINES, _SPARSE, _LONGEST_SELECTOR = 5, 4, 10, 300
"""A line of a packed program has fewer blanks than one in so many characters; prose has one in six."""

_SENTENCE, _MANY_WORDS, _HEAD, _FIRST_LINES = 12, 100, 20_000, 60
_ZIP = "is a ZIP archive; unpack it"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LONGEST_LOOK = 1 << 20
_CUT_ZIP = "is a ZIP archive that is truncated or damaged; fetch it again"
_ZIP_END = (1 << 16) + 22
"""The record at the end of a zip file has 22 bytes, and a comment of up to 64 KiB."""


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
    if found := next((reason for pattern, reason in _OPENINGS if pattern.match(head)), None):
        return found
    lines = [line for each in head.split("\n") if (line := each.strip())]
    if len(text) > _HEAD and len(lines) > 1:
        lines.pop()
    if found := _reason_by_lines(lines, head):
        return found
    if _is_style(head) and not _has_prose([line for line in lines if "{" not in line], head):
        return _STYLE
    if _is_code(lines, head):
        return _PROGRAM
    if b"requirements" in name and all(_REQUIREMENT.fullmatch(one) or one[0] in "#-" for one in lines):
        return _CONFIGURATION
    return _WORDS if _is_word_list(lines) else None


def _reason_by_lines(lines: Sequence[str], head: str) -> str | None:
    """What nearly all lines are, comments apart, if they are of one form and no other is a sentence."""
    lines = [line for line in lines if line[0] not in "#;"]
    if len(lines) < _LEAST_ALIKE:
        return None
    if _is_chat(lines[:_FIRST_LINES]):
        return _CHAT
    for pattern, reason in _LINES:
        if pattern.match(lines[0]) or pattern.match(lines[1]):
            others = [line for line in lines if not pattern.match(line)]
            if len(others) * 10 <= len(lines) and all(len(line.split()) < _SENTENCE for line in others):
                return reason if reason != _CONFIGURATION or _SECTIONS.search(head) else None
    return None


def _is_chat(lines: Sequence[str]) -> bool:
    """Whether most lines are messages, and few people wrote them."""
    writers = [match[match.lastindex or 0] for line in lines if (match := _MESSAGE.match(line))]
    return len(writers) * 2 > len(lines) and len(set(writers)) * 2 <= len(writers)


def _is_style(head: str) -> bool:
    """Whether rules of a style sheet are nearly all that there is; no selector runs over blank lines."""
    covered = end = 0
    for match in _STYLE_BLOCK.finditer(head):
        brace = match.start()
        starts = (head.rfind(each, end, brace) + 1 for each in ("{", "}", "\n\n"))
        start = max(end, brace - _LONGEST_SELECTOR, *starts)
        if start < brace and not _OBJECT.search(match.group()):
            end = match.end()
            covered += end - start
    return 0 < covered * 10 >= len(head.strip()) * 7


def _is_code(lines: Sequence[str], head: str) -> bool:
    """Whether most lines are statements of a program, or one line is dense with its signs."""
    if not lines:
        return False
    if len(lines) >= _LEAST_LINES and _has_prose(lines, head):
        return False
    signs = len(_SIGNS.findall(head))
    if len(lines) < _LEAST_LINES:
        return signs > 12 and signs * 18 > len(head) and head.count(" ") * _SPARSE < len(head)
    code = sum(line.endswith(_CODE_END) or _CODE_LINE.match(line) is not None for line in lines)
    return code * 2 > len(lines) and signs * 60 > len(head)


def _has_prose(lines: Sequence[str], head: str) -> bool:
    """Whether more than a quarter of a text is lines of sentences, comments aside."""
    long = [line for line in lines if len(line.split(None, _SENTENCE - 1)) == _SENTENCE]
    prose = sum(len(line) for line in long if not _is_comment(line))
    return prose * 4 > len(head)


def _is_comment(line: str) -> bool:
    return line.startswith(("#", "//", "*", "/*", "--", "%", ";")) or _CODE_LINE.match(line) is not None


def _is_word_list(lines: Sequence[str]) -> bool:
    """Whether there are many lines of a word or two each, in the order of the alphabet."""
    longer = (line for line in lines if len(line.split(None, 2)) > 2)
    if len(lines) < _MANY_WORDS or next(itertools.islice(longer, len(lines) // 20, None), None):
        return False
    if any(character.isdigit() for line in lines[:20] for character in line):
        return False
    ordered = sum(a.casefold() < b.casefold() for a, b in itertools.pairwise(lines))
    return ordered * 20 >= (len(lines) - 1) * 19


@cache
def _signatures(heading: str) -> tuple[tuple[int, bytes, str], ...]:
    """Where in a file which bytes stand, and what is said of it."""
    rows = (line.split(" ", 2) for line in sections("extract/formats", "signatures.txt")[heading])
    return tuple(
        (int(offset), sign.encode().decode("unicode_escape").encode("latin-1"), reason)
        for offset, sign, reason in rows
    )


def unreadable_kind(data: bytes) -> str | None:
    """What a file is that is never read, in words with what to do; None for anything that may be text."""
    head = data[:300]
    for offset, magic, reason in _signatures("first bytes"):
        if head.startswith(magic, offset) and (offset != 8 or head.startswith(b"RIFF")):
            if magic.isascii() and magic.isalnum() and offset == 0 and not _has_controls(head):
                continue
            return reason
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = data[:_LONGEST_LOOK] + data[-_LONGEST_LOOK:]
        known = next((reason for _, name, reason in _signatures("zipped") if name in names), None)
        return known or (_ZIP if is_complete_zip(data) else _CUT_ZIP)
    if head.startswith(_OLE):
        names = (data[:_LONGEST_LOOK] + data[-_LONGEST_LOOK:]).lower()
        streams = (
            reason
            for _, name, reason in _signatures("streams")
            if name.decode().lower().encode("utf-16-le") in names
        )
        return next(streams, "is an old Office document; save it as text")
    return None


def is_complete_zip(data: bytes) -> bool:
    """Whether a zip file has its end, where the list of its members is."""
    return b"PK\x05\x06" in data[-_ZIP_END:]


def _has_controls(head: bytes) -> bool:
    """Whether bytes that begin with a word of a signature hold what no text does."""
    return any(byte < 9 or 13 < byte < 27 for byte in head)
