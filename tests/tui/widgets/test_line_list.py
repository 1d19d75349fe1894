"""Rows of panels: what gives way where there is no room for all of a row."""

from __future__ import annotations

from textual.app import App, ComposeResult

from seedread.widgets.line_list import Line, LineList


class Host(App[None]):
    """An app of one list."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = LineList()

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.lines


async def test_where_the_text_goes_first_it_is_cut_only_alone() -> None:
    host = Host()
    path = "txt/805_ad780c1b47371040.txt"
    async with host.run_test(size=(54, 5)) as pilot:
        titles = ["A short title", "A title that leaves no room for a path", "A title " * 9]
        rows = [Line(title, path, text_first=True) for title in titles]
        host.lines.set_lines([*rows, Line(titles[1], path)])
        await pilot.pause()
        drawn = [host.lines.render_line(y).text.rstrip() for y in range(4)]
        assert drawn[0] == titles[0].ljust(50 - len(path)) + path
        assert drawn[1] == titles[1]
        assert drawn[2].endswith("…") and "txt" not in drawn[2]
        assert drawn[3].endswith(f"…  {path}")
