"""The engine for large archives: an index in tantivy's files, fed our terms, and the vocabulary beside it.

The only place that imports tantivy, which the extra `large` brings. `engine` is the way in; `fulltext`
writes, `reader` answers plans, `queries` makes tantivy's queries of them.
"""

from __future__ import annotations

from seedread_index.model import versions

CONTENTS = "meta.json"
"""The file in which tantivy names the segments of the last commit."""
VERSION = f"tantivy{versions.TANTIVY}"
"""An empty file that tells which version of the engine wrote a folder."""
