"""seedread: read and search folders of news articles in the terminal.

`cli` is the command line and opens the reader; `app` is the reader, made of `screens`, which are made of
`widgets`; `linemode` is the same without drawing. `actions` is the table of keys and commands, `terminal`
what is below Textual, `userdata` what the user keeps. Uses the public API of `seedread_index`, and
its `model` and `text` for values and clean text.
"""

__version__ = "1.0.0"
