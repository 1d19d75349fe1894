"""The reader's component classes and their default looks: style and colour, so that neither stands alone."""

from __future__ import annotations

from seedread.widgets.reader.document import Look
from seedread_index.model.article import EntityType

COMPONENTS = {f"reader--{name}" for name in (*Look, *EntityType, "mention", "hit", "find", "current", "here")}
"""Every component class: looks of lines, types of names, and marks."""

CSS = """
Reader {
    & > .reader--title { text-style: bold; }
    & > .reader--inferred { text-style: italic; }
    & > .reader--meta, & > .reader--byline { text-style: dim; }
    & > .reader--credit, & > .reader--boilerplate { text-style: dim; }
    & > .reader--fold { text-style: dim italic; }
    & > .reader--badge { color: $warning; text-style: bold; }
    & > .reader--person { color: $primary; text-style: bold; }
    & > .reader--place { color: $secondary; text-style: underline; }
    & > .reader--org { color: $accent; text-style: bold underline; }
    & > .reader--group { color: $accent; text-style: italic; }
    & > .reader--time, & > .reader--money { color: $secondary; text-style: italic; }
    & > .reader--event, & > .reader--other { color: $primary; text-style: underline; }
    & > .reader--mention { text-style: reverse italic; }
    & > .reader--hit { color: $warning; text-style: reverse not bold not underline not italic; }
    & > .reader--find { color: $secondary; text-style: reverse not bold not underline not italic; }
    & > .reader--current { color: $error; text-style: bold underline reverse not italic; }
    & > .reader--here { color: $error; text-style: bold; }
}
"""
