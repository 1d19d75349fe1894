"""What each setting means, for the file that `config --init` writes and for docs/settings.md."""

from __future__ import annotations

MEANINGS = {
    "theme": "terminal (its own colours), dark, light, contrast or colourblind",
    "mouse": "true takes clicks and the wheel; the terminal's own selecting then needs Shift",
    "driver": "cells writes changed cells only; textual is Textual's own driver",
    "clipboard": "auto, osc52 (through the terminal, over SSH too) or file (copies go to a file)",
    "glyphs": "auto, unicode, or ascii for signs that every terminal has",
    "side_by_side": "columns from which list and text stand side by side; 0 for never",
    "split": "the list's share of the screen in percent",
    "measure": "columns of text at most",
    "hints": "false leaves out the line of keys at the bottom",
    "line_mode": "true asks and answers line by line, as on TERM=dumb",
    "engine.exclude": "files and folders to leave out, written as in .gitignore",
    "engine.follow_links_outside": "true follows links that lead out of the folder",
    "engine.max_file_size": "bytes; larger files are skipped and listed",
    "engine.max_inflated_size": "bytes that a packed file may unpack to",
    "engine.file_time_limit": "seconds of the processor for a file, once more for every 4 MiB of it",
    "engine.json_fields": 'names in JSON files of an article\'s fields: { date = "meta.day" }',
    "engine.ner_model": 'a spaCy pipeline by name or path, or "rules" for none',
    "engine.processes": "processes that read and index",
}
"""By the setting's name, those of the engine's table with their table's name before them."""
