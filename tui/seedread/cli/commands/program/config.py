"""`seedread config`: the settings as they are, where they are kept, and a file to start from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, Context
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser, UsageError, did_you_mean
from seedread.cli.streams.stderr import safe

if TYPE_CHECKING:
    from seedread.userdata.settings import Settings

EPILOG = """\
  seedread config                  the settings, as TOML
  seedread config engine.ner_model one setting
  seedread config --init           create a settings file"""


MEANINGS = {
    "theme": "terminal (its own colours), dark, light, contrast or colourblind",
    "mouse": "true to handle clicks and the wheel (hold Shift to select text)",
    "driver": "cells sends only changed cells; textual is Textual's own driver",
    "clipboard": "auto, osc52 (through the terminal, also over SSH) or file (copy to a file)",
    "glyphs": "auto, unicode, or ascii for ASCII characters only",
    "ambiguous_width": "wide if quotes, dashes and Cyrillic take two cells, else narrow; auto: by the locale",
    "side_by_side": "show list and text side by side from this many columns; 0 for never",
    "split": "width of the list in percent of the screen",
    "measure": "maximum width of the text in columns",
    "hints": "false to hide the line of keys at the bottom",
    "line_mode": "true to ask and answer line by line, as with TERM=dumb",
    "log": "true to log searches and opened articles with their times, for seedread log",
    "private": "true to keep no history, reading places or log, as with --private",
    "engine.exclude": "files and folders to leave out (patterns as in .gitignore)",
    "engine.metadata": "a metadata table for archives without one, relative to their first folder",
    "engine.epub_chapters": "true to make each chapter of a book a separate article",
    "engine.include": "files to read even if they look like programs or configuration (as in .gitignore)",
    "engine.follow_links_outside": "true to follow links out of the folder",
    "engine.max_file_size": "bytes; larger files are skipped (files of many articles: 20 times this)",
    "engine.max_inflated_size": "maximum bytes that a compressed file may expand to",
    "engine.file_time_limit": "CPU seconds allowed per file, plus the same for each further 4 MiB",
    "engine.json_fields": 'keys in JSON files for an article\'s fields: { date = "meta.day" }',
    "engine.ner_model": 'name or path of a spaCy pipeline, or "rules" for none',
    "engine.index_engine": "the index engine of new archives: whoosh, or tantivy for large ones",
    "engine.cache": "the folder for indexes; shared with others if they can read it",
    "engine.trusted_owners": "accounts (name or number) whose indexes in a shared cache are trusted",
    "engine.processes": "number of processes that read and index",
    "archives.metadata": "a table outside the archive with the title and date of each file",
    "servers.user": "the user name on a server of shared archives",
    "servers.password_command": "a command that prints that user's password",
    "servers.ca_file": "a file of CA certificates for a server that the system does not trust",
    "archives.day_first": "true if numeric dates put the day first: 05/03/2021 is 5 March",
}
"""By the setting's name; those of engine, archives and servers have their table's name before them."""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME", "print the value of one setting, such as theme or engine.ner_model")
    work = parser.add_mutually_exclusive_group()
    work.add_argument("--path", action="store_true", help="print the path of the settings file")
    work.add_argument("--init", action="store_true", help="create a settings file if there is none")
    shared.add_output(parser, forms=("json",))


def run(context: Context) -> int:
    """Print or begin the settings; a bad file is reported with its line."""
    from seedread.userdata import settings

    options, path = context.options, settings.settings_path()
    if options.path:
        context.out.line(safe(str(path)))
        return FOUND
    if options.init:
        return _init(context, path)
    loaded = settings.load()
    if options.words:
        return _print_one(context, loaded)
    if options.json:
        context.out.json({"schema": json_shapes.SCHEMA, "path": str(path), "settings": _plain(loaded)})
        return FOUND
    missing = "" if path.exists() else " (not created yet: seedread config --init)"
    context.out.line(f"# {safe(str(path))}{missing}")
    for line in _toml(_plain(loaded)):
        context.out.line(line)
    return FOUND


def _print_one(context: Context, loaded: Settings) -> int:
    if len(context.options.words) > 1:
        raise UsageError(
            "settings are changed in the settings file", "print its path with seedread config --path"
        )
    value: Any = _plain(loaded)
    name = context.options.words[0]
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            known = sorted(key for key in _plain(loaded) if key != "engine")
            known += [f"engine.{key}" for key in _plain(loaded)["engine"]]
            hint = did_you_mean(name, known, "settings: " + ", ".join(known))
            raise UsageError(f"unknown setting: {safe(name)}", hint)
        value = value[part]
    if context.options.json:
        context.out.json(value)
    else:
        context.out.line(safe(value) if isinstance(value, str) else _value(value))
    return FOUND


def _init(context: Context, path: Path) -> int:
    from seedread.userdata.settings import Settings
    from seedread_index.files.user_files import replace_file

    if path.exists():
        context.messages.info("the settings file already exists; left unchanged")
    else:
        lines = ["# Settings of seedread. Remove the # before a setting to change it.", ""]
        lines += [*_explained(_plain(Settings())), "", *_archive_example()]
        try:
            replace_file(path, "\n".join(lines) + "\n")
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}", "check its folder") from error
        context.messages.info("created; all settings are commented out")
    context.out.line(safe(str(path)))
    return FOUND


def _explained(table: dict[str, Any]) -> Iterator[str]:
    """The lines of the file to start from: what each setting means, and the setting commented out."""
    within = ""
    for line in _toml(table):
        if line.startswith("["):
            within = f"{line[1:-1]}."
            yield line
        elif line:
            meaning = MEANINGS.get(within + line.lstrip("# ").split()[0])
            yield from (f"# {meaning}:",) if meaning else ()
            yield line if line.startswith("#") else f"#{line}"
        else:
            yield line


_SERVER_EXAMPLE = {
    "user": "reader",
    "password_command": "pass show search/reader",
    "ca_file": "~/authority.pem",
}


def _archive_example() -> Iterator[str]:
    """How settings of one archive and of one server are written, commented out."""
    yield "# Settings of one archive, by its folder:"
    yield '#[archives."~/news"]'
    for name, example in (("metadata", '"../table.csv"'), ("day_first", "true")):
        yield f"# {MEANINGS[f'archives.{name}']}:"
        yield f"#{name} = {example}"
    yield from ("", "# Credentials for a server, by its host:", '#[servers."search.example.org"]')
    for name, example in _SERVER_EXAMPLE.items():
        yield f"# {MEANINGS[f'servers.{name}']}:"
        yield f'#{name} = "{example}"'


def _plain(loaded: Settings) -> dict[str, Any]:
    """Settings as plain values, by the names that the file uses."""
    made = {each.name: getattr(loaded, each.name) for each in fields(loaded)}
    made["keys"] = {name: list(choice.keys) for name, choice in loaded.keys.items()}
    engine = {each.name: getattr(loaded.engine, each.name) for each in fields(loaded.engine)}
    del engine["day_first"]
    archives, servers = engine.pop("archives"), engine.pop("servers")
    made["engine"] = engine
    made["archives"] = {folder: asdict(own) for folder, own in archives.items()}
    made["servers"] = {host: asdict(own) for host, own in servers.items()}
    return {name: _jsonable(value) for name, value in made.items()}


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _jsonable(item) for name, item in value.items()}
    return value


def _toml(table: dict[str, Any]) -> Iterator[str]:
    """TOML: values first, then tables; what is not set stands as a comment."""
    for name, value in table.items():
        if not isinstance(value, dict):
            yield f"{name} = {_value(value)}" if value is not None else f"# {name} is chosen automatically"
    for name, value in table.items():
        if name in ("archives", "servers"):
            for folder, own in value.items():
                yield from ("", f"[{name}.{json.dumps(folder, ensure_ascii=False)}]")
                yield from (f"{key} = {_value(item)}" for key, item in own.items() if item)
        elif isinstance(value, dict):
            yield ""
            yield f"[{name}]"
            for key, item in value.items():
                yield f"{key} = {_value(item)}" if item is not None else f"# {key} is chosen automatically"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + " }"
            if value
            else "{}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return "" if value is None else json.dumps(value, ensure_ascii=False)
