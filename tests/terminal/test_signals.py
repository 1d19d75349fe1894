"""What happens to a terminal when its program is ended, stopped, or cut off."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminals.session import PACKAGES, Session, environment

APP = Path(__file__).parent / "terminals" / "small_app.py"
LIGHT = {"PYTHONPATH": PACKAGES[0]}
Start = Callable[..., Session]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the small app in a terminal, and waits for its first frame."""
    sessions: list[Session] = []

    def begin(*arguments: str, ready: bool = True, **options: object) -> Session:
        changes = options.pop("env", {})
        env = environment(tmp_path, **changes)  # type: ignore[arg-type]
        session = Session([sys.executable, str(APP), *arguments], env, **options)  # type: ignore[arg-type]
        sessions.append(session)
        if ready:
            session.wait_for("ready at")
        return session

    yield begin
    for session in sessions:
        session.close()


def modes(session: Session) -> list[object]:
    """What the terminal does with input and output, without special characters."""
    return list(termios.tcgetattr(session.child.child_fd)[:4])


def modes_at_first() -> list[object]:
    """The same of any new terminal: the program may have changed its own before it can be looked at."""
    descriptors = os.openpty()
    try:
        return list(termios.tcgetattr(descriptors[0])[:4])
    finally:
        for each in descriptors:
            os.close(each)


SWITCHES = {"?1049h": "?1049l", "?25l": "?25h", "?1004h": "?1004l", ">25u": "<u", "?7l": "?7h"}


def is_clean(session: Session) -> bool:
    """Whether all that was switched on is off again, and no style is left on."""
    raw = session.raw.decode()
    switched = all(raw.rfind(f"\x1b[{off}") > raw.rfind(f"\x1b[{on}") for on, off in SWITCHES.items())
    # The shell switches bracketed paste on and off as well, so that it is not looked at.
    return switched and re.findall(r"\x1b\[([\d;]*)m", raw)[-1] == ""


@pytest.mark.parametrize("skeleton", [(), ("skeleton",)], ids=["plain", "with a skeleton"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_end_leaves_a_clean_terminal(
    start: Start, number: int, skeleton: tuple[str, ...]
) -> None:
    session = start(*skeleton, ready=False)
    before = modes_at_first()
    session.wait_for("ready at")
    assert modes(session) != before
    os.kill(session.pid, number)
    session.wait_for("left with")
    assert modes(session) == before
    assert is_clean(session)
    assert session.wait_for_end() == 128 + number


def test_signals_one_after_the_other_leave_a_clean_terminal_too(start: Start) -> None:
    session = start()
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGTERM, signal.SIGHUP):
        os.kill(session.pid, number)
    session.wait_for("left with")
    assert is_clean(session)
    assert session.wait_for_end() in {128 + signal.SIGTERM, 128 + signal.SIGHUP}


def test_a_signal_while_the_terminal_changes_hands_leaves_it_clean(start: Start) -> None:
    session = start("skeleton", "ended-at-once", ready=False)
    session.wait_for("left with")
    assert is_clean(session)
    assert session.wait_for_end() == 128 + signal.SIGTERM


def test_an_interrupt_while_the_command_is_imported_restores_the_terminal(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom seedread.__main__ import main\n"
        "class Interrupt:\n    def find_spec(self, name, *_):\n"
        "        if name == 'seedread.cli.main': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\nsys.exit(main([]))"
    )
    with Session([sys.executable, "-c", code], environment(tmp_path)) as session:
        assert session.wait_for_end() == 130
        assert session.raw.endswith(b"\x1b[?1049l\x1b[?25h")


def test_ctrl_z_gives_the_terminal_back_and_fg_paints_it_again(tmp_path: Path) -> None:
    shell = ["bash", "--norc", "--noprofile", "-i"]
    with Session(shell, environment(tmp_path, PS1="$ ", BASH_SILENCE_DEPRECATION_WARNING="1")) as session:
        session.wait_for("$")
        session.keys(f"{sys.executable} {APP} skeleton\r")
        session.wait_for("ready at 80x24")
        session.keys("abc")
        session.wait_for("abc")
        session.keys("\x1a")
        session.wait_for("Stopped")
        assert is_clean(session)
        session.keys("echo $((6 * 7))\r")
        session.wait_for("42")
        session.screen.reset()
        session.keys("fg\r")
        session.wait_for("abc", "ready at 80x24")
        session.keys("d")
        session.wait_for("abcd")
        session.keys("\x11")
        session.wait_for("left with")
        assert is_clean(session)


def test_ctrl_z_where_no_shell_could_continue_it_does_not_stop(start: Start) -> None:
    session = start()
    session.keys("abc", "\x1a")
    session.wait(lambda: b"\x1b[?1049l" in session.raw, "leaving the alternate screen")
    session.wait(lambda: session.raw.count(b"\x1b[?1049h") == 2, "coming back")
    session.keys("d")
    session.wait_for("abcd")


def test_a_stop_without_warning_is_mended_when_continued(start: Start) -> None:
    session = start()
    raw = modes(session)
    os.kill(session.pid, signal.SIGSTOP)
    session.wait(lambda: stopped(session.pid), "the stop")
    attributes = termios.tcgetattr(session.child.child_fd)
    attributes[3] |= termios.ECHO | termios.ICANON
    termios.tcsetattr(session.child.child_fd, termios.TCSANOW, attributes)
    session.screen.reset()
    os.kill(session.pid, signal.SIGCONT)
    session.wait_for("ready at 80x24")
    session.wait(lambda: modes(session) == raw, "a raw terminal")
    session.keys("abc")
    session.wait_for("abc")


def stopped(pid: int) -> bool:
    """Whether a process is stopped."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_it_ends_when_the_terminal_is_gone_though_hangups_are_ignored(start: Start) -> None:
    session = start(ignoring=[signal.SIGHUP])
    session.child.ptyproc.fileobj.close()  # type: ignore[attr-defined]  # the stubs lack it
    _, status = os.waitpid(session.pid, 0)
    session.child.ptyproc.closed = True  # type: ignore[attr-defined]  # likewise
    assert os.waitstatus_to_exitcode(status) in {1, 120, 128 + signal.SIGHUP}


def test_a_new_size_arrives_though_columns_and_lines_are_set(start: Start) -> None:
    session = start(env={"COLUMNS": "33", "LINES": "11"})
    session.wait_for("ready at 80x24")
    session.resize(61, 17)
    session.wait_for("ready at 61x17")
    session.resize(100, 30)
    session.wait_for("ready at 100x30")


def test_keys_typed_before_the_first_frame_are_not_lost(start: Start) -> None:
    session = start("skeleton", ready=False)
    session.keys("early")
    session.wait(lambda: b"\x1b[?1049h" in session.raw, "the skeleton")
    session.keys(" bird")
    session.wait_for("early bird")


def test_the_skeleton_is_painted_before_textual_is_imported() -> None:
    heavy = "{'textual', 'rich', 'whoosh', 'sqlite3', 'argparse', 'dataclasses', 're'}"
    new = "set(sys.modules) - old"
    code = (
        f"import sys; old = set(sys.modules); import seedread.terminal.early_paint; print(({new}) & {heavy})"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], env=LIGHT, capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_the_skeleton_says_which_archive_is_being_opened(tmp_path: Path) -> None:
    code = (
        "from seedread.terminal import early_paint\n"
        "early_paint.paint()\nearly_paint.show_name('wire-2024')\nearly_paint.show_name('\\x1b]2;x')\n"
        "print(early_paint.taken_over().first_frame.count('wire-2024'))"
    )
    with Session([sys.executable, "-c", code], environment(tmp_path)) as session:
        assert session.wait_for_end() == 0
        assert session.raw.index(b"Opening the archive") < session.raw.index(b"\x1b[H\x1b[1mwire-2024")
        assert session.raw.rstrip().endswith(b"1") and b"\x1b]2;" not in session.raw


def test_the_app_is_imported_without_a_search_for_garbage() -> None:
    code = (
        "import gc\nfrom seedread.cli import main\n"
        "main._imported_app()\nprint(gc.get_freeze_count() > 99, gc.isenabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=LIGHT, capture_output=True, check=True)
    assert done.stdout.split() == [b"True", b"True"]


@pytest.mark.parametrize(
    ("words", "painted"), [([], True), (["."], True), (["serch"], False), (["--help"], False)]
)
def test_it_is_painted_early_only_where_nothing_but_the_reader_can_be_meant(
    tmp_path: Path, words: list[str], painted: bool
) -> None:
    code = f"from seedread.terminal import early_paint; early_paint.paint_early({words}); print('done')"
    with Session([sys.executable, "-c", code], environment(tmp_path)) as session:
        assert session.wait_for_end() == 0
        assert (b"\x1b[?1049h" in session.raw) == painted


def test_a_signal_while_only_the_skeleton_stands_restores_the_terminal(start: Start, tmp_path: Path) -> None:
    # At work, as while Textual is imported: a signal just before a blocking read would wait for the read.
    work = "while True: pass"
    code = (
        f"from seedread.terminal import early_paint\nearly_paint.paint()\nprint(end='!', flush=True)\n{work}"
    )
    with Session([sys.executable, "-c", code], environment(tmp_path)) as session:
        before = modes_at_first()
        session.wait(lambda: b"Search" in session.raw and b"!" in session.raw, "the skeleton")
        os.kill(session.pid, signal.SIGTERM)
        assert session.wait_for_end() == -signal.SIGTERM
        assert session.raw.endswith(b"\x1b[?1049l\x1b[?25h")
        assert modes(session) == before


def test_an_error_after_the_skeleton_restores_the_terminal(tmp_path: Path) -> None:
    code = (
        "from seedread.terminal import early_paint; early_paint.paint(); raise SystemExit('no such archive')"
    )
    with Session([sys.executable, "-c", code], environment(tmp_path)) as session:
        assert session.wait_for_end() == 1
        assert b"\x1b[?1049l\x1b[?25h" in session.raw


def test_without_a_terminal_nothing_is_painted() -> None:
    read, write = os.pipe()
    code = "from seedread.terminal import early_paint; early_paint.paint()"
    actions = [(os.POSIX_SPAWN_DUP2, write, 2), (os.POSIX_SPAWN_CLOSE, read)]
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ, file_actions=actions)
    os.close(write)
    assert os.waitpid(pid, 0)[1] == 0
    assert os.read(read, 100) == b""
    os.close(read)
