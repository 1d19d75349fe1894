"""The widgets that screens are made of, drawn line by line so that they are fast at any length.

`reader` shows an article, `results` lists what a search found, `rendering` fits text to terminal cells; the
modules beside them are a list of one-line rows, an input line and the status line. Screens import the
widgets and their messages; `rendering` is also for the line mode and the session. A widget knows no screen,
session or app: state comes down in its reactive attributes, messages go up.
"""
