"""What a package index shows of the project: the README without pictures, its links to files as paths.

A relative link leads nowhere there. hatchling calls this when it builds; see pyproject.toml.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z][a-z0-9+.-]*:|#)([^)]+)\)")


def described(readme: str) -> str:
    """The README as it makes sense alone."""
    return _LINK.sub(r"\1 (`\2`)", _PICTURE.sub("", readme)).rstrip() + (
        "\n\nPaths are those of the source distribution, which has the documentation and its pictures.\n"
    )


class PackageDescription(MetadataHookInterface):
    """Puts the description into the metadata."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme."""
        readme = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": described(readme)}
