"""Folders that browsers save beside a page: pictures, scripts and frames, which are no articles."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from urllib.parse import quote_from_bytes

_PAGES = (b".htm", b".html", b".xhtml")
_SUFFIX = re.compile(
    rb"[_.-](?:files|file|filer|fichiers|dateien|archivos|arquivos|ficheiros|bestanden|soubory|tiedostot|pliki"
    rb"|elemei|fajlovi|datoteke|fitxers|fitxategiak|dosyalar|bylos|failid|fails|fisiere|subory|data)",
    re.IGNORECASE,
)
"""What browsers and Office append to a page's name, in the languages that they are sold in."""

_JOINTS = (b"_", b".", b"-")
_HEAD = 400_000


def companions_of(entries: Sequence[os.DirEntry[bytes]]) -> dict[bytes, bytes]:
    """The names of the folders among a folder's entries that belong to a saved page, with the page's name."""
    pages = {
        entry.name[: entry.name.rindex(b".")]: entry
        for entry in entries
        if entry.name.lower().endswith(_PAGES)
    }
    if not pages:
        return {}
    found = {}
    for entry in entries:
        name = entry.name
        for place in (place for place in range(1, len(name)) if name[place : place + 1] in _JOINTS):
            page = pages.get(name[:place])
            if page is None or not entry.is_dir(follow_symlinks=False):
                continue
            if _SUFFIX.fullmatch(name[place:]) or _names(page, name):
                found[name] = page.name
                break
    return found


def _names(page: os.DirEntry[bytes], folder: bytes) -> bool:
    """Whether a page takes pictures, scripts or styles from a folder."""
    try:
        descriptor = os.open(page.path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    names = {folder, quote_from_bytes(folder).encode()}
    return any(re.search(rb"src=[\"']?(?:\./)?" + re.escape(name) + b"/", head) for name in names)
