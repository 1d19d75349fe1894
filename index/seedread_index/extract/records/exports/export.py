"""The articles of a newspaper database's export in a text, whatever file format it came in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.extract.draft import Draft
from seedread_index.extract.records.record import with_identities

_SIGNS = re.compile(
    r"(?P<nexis>^[ \t]*\d+ (?:of|von|de|van|di) \d+ (?:DOCUMENT|DOKUMENT|DOCUMENTO)[A-Z]*[ \t]*$)"
    r"|(?P<uni>^[ \t]*End of Document[ \t]*$)"
    r"|(?P<proquest>^[ \t]*(?:Document|Dokument|Documento) \d+ (?:of|von|de|di) \d+[ \t]*$)"
    r"|(?P<factiva>^[ \t]*(?:AN[ \t]+)?(?:Document|Dokument|Documento) [A-Z0-9]{8,}[a-z0-9]{5,}[ \t]*$)",
    re.MULTILINE,
)


def articles_of_export(text: str) -> tuple[Draft, ...]:
    """The articles of an export; none where a text is not an export."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _SIGNS.search(text)
    if found is None:
        return ()
    drafts: Sequence[Draft] = ()
    if found["nexis"] or found["uni"]:
        from seedread_index.extract.records.exports.nexis import nexis_articles

        drafts = nexis_articles(text, uni=bool(found["uni"]))
    elif found["proquest"]:
        from seedread_index.extract.records.exports.proquest import proquest_articles

        drafts = proquest_articles(text)
    else:
        from seedread_index.extract.records.exports.factiva import factiva_articles

        drafts = factiva_articles(text)
    return with_identities(drafts) if drafts else ()
