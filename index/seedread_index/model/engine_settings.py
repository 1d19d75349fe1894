"""The engine's settings; the terminal reads them from TOML and passes them on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Settings of one archive. `metadata` is the path, relative to its folder, of its metadata table;
    `day_first` says that all its numeric dates put the day first: 05/03/2021 is 5 March."""

    metadata: str = ""
    day_first: bool = False


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How to log in to a server: the user, a command that prints the password on its first line, and a file
    of CA certificates, "" for those of the system."""

    user: str = ""
    password_command: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Settings of reading, syncing and the entity engine.

    `exclude` contains .gitignore patterns; so does `include`, for files to read although a rule takes them
    for programs, configuration or lists of words. `metadata` is the path, relative to the first folder,
    of a metadata table outside the archive. `day_first` and `archives`, which maps absolute paths of
    folders to their settings, say how dates are read (see ArchiveSettings).
    `epub_chapters` makes every chapter of a book an article. Sizes are bytes, times seconds.
    `file_time_limit` is the CPU time allowed per file, plus the same for each further 4 MiB.
    `index_engine` is the name of the index engine of new archives, "whoosh" or "tantivy".
    `json_fields` maps an article's field (title, text, date, source, url, lang, author) to a name or
    dotted path in JSON files. `cache` is the folder for indexes, "" for the account's own;
    `trusted_owners` are accounts, by name or number, whose indexes there are trusted.
    `servers` says, by host, how to log in.
    `ner_model` is the name or path of a spaCy pipeline, "rules" for no model, None for the best one
    installed.
    """

    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    follow_links_outside: bool = False
    epub_chapters: bool = False
    metadata: str = ""
    day_first: bool = False
    archives: Mapping[str, ArchiveSettings] = field(default_factory=dict)
    max_file_size: int = 100 * MIB
    max_inflated_size: int = 200 * MIB
    file_time_limit: float = 20.0
    json_fields: Mapping[str, str] = field(default_factory=dict)
    ner_model: str | None = None
    processes: int = 2
    index_engine: str = "whoosh"
    cache: str = ""
    trusted_owners: tuple[str, ...] = ()
    servers: Mapping[str, ServerSettings] = field(default_factory=dict)

    def of_archive(self, root: bytes) -> tuple[bytes, ArchiveSettings]:
        """The folder and the settings of the innermost archive with settings that contains a root.

        Without one, the root itself and the settings for all archives.
        """
        folder = root
        while (own := self.archives.get(os.fsdecode(folder))) is None:
            above = os.path.dirname(folder)
            if above == folder:
                return root, ArchiveSettings(day_first=self.day_first)
            folder = above
        return folder, replace(own, day_first=own.day_first or self.day_first)
