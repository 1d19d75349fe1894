"""Articles that attack the terminal are shown everywhere, and nothing but our own sequences comes out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminals.session import Session, environment

from seedread.__main__ import main

ATTACK = (
    "\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b[31mred\x1b[2J\x1b[?1049l\x9b31m\x9d2;own\x9c\x1bc\x1bP$q\x1b\\"
    "\x1b_Ga=T;AA\x1b\\\x07\x08\x0e\x7f\u202etxt.exe\u2066 [@click=app.quit]quit[/] [bold red]loud[/] a [/] b"
    "\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1b[!p\x1b[2$r\x1b[5i\x1b[c\x1b(0"
    "\U000e0068\U000e0069\u2028\u2029\ufeff\u061c\u2067\u2069 $(id) %s {0}"
)
NAME = "evil \x1b]0;owned\x07\x1b[2J\x9b31m [@click=app.bell]x [bold].txt"
SENTENCE = (
    "The harbour board met in Lisbon on Monday and Marek Dolan spoke to Anna Kern of the Norway Institute."
)
OURS = re.compile(
    rb"""
      \x1b\[ [\d;]* [mHXKJGCDABLMr]                                # styles, movements, erasing, margins
    | \x1b\[\? (?:1049|25|7|1004|2004|2026|2048) (?:[hl]|\$p)      # modes of ours, and questions for them
    | \x1b\[6n | \x1b\[>25u | \x1b\[<u                                        # the keyboard
    | \x1bM | \r | \n | \x08                                       # movements
    | \x1b\]22;default\x07                                         # the shape of the pointer
    | \x1b\[2[23];2t | \x1b\]2;articles\ -\ seedread\x07             # the title of the window, kept and put
    | [\x20-\x7e] | [\xc2-\xf4][\x80-\xbf]+                        # text
    """,
    re.VERBOSE,
)


UNSEEN = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
"""C1 controls, marks of direction, line ends and tags: text to a decoder, but none to a terminal."""


def foreign(raw: bytes) -> bytes:
    """What of some output is neither text nor ours."""
    return OURS.sub(b"", raw) + "".join(UNSEEN.findall(raw.decode(errors="replace"))).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a folder of attacks, indexed."""
    home = tmp_path_factory.mktemp("hostile")
    folder = home / "articles"
    folder.mkdir()
    text = f"Harbour {ATTACK}\n\n2021-05-06\n\nFerries to Lisbon are late. {ATTACK}\n\nAnna Kern said so.\n"
    (folder / NAME).write_text(text, encoding="utf-8")
    (folder / "plain.txt").write_text(
        f"{SENTENCE}\n\nMore of it, {ATTACK} Marek Dolan said.\n", encoding="utf-8"
    )
    raw = b"Bytes: \x9b31m \x85 \x1b]2;own\x07 \xff\xfe Lisbon\n\n" + SENTENCE.encode() + b"\n"
    (folder / "bytes\x1b[31m.txt").write_bytes(raw)
    line = [sys.executable, "-m", "seedread", "index", "--annotate", "--ner-model", "rules", str(folder)]
    done = subprocess.run(line, env=environment(home), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not foreign(done.stdout + done.stderr)
    return home


@pytest.mark.parametrize(
    "words",
    [
        ("search", "Lisbon"),
        ("search", "Lisbon", "--color", "always"),
        ("search", f"{ATTACK}"),
        ("search", f'"{ATTACK}'),
        ("list",),
        ("entities",),
        ("status",),
        ("kwic", "Lisbon"),
        ("show", "plain.txt"),
        ("show", NAME),
        ("search", "Lisbon", "--jsonl"),
        ("list", "--json"),
        ("list", "--csv"),
    ],
    ids=lambda words: " ".join(words)[:20].encode("unicode_escape").decode(),
)
def test_commands_write_nothing_but_text(
    home: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    code = main([words[0], "-C", str(home / "articles"), *words[1:]])
    sys.stdout.flush()
    out, err = capfdbinary.readouterr()
    assert b"Traceback" not in err
    assert code in {0, 1, 2}, err
    out += err
    out = re.sub(rb"\x1b\[[\d;]*m", b"", out) if "--color" in words else out
    assert b"\x1b" not in out
    assert not foreign(out.replace(b"\t", b" "))


TYPED = "".join(char for char in ATTACK if char.isprintable())[:50]
PASTED = f"\x1b[200~{ATTACK}\x1b[201~"
WALKS = {
    "list and reader": ("\r", "p", "p", "\r", "n", "n", "]", "J"),
    "card": ("\r", "\r", "]", "\r"),
    "information": ("\r", "i"),
    "entities": ("\r", "e", "\r"),
    "help and messages": ("\r", "?", "/", *TYPED),
    "query": ("/", *TYPED),
    "pasted query": (PASTED, "\r"),
    "pasted command": ("\r", ":", PASTED, "\r", "!"),
}


@pytest.mark.parametrize("keys", WALKS.values(), ids=WALKS)
def test_the_reader_shows_attacks_and_obeys_none(home: Path, keys: tuple[str, ...]) -> None:
    shutil.rmtree(home / "state", ignore_errors=True)
    line = [sys.executable, "-m", "seedread", "--ner-model", "rules", str(home / "articles")]
    with Session(line, environment(home)) as session:
        session.wait_for("Enter results", "Harbour", "met in Lisbon")
        for key in keys:
            session.keys(key)
            session.settle(0.2, at_most=2)
        assert session.child.isalive(), session.text
        assert not foreign(session.raw), foreign(session.raw)
        assert b"\x1b[?1049l" not in session.raw
        assert b"\x1b]" not in session.raw.replace(b"\x1b]22;", b"").replace(b"\x1b]2;articles", b"")
