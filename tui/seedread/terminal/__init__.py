"""The terminal below Textual: what is written to it, read from it and done to it.

`driver` takes Textual's output, writes only the cells that changed (by `renderer`) and reads keys,
`early_paint` shows a first frame before Textual is imported, `process` handles signals, environment and
memory, `external` hands text to the clipboard and to other programs. For the app, the command line and the
screens; nothing here knows a screen or a widget.
"""
