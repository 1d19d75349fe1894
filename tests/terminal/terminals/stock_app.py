"""The app one writes first in Textual: stock widgets, stock theme, stock driver."""

from __future__ import annotations

import sys
from pathlib import Path

from textual import on
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input, OptionList, Static


class StockApp(App[None]):
    """A search line, a list of files and the text of the first."""

    CSS = "OptionList { height: 1fr; } VerticalScroll { height: 1fr; }"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}

    def compose(self) -> ComposeResult:
        yield Header(show_clock=True)
        yield Input(placeholder="Search")
        yield OptionList(*[text.splitlines()[0] for text in self.texts.values()], markup=False)
        with VerticalScroll():
            yield Static(next(iter(self.texts.values())), markup=False)
        yield Footer()

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """List what holds the words."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([text.splitlines()[0] for text in self.texts.values() if event.value in text])


if __name__ == "__main__":
    StockApp(Path(sys.argv[1])).run()
