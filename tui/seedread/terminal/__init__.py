"""The terminal below Textual: what is written to it, read from it and done to it.

`driver` takes Textual's output and writes only the cells that changed (by `renderer`), `early_paint` shows a
first frame before Textual is imported, `keyboard` reads keys, `signals` handles signals and the environment,
`external` hands text to the clipboard and to other programs. For the app, the command line and the screens;
nothing here knows a screen or a widget.
"""
