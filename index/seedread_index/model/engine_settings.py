"""What a user may set of the engine; the terminal reads it from TOML and hands it down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Settings of one archive. `metadata` is the path, relative to its folder, of its table of metadata;
    `day_first` says that the day leads in all its dates of numbers: 05/03/2021 is the fifth of March."""

    metadata: str = ""
    day_first: bool = False


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How a server is entered: the user, a command that prints the password on its first line, and the file
    of the authorities whose certificates are good, "" for those of the system."""

    user: str = ""
    password_command: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Settings of reading, syncing and the entity engine.

    `exclude` holds .gitignore patterns; `include` too, of files that are read although a rule takes them
    for programs, configuration or lists of words. `metadata` is the path, relative to the first folder,
    of a table of metadata that lies outside the archive. `day_first` and `archives`, which maps absolute
    paths of folders to settings of their own, say how dates are read (see ArchiveSettings).
    `epub_chapters` makes every chapter of a book an article. Sizes are bytes, times seconds.
    `file_time_limit` is what the processor may spend on a file, once more for every 4 MiB of it.
    `index_engine` is the name of the index engine of new archives, "whoosh" or "tantivy".
    `json_fields` maps an article's field (title, text, date, source, url, lang, author) to a name or
    dotted path in JSON files. `cache` is the folder where indexes lie, "" for the account's own;
    `trusted_owners` are accounts, by name or number, whose indexes there are read as one's own are.
    `servers` says by host how servers are entered.
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
        """The folder and the settings of the innermost archive with its own that a root is or lies in.

        Without one the root itself, and what holds for all archives.
        """
        folder = root
        while (own := self.archives.get(os.fsdecode(folder))) is None:
            above = os.path.dirname(folder)
            if above == folder:
                return root, ArchiveSettings(day_first=self.day_first)
            folder = above
        return folder, replace(own, day_first=own.day_first or self.day_first)
