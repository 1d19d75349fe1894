"""The colour themes: the terminal's own sixteen colours by default, and four fixed palettes."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_default",  # cyan is pale on the white of many terminals
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_cyan",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "divider": "ansi_bright_black",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)

DARK = Theme(
    name="dark",
    primary="#7aa2f7",
    secondary="#7dcfff",
    warning="#e0af68",
    error="#ff8c8c",
    success="#9ece6a",
    accent="#d0a8ff",
    foreground="#d5d9e6",
    background="#16181f",
    surface="#16181f",
    panel="#22252f",
    dark=True,
    variables={"divider": "#4a5066"},
)

LIGHT = Theme(
    name="light",
    primary="#1f4fa3",
    secondary="#00697a",
    warning="#8a5500",
    error="#a8201a",
    success="#2f6b1f",
    accent="#7a2f93",
    foreground="#1d2026",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#ecebe5",
    dark=False,
    variables={"divider": "#b5b3ab"},
)

CONTRAST = Theme(
    name="contrast",
    primary="#66ccff",
    secondary="#00ffff",
    warning="#ffff00",
    error="#ff9999",
    success="#99ff99",
    accent="#ffaaff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    variables={"divider": "#b0b0b0"},
)

# The palette of Okabe and Ito (2008), told apart with any colour vision.
COLOURBLIND = Theme(
    name="colourblind",
    primary="#56b4e9",
    secondary="#f0e442",
    warning="#e69f00",
    error="#e8884a",
    success="#009e73",
    accent="#cc79a7",
    foreground="#e8e8e8",
    background="#121212",
    surface="#121212",
    panel="#232323",
    dark=True,
    variables={"divider": "#707070"},
)

ALL = (TERMINAL, DARK, LIGHT, CONTRAST, COLOURBLIND)
