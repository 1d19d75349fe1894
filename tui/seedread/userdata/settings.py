"""The settings: a TOML file read into frozen values; a bad line is refused by its number."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from seedread_index.archive_folder import INDEX_ENGINES
from seedread_index.files.user_files import TomlLines, UserFileError, parse_toml, read_text
from seedread_index.model.engine_settings import ArchiveSettings, EngineSettings, ServerSettings
from seedread_index.model.errors import ModelError, SeedreadError

DriverName = Literal["cells", "textual"]
ClipboardWay = Literal["auto", "osc52", "file"]
GlyphChoice = Literal["auto", "unicode", "ascii"]
AmbiguousWidth = Literal["auto", "narrow", "wide"]

THEMES = ("terminal", "dark", "light", "contrast", "colourblind")
_CHOICES: dict[str, tuple[str, ...]] = {
    "theme": THEMES,
    "driver": ("cells", "textual"),
    "clipboard": ("auto", "osc52", "file"),
    "glyphs": ("auto", "unicode", "ascii"),
    "ambiguous_width": ("auto", "narrow", "wide"),
    "index_engine": INDEX_ENGINES,
}
_RANGES: dict[str, tuple[float, float]] = {
    "side_by_side": (0, 10_000),
    "split": (10, 90),
    "measure": (20, 400),
    "processes": (1, 256),
    "max_file_size": (1, 2**40),
    "max_inflated_size": (1, 2**40),
    "file_time_limit": (0.1, 86_400),
}
_JSON_FIELDS = ("title", "text", "date", "source", "url", "lang", "author")
_LARGEST = 256 * 1024  # bytes of a settings file


class SettingsError(SeedreadError):
    """A settings file that cannot be used; the message begins with its name and line."""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The keys a user chose for a command, and the line that says so."""

    keys: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the terminal reader, and the engine's.

    `side_by_side` is the width in columns from which list and reader stand beside each other (0: never);
    `split` the list's share in percent; `measure` the widest text column in cells; `keys` maps a command's
    name to the keys chosen for it.
    """

    engine: EngineSettings = field(default_factory=EngineSettings)
    theme: str = "terminal"
    mouse: bool = False
    driver: DriverName = "cells"
    clipboard: ClipboardWay = "auto"
    glyphs: GlyphChoice = "auto"
    ambiguous_width: AmbiguousWidth = "auto"
    side_by_side: int = 120
    split: int = 40
    measure: int = 80
    hints: bool = True
    line_mode: bool = False
    log: bool = False
    private: bool = False
    keys: Mapping[str, KeyChoice] = field(default_factory=dict)


def settings_path() -> Path:
    """Where the settings file is looked for; it need not exist."""
    import platformdirs

    return Path(platformdirs.user_config_dir("seedread", appauthor=False)) / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """The settings in `path` (the user's own when None); defaults where there is no file.

    Raises SettingsError for a file that cannot be read or holds something wrong.
    """
    path = path or settings_path()
    try:
        source = read_text(path, _LARGEST)
    except FileNotFoundError:
        return Settings()
    except UserFileError as error:
        raise _unreadable(error, path) from error
    settings = parse(source, path)
    _refuse_missing_model(settings, source, path)
    return settings


def parse(source: str, path: Path) -> Settings:
    """The settings in a TOML text; `path` is named in errors. Raises SettingsError."""
    try:
        table = parse_toml(source)
    except UserFileError as error:
        raise _unreadable(error, path) from error
    lines = TomlLines(source)
    try:
        settings = Settings(
            engine=replace(
                _engine(table.pop("engine", {}), lines),
                archives=_archives(table.pop("archives", {}), lines),
                servers=_servers(table.pop("servers", {}), lines),
            ),
            keys=_keys(table.pop("keys", {}), lines),
            **{name: _checked(name, value, "", lines) for name, value in table.items()},
        )
        _refuse_conflicts(settings)
    except _WrongSettingError as wrong:
        raise SettingsError(f"{path}:{wrong.line}: {wrong.message}", wrong.hint) from None
    return settings


def _unreadable(error: UserFileError, path: Path) -> SettingsError:
    where = f":{error.line}:" if error.line else ""
    return SettingsError(f"{path}{where} {error.message}", error.hint)


def _refuse_missing_model(settings: Settings, source: str, path: Path) -> None:
    name = settings.engine.ner_model
    if name is None:
        return
    from seedread_index.archive import require_engine

    try:
        require_engine(name)
    except ModelError as error:
        line = TomlLines(source).of("engine", "ner_model")
        raise SettingsError(f"{path}:{line}: ner_model = {name!r}: {error.message}", error.hint) from error


class _WrongSettingError(SeedreadError):
    """A setting that cannot be, on a line of the file."""

    def __init__(self, message: str, hint: str, line: int) -> None:
        super().__init__(message, hint)
        self.line = line


def _checked(name: str, value: Any, table: str, lines: TomlLines) -> Any:
    owner = EngineSettings if table else Settings
    apart = ("engine", "keys", "archives", "servers", "day_first")
    known = {each.name: each for each in fields(owner) if each.name not in apart}
    line = lines.of(table, name)
    if name == "day_first":
        raise _WrongSettingError("day_first is a setting of one archive", _ARCHIVE_HINT, line)
    if name not in known:
        raise _WrongSettingError(
            f"unknown setting {name!r}", f"the settings are {', '.join(sorted(known))}", line
        )
    default = getattr(owner(), name)
    if name in _CHOICES and value not in _CHOICES[name]:
        raise _WrongSettingError(
            f"{name} cannot be {value!r}", f"choose one of {', '.join(_CHOICES[name])}", line
        )
    if isinstance(default, bool) and not isinstance(value, bool):
        raise _WrongSettingError(f"{name} must be true or false, not {value!r}", "fix the line", line)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if isinstance(default, (int, float)) and not isinstance(default, bool):
        low, high = _RANGES.get(name, (0, 2**62))
        if not isinstance(value, type(default)) or isinstance(value, bool) or not low <= value <= high:
            raise _WrongSettingError(
                f"{name} cannot be {value!r}", f"write a number from {low} to {high}", line
            )
    elif isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise _WrongSettingError(f"{name} must be a list of strings", "fix the line", line)
        value = tuple(value)
    elif isinstance(default, Mapping):
        _refuse_wrong_fields(name, value, line)
    elif not isinstance(default, bool) and not isinstance(value, str):
        raise _WrongSettingError(f"{name} must be a string, not {value!r}", "fix the line", line)
    return value


def _refuse_wrong_fields(name: str, value: Any, line: int) -> None:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise _WrongSettingError(f"{name} must be a table of strings", "fix the table", line)
    for key in value:
        if key not in _JSON_FIELDS:
            hint = f"the fields are {', '.join(_JSON_FIELDS)}"
            raise _WrongSettingError(f"{name}: unknown field {key!r}", hint, line)


def _engine(table: Any, lines: TomlLines) -> EngineSettings:
    if not isinstance(table, dict):
        raise _WrongSettingError("engine must be a table", "write [engine]", lines.of("", "engine"))
    checked = {name: _checked(name, value, "engine", lines) for name, value in table.items()}
    checked |= {path: os.path.expanduser(checked[path]) for path in checked.keys() & {"cache", "ner_model"}}
    if (cache := checked.get("cache")) and not os.path.isabs(cache):
        raise _WrongSettingError(
            "cache is not an absolute path", "write it in full: /srv/seedread", lines.of("engine", "cache")
        )
    return EngineSettings(**checked)


_ARCHIVE_HINT = 'write [archives."~/news"] and below it day_first = true or metadata = "../table.csv"'


def _archives(table: Any, lines: TomlLines) -> dict[str, ArchiveSettings]:
    """The settings of single archives by the resolved paths of their folders."""
    made: dict[str, ArchiveSettings] = {}
    for name, values, line in _tables("archives", "folders", table, lines, _ARCHIVE_HINT):
        folder = os.path.expanduser(name)
        if not os.path.isabs(folder) or "\0" in folder:
            raise _WrongSettingError(f'archives."{name}" is not an absolute path', _ARCHIVE_HINT, line)
        for key, value in values.items():
            _refuse_wrong_value(key, value, lines.of(f"archives.{name}", key, line))
        folder = os.path.realpath(folder)
        if folder in made:
            raise _WrongSettingError(
                f'archives."{name}" is also the folder of another table', "merge the two tables", line
            )
        made[folder] = ArchiveSettings(**values)
    return made


def _refuse_wrong_value(key: str, value: Any, line: int) -> None:
    """Raise the error of a setting of one archive that cannot be."""
    if key not in ("metadata", "day_first"):
        hint = "the settings of an archive are day_first and metadata"
        raise _WrongSettingError(f"unknown setting {key!r} of an archive", hint, line)
    if key == "day_first" and not isinstance(value, bool):
        hint = "write day_first = true if all its numeric dates are like 31/12/2021, else remove the line"
        raise _WrongSettingError(f"day_first must be true or false, not {value!r}", hint, line)
    if key == "metadata" and (not isinstance(value, str) or not value.strip() or "\0" in value):
        hint = 'write metadata = "../table.csv", a path from the folder of the archive'
        raise _WrongSettingError(f"metadata must be the path of a table, not {value!r}", hint, line)


def _tables(name: str, of: str, table: Any, lines: TomlLines, hint: str) -> Iterator[tuple[str, Any, int]]:
    """The tables in a table, each with its name and line; it is one of folders or hosts."""
    if not isinstance(table, dict):
        raise _WrongSettingError(f"{name} must be a table of {of}", hint, lines.of("", name))
    for each, values in table.items():
        line = lines.of(name, each)
        if not isinstance(values, dict):
            raise _WrongSettingError(f'{name}."{each}" is not a table', hint, line)
        yield each, values, line


_SERVER_HINT = 'write [servers."search.example.org"] and below it user, password_command or ca_file'


def _servers(table: Any, lines: TomlLines) -> dict[str, ServerSettings]:
    """How to log in to servers, by their hosts."""
    made: dict[str, ServerSettings] = {}
    for host, values, line in _tables("servers", "hosts", table, lines, _SERVER_HINT):
        for key, value in values.items():
            at = lines.of(f"servers.{host}", key, line)
            if key == "password":
                hint = 'set a command that prints it, such as password_command = "pass show seedread"'
                raise _WrongSettingError("passwords cannot be stored in the settings", hint, at)
            if key not in ("user", "password_command", "ca_file"):
                raise _WrongSettingError(f"unknown setting {key!r} of a server", _SERVER_HINT, at)
            if not isinstance(value, str) or not value.strip() or "\0" in value:
                raise _WrongSettingError(f"{key} must be a string that is not empty", _SERVER_HINT, at)
        given = values | {"ca_file": os.path.expanduser(values.get("ca_file", ""))}
        made[host.lower()] = ServerSettings(**given)
    return made


def _keys(table: Any, lines: TomlLines) -> dict[str, KeyChoice]:
    if not isinstance(table, dict):
        raise _WrongSettingError("keys must be a table", "write [keys]", lines.of("", "keys"))
    chosen = {}
    for name, value in table.items():
        line = lines.of("keys", name)
        keys = value if isinstance(value, list) else [value]
        if not keys or not all(isinstance(key, str) and key for key in keys):
            raise _WrongSettingError(
                f"the keys of {name} must be a string or a list of strings",
                'for example "n" or ["n", "f3"]',
                line,
            )
        chosen[name] = KeyChoice(tuple(keys), line)
    return chosen


def _refuse_conflicts(settings: Settings) -> None:
    from seedread.actions.chosen_keys import conflict

    if found := conflict(settings.keys):
        raise _WrongSettingError(found.message, found.hint, found.line)
