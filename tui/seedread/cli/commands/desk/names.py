"""Lists of tags and of collections, with the number of their articles."""

from __future__ import annotations

from collections.abc import Mapping

from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import UsageError
from seedread.cli.streams.stderr import safe


def list_names(context: Context, kind: str, names: Mapping[str, int]) -> int:
    """Print the names of a kind (tag, collection); 1 where there are none."""
    if context.options.null:
        raise UsageError(f"-0 prints files: no {kind} given", f"{context.messages.name} NAME --list -0")
    records = Records(context, (kind, "articles"))
    for name, articles in names.items():
        record = {"schema": json_shapes.SCHEMA, kind: name, "articles": articles}
        records.write(record, lambda name=name, articles=articles: [f"{articles:>7,}  {safe(name)}"])  # type: ignore[misc]
    if not records.written:
        context.messages.info(f"no {kind}s yet")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), f"{kind}s": rows})
    return FOUND if records.written else NOTHING
