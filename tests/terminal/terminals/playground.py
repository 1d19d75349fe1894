"""A small app that shows everything a terminal can be asked to show, to be driven at random."""

from __future__ import annotations

import random

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Label, OptionList

SCRIPTS = (
    *(
        "शहर में बाढ़",
        "स्थिति गंभीर है",
        "க்ஷேத்திரம் வெள்ளம்",
        "বন্যায় গ্রাম ডুবে গেছে",
        "వరదలు వచ్చాయి",
        "ಪ್ರವಾಹ ಬಂದಿದೆ",
        "വെള്ളപ്പൊക്കം",
    ),
    *("မြို့တော်မှာ ရေကြီးတယ်", "น้ำท่วมกรุงเทพ ทำให้", "ទឹកជំនន់នៅភ្នំពេញ", "ཆུ་ལོག་བྱུང་སོང་", "ນ້ຳຖ້ວມ", "ගංවතුර ඇතිවිය"),
    *(
        "\u1112\u1161\u11ab\u1100\u116e\u11a8",
        "🇮🇳🇲🇲",
        "1\ufe0f\u20e3 2\ufe0f\u20e3",
        "👩🏽\u200d🚒 👍🏽",
        "❤\ufe0f ☀",
        "🏳\ufe0f\u200d🌈",
        "✈ ☎\ufe0f",
    ),
)
"""Texts in which terminals count cells differently."""
WORDS = (
    *(
        "the",
        "Kremlin",
        "said",
        "on",
        "Friday",
        "that",
        "talks",
        "would",
        "go",
        "on",
        "—",
        "“quoted”",
        "naïve",
    ),
    *(
        "Москва",
        "Ελλάδα",
        "北京",
        "東京都",
        "서울",
        "القاهرة",
        "ירושלים",
        "Z\u0301\u0323e",
        "e\u0301te\u0301",
        "กรุงเทพ",
    ),
    *("😀", "👨\u200d👩\u200d👧", "❤\ufe0f", "🇬🇧", "👍🏽", "│", "██", "…", "   ", "            ", "\u00a0"),
    *SCRIPTS,
)
LOOKS = (
    *(
        "",
        "",
        "",
        "",
        "bold",
        "dim",
        "italic",
        "underline",
        "reverse",
        "strike",
        "bold underline",
        "red",
        "bright_blue",
    ),
    *("on yellow", "black on bright_cyan", "color(135)", "on color(20)", "#ff8800", "#10a0ff on #202020"),
    *("bold italic #abcdef", "reverse green", "dim on #000000", "underline2", "overline blue", "blink"),
)


class Lines(ScrollView):
    """Very many lines of random words in random styles, which move but never change."""

    can_focus = True

    def __init__(self, seed: int, count: int = 400) -> None:
        super().__init__()
        chance = random.Random(seed)
        self.lines = [self._line(chance) for _ in range(count)]
        self.virtual_size = Size(70, count)

    def _line(self, chance: random.Random) -> Strip:
        if chance.random() < 0.2:
            return Strip.blank(70)
        segments = []
        for _ in range(chance.randint(1, 9)):
            words = " ".join(chance.choices(WORDS, k=chance.randint(1, 4))) + " "
            segments.append(Segment(words, Style.parse(chance.choice(LOOKS))))
        return Strip(segments).adjust_cell_length(70)

    def render_line(self, y: int) -> Strip:
        x, top = self.scroll_offset
        if top + y >= len(self.lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self.lines[top + y].crop_extend(x, x + self.size.width, self.rich_style)


class Overlay(ModalScreen[None]):
    """A box over everything."""

    CSS = (
        "Overlay { align: center middle; }"
        "#box { width: 40; height: 9; border: round white; background: blue; }"
    )

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Label("An overlay 北京 😀", markup=False)
            yield Input("text")


class Playground(App[None]):
    """Line-drawn text, an option list, an input line, and an overlay."""

    CSS = """
    Horizontal { height: 1fr; }
    OptionList { width: 30; display: none; }
    .side OptionList { display: block; }
    .bare Label { display: none; }
    """
    ENABLE_COMMAND_PALETTE = False
    animation_level = "none"

    def __init__(self, seed: int, *, ansi: bool) -> None:
        super().__init__(driver_class=None, ansi_color=ansi)
        self.seed = seed
        if ansi:
            self.theme = "ansi-dark"

    def compose(self) -> ComposeResult:
        yield Input(placeholder="query")
        with Horizontal():
            yield OptionList(*[f"Option {number} 東京 {number * 7}" for number in range(60)], markup=False)
            yield Lines(self.seed)
        yield Label("status ▏ 3/7", markup=False)

    @property
    def body(self) -> Lines:
        """The lines."""
        return self.screen_stack[0].query_one(Lines)

    def act(self, chance: random.Random) -> str:
        """Do something at random, and say what."""
        actions = {
            "line down": lambda: self.body.scroll_relative(y=1, animate=False),
            "line up": lambda: self.body.scroll_relative(y=-1, animate=False),
            "three down": lambda: self.body.scroll_relative(y=3, animate=False),
            "page down": lambda: self.body.scroll_page_down(animate=False),
            "page up": lambda: self.body.scroll_page_up(animate=False),
            "end": lambda: self.body.scroll_end(animate=False, immediate=True),
            "right": lambda: self.body.scroll_relative(x=3, animate=False),
            "side": lambda: self.screen_stack[0].toggle_class("side"),
            "bare": lambda: self.screen_stack[0].toggle_class("bare"),
            "option": lambda: self.screen_stack[0].query_one(OptionList).action_cursor_down(),
            "type": lambda: self.type(chance),
            "status": lambda: self.status(chance),
            "overlay": self.overlay,
            "notify": lambda: self.notify("Saved 文章 to a file", title="Done", timeout=0.3, markup=False),
            "theme": lambda: self.change_theme(chance),
            "bell": self.bell,
        }
        name = chance.choice([*actions, *(["line down", "line up", "page down", "type", "option"] * 2)])
        actions[name]()
        return name

    def type(self, chance: random.Random) -> None:
        """Write something into the input line."""
        self.screen_stack[0].query_one(Input).value = " ".join(chance.choices(WORDS, k=chance.randint(0, 9)))

    def status(self, chance: random.Random) -> None:
        """Say something in the status line."""
        self.screen_stack[0].query_one(Label).update(" ".join(chance.choices(WORDS, k=3)))

    def overlay(self) -> None:
        """Open the overlay, or close it."""
        if isinstance(self.screen, Overlay):
            self.screen.dismiss()
        else:
            self.push_screen(Overlay())

    def change_theme(self, chance: random.Random) -> None:
        """Wear other colours."""
        self.theme = chance.choice(["textual-dark", "textual-light", "nord", "ansi-dark"])
