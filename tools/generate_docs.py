"""Write what the documentation has from tables of the program: the man pages and the table of keys.

The man pages are made from the tables of `--help` and from docs/query.md.

usage: python tools/generate_docs.py
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tui"), str(ROOT / "index")]

from seedread import __version__  # noqa: E402 - from the tree that this file is in
from seedread.actions.chosen_keys import markdown_table  # noqa: E402
from seedread.cli.commands import COMMANDS, parser_of  # noqa: E402
from seedread.cli.main import reader_parser  # noqa: E402
from seedread.cli.parser import DEFAULT_ARCHIVE, Parser  # noqa: E402

RELEASED = "2026-11-30"
"""The day of the release that the pages describe."""
ENVIRONMENT = (
    ("SEEDREAD_ARCHIVE", "folders or files of articles, separated by colons, used where no -C is given"),
    ("NO_COLOR", "no colours, in the reader and in output"),
    ("PAGER, VISUAL, EDITOR", "the programs that o and v start in the reader"),
    ("XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "where files are stored"),
)
FILES = (
    ("~/.cache/seedread", "indexes; safe to delete"),
    ("~/.config/seedread/settings.toml", "settings; seedread config --init creates it"),
    ("~/.local/share/seedread", "your corrections, stars, tags, notes, collections and saved searches"),
    ("~/.local/state/seedread", "reading places, history, recent archives"),
)
EXIT = (
    ("0", "found, or done"),
    ("1", "nothing found"),
    ("2", "usage or query error"),
    ("3", "archive missing or unreadable"),
    ("4", "locked by another process"),
    ("5", "incomplete (out of memory, or a reading process crashed); run it again"),
    ("130", "interrupted"),
)


def roff(text: str) -> str:
    """A text as roff prints it: control characters of roff are escaped."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("^", "\\(ha")
    text = text.replace("~", "\\(ti").replace("'", "\\(aq").replace('"', "\\(dq")
    return "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)


def head(title: str, section: int, name: str, what: str) -> Iterator[str]:
    """The title and the name of a page."""
    yield f'.TH {title.upper()} {section} "{RELEASED}" "seedread {__version__}" "seedread manual"'
    yield ".SH NAME"
    yield f"{roff(name)} \\- {roff(what)}"


def items(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """A list of terms in bold with what they mean."""
    for term, meaning in rows:
        yield from (".TP", f"\\fB{roff(term)}\\fR", roff(meaning))


def example(lines: list[str]) -> Iterator[str]:
    """Lines as they are written."""
    yield from (".nf", ".RS 4", *(f"\\&{roff(line)}" for line in lines), ".RE", ".fi")


def options(parser: Parser) -> Iterator[str]:
    """The options by group, as --help has them."""
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if action.help != argparse.SUPPRESS]
        if not actions:
            continue
        yield f'.SH "{roff((group.title or "options").upper())}"'
        if group.description:
            yield roff(group.description)
        for action in actions:
            yield from (".TP", signature(action), roff(" ".join((action.help or "").split())))


def signature(action: argparse.Action) -> str:
    """An option in all its spellings with what follows it, or the name of an argument."""
    names = action.metavar if isinstance(action.metavar, tuple) else (action.metavar,)
    values = " ".join(f"\\fI{roff(name)}\\fR" for name in names if name)
    if not action.option_strings:
        return f"{values} ..."
    if action.choices and not action.metavar:
        values = "{" + ",".join(roff(str(choice)) for choice in action.choices) + "}"
    takes = action.nargs != 0
    spelled = ", ".join(f"\\fB{roff(name)}\\fR" for name in action.option_strings)
    return f"{spelled} {values}".rstrip() if takes else spelled


def epilog(text: str) -> Iterator[str]:
    """The examples of a command, then its other remarks."""
    lines = text.splitlines()
    shown = [line.strip() for line in lines if line.startswith("  seedread ")]
    others = [line for line in lines if line not in ("", "examples:") and not line.startswith("  seedread ")]
    if shown:
        yield from (".SH EXAMPLES", *example(shown))
    if others:
        yield from (".SH NOTES", *example(others))


def command_page(name: str) -> str:
    """The page of a subcommand."""
    parser = parser_of(name)
    words = next((action for action in parser.actions if action.dest == "words"), None)
    takes = f" [\\fI{roff(str(words.metavar))}\\fR ...]" if words is not None else ""
    lines = [
        *head(f"seedread-{name}", 1, f"seedread-{name}", COMMANDS[name]),
        ".SH SYNOPSIS",
        f"\\fBseedread {name}\\fR [\\fIOPTION\\fR ...]{takes}",
        ".SH DESCRIPTION",
        roff(parser.description or ""),
        *options(parser),
        *epilog(parser.epilog or ""),
        '.SH "EXIT STATUS"',
        "As of \\fBseedread\\fR(1).",
        '.SH "SEE ALSO"',
        "\\fBseedread\\fR(1), \\fBseedread\\-query\\fR(7)",
    ]
    return "\n".join(lines) + "\n"


def main_page() -> str:
    """The page of the program."""
    parser = reader_parser()
    lines = [
        *head("seedread", 1, "seedread", "search and read folders of news articles in the terminal"),
        ".SH SYNOPSIS",
        "\\fBseedread\\fR [\\fIPATH\\fR ...]",
        ".br",
        "\\fBseedread\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR ...] [\\fIARGUMENT\\fR ...]",
        ".SH DESCRIPTION",
        roff(" ".join((parser.description or "").split())),
        ".PP",
        "Without a command it opens the reader; ? shows the keys of the place you are in.",
        "Articles are only read: the folder is never written to, and nothing is sent over the network, "
        "except to a search server whose address you give.",
        ".PP",
        f"Without a path it opens {roff(DEFAULT_ARCHIVE)}.",
        *options(parser),
        ".SH COMMANDS",
        *items(tuple(COMMANDS.items())),
        ".SH ENVIRONMENT",
        *items(ENVIRONMENT),
        ".SH FILES",
        *items(FILES),
        '.SH "EXIT STATUS"',
        *items(EXIT),
        '.SH "SEE ALSO"',
        ", ".join(f"\\fBseedread\\-{name}\\fR(1)" for name in COMMANDS) + ", \\fBseedread\\-query\\fR(7)",
    ]
    return "\n".join(lines) + "\n"


def inline(text: str) -> str:
    """Code of Markdown in bold, the rest as it is."""
    parts = text.replace("\\|", "|").split("`")
    return "".join(f"\\fB{roff(part)}\\fR" if at % 2 else roff(part) for at, part in enumerate(parts))


def query_page() -> str:
    """The page of the query language, from docs/query.md: headings, paragraphs and tables of two columns."""
    lines = [
        *head("seedread-query", 7, "seedread-query", "the query language of seedread"),
        ".SH DESCRIPTION",
    ]
    text = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    for block in re.split(r"\n\n+", text.strip())[1:]:
        if block.startswith("## "):
            lines.append(f'.SH "{roff(block[3:].upper())}"')
        elif block.startswith("|"):
            for row in block.splitlines()[2:]:
                term, meaning = re.split(r"(?<!\\)\|", row.strip("|"), maxsplit=1)
                lines += [".TP", inline(term.strip()), inline(meaning.strip())]
        else:
            start = [] if lines[-1].startswith(".SH") else [".PP"]
            lines += [*start, inline(" ".join(block.split()))]
    return "\n".join([*lines, '.SH "SEE ALSO"', "\\fBseedread\\fR(1), \\fBseedread\\-search\\fR(1)"]) + "\n"


def pages() -> dict[str, str]:
    """Every page by its path below share/man."""
    made = {"man1/seedread.1": main_page(), "man7/seedread-query.7": query_page()}
    return made | {f"man1/seedread-{name}.1": command_page(name) for name in COMMANDS}


def with_keys(text: str) -> str:
    """docs/keys.md with the table of keys as it is now."""
    before, rest = text.split("<!-- keys -->")
    return (
        f"{before}<!-- keys -->\n{markdown_table().strip()}\n<!-- /keys -->{rest.split('<!-- /keys -->')[1]}"
    )


def main() -> None:
    """Write the files; pages of commands that are gone are removed."""
    keys = ROOT / "docs" / "keys.md"
    keys.write_text(with_keys(keys.read_text(encoding="utf-8")), encoding="utf-8")
    folder = ROOT / "man"
    made = pages()
    for old in folder.glob("man*/*"):
        if str(old.relative_to(folder)) not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
