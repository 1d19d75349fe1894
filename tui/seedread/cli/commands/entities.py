"""`seedread entities`: the people, places, organisations and groups that articles mention."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.correction_commands import (
    TYPES,
    add_correction_commands,
    correct,
    correction_requested,
    entity_type,
)
from seedread.cli.open_archive import opened
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.session import FOUND, NOTHING, Session
from seedread.cli.streams.stderr import safe
from seedread_index.model.article import EntityType
from seedread_index.model.entity import FILTER_CHARACTERS, FILTER_WORDS, Entity

EPILOG = """\
  seedread entities -n 20
  seedread entities --type person,org --csv -C ~/articles
  seedread entities putin
  seedread entities --merge 'V. Putin' 'Vladimir Putin'"""

COLUMNS = ("name", "type", "articles", "mentions", "aliases", "first", "last", "id")
SORTS = ("count", "name", "first", "last")
_SHOWN = 50


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME", "only entities whose name or alias holds this")
    parser.add_argument(
        "--type", metavar="TYPE[,TYPE]", type=_types, help="only these types: " + ", ".join(TYPES)
    )
    add_correction_commands(parser)
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_rows(parser, SORTS, f"at most N entities; 0: all (text: {_SHOWN}, data: all)")
    shared.add_color(parser)


def run(session: Session) -> int:
    """Print the entities, those in most articles first; or correct them."""
    options = session.options
    if correction_requested(options):
        with opened(session) as archive:
            return correct(archive, session)
    words = " ".join(options.words)
    if len(set(words.split())) > FILTER_WORDS or len(words) > FILTER_CHARACTERS:
        raise UsageError(
            f"a name has at most {FILTER_WORDS} words and {FILTER_CHARACTERS:,} characters",
            f"{session.talk.name} NAME   (without a name all are listed)",
        )
    records = Records(session, COLUMNS, (*COLUMNS, "related"))
    limit = options.limit
    if limit is None:
        limit = _SHOWN if records.textual else 0
    with opened(session) as archive:
        found = archive.entities(
            types=options.type,
            filter=words,
            sort=options.sort,
            limit=limit + 1 if limit and not options.json else None,
        )
        for entity in found[: limit or None]:
            records.write(json_shapes.entity(entity), partial(_lines, session, entity))
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(found), "entities": rows})
        if not found:
            _say_why(session, archive.ids() != [])
        elif limit and len(found) > limit and records.textual:
            session.talk.say(f"the first {limit} are shown; -n 0 shows all")
    return FOUND if found else NOTHING


def _lines(session: Session, entity: Entity) -> Iterator[str]:
    paint = session.paint
    others = [alias for alias in entity.aliases if alias != entity.name]
    aliases = paint("faint", "  also: " + ", ".join(others)) if others else ""
    yield f"{entity.articles:>6,}  {entity.type.value:<6}  {paint('title', entity.name)}{aliases}"


def _say_why(session: Session, articles: bool) -> None:
    words = " ".join(session.options.words)
    if words:
        session.talk.say(f"no entity has {safe(words)} in its name")
    elif articles:
        session.talk.say("no entities are known yet (seedread index --annotate runs the entity engine)")
    else:
        session.talk.say("there are no articles here (seedread status tells more)")


def _types(text: str) -> list[EntityType]:
    return [entity_type(name) for name in text.split(",") if name.strip()]
