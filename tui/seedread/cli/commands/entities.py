"""`seedread entities`: the people, places, organisations and groups of an archive; and their corrections."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.commands.desk.entity_network import add_network, network_requested, run_network
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError, did_you_mean
from seedread.cli.streams.stderr import safe
from seedread.wording import counted
from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.correction import Correction, CorrectionKind, CorrectionResult
from seedread_index.model.entity import FILTER_CHARACTERS, FILTER_WORDS, Entity, fold_name
from seedread_index.shared_archive import SharedArchive

EPILOG = """\
  seedread entities -n 20
  seedread entities --type person,org --csv -C ~/articles
  seedread entities putin
  seedread entities --with 'Vladimir Putin'
  seedread entities --pairs --type person --graphml > people.graphml
  seedread entities --add 'Black Cube' org
  seedread entities --merge 'V. Putin' 'Vladimir Putin'"""

COLUMNS = ("name", "type", "articles", "mentions", "aliases", "first", "last", "id")
SORTS = ("count", "name", "first", "last")
_SHOWN = 50


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME", "filter by name or alias")
    parser.add_argument(
        "--type", metavar="TYPE[,TYPE]", type=_types, help="only these types: " + ", ".join(TYPES)
    )
    add_network(parser)
    add_correction_commands(parser)
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_rows(parser, SORTS, f"at most N entities; 0: all (text: {_SHOWN}, data: all)")
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the entities, those in most articles first; or correct them. Raises UsageError."""
    options = context.options
    if correction_requested(options):
        with open_archive(context) as archive:
            return correct(archive, context)
    if network_requested(options):
        return run_network(context)
    words = " ".join(options.words)
    if len(set(words.split())) > FILTER_WORDS or len(words) > FILTER_CHARACTERS:
        raise UsageError(
            f"a name has at most {FILTER_WORDS} words and {FILTER_CHARACTERS:,} characters",
            f"{context.messages.name} NAME   (without NAME: all)",
        )
    records = Records(context, COLUMNS, (*COLUMNS, "related"), head="articles  type    name")
    limit = options.limit
    if limit is None:
        limit = _SHOWN if records.textual else 0
    with open_archive(context) as archive:
        found = archive.entities(
            types=options.type,
            filter=words,
            sort=options.sort,
            limit=limit + 1 if limit and not options.json else None,
        )
        for entity in found[: limit or None]:
            records.write(json_shapes.entity(entity), partial(_lines, context, entity))
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(found), "entities": rows})
        if not found:
            _say_why(context, archive.counts()[0] > 0)
        elif limit and len(found) > limit and records.textual:
            context.messages.info(f"showing the first {limit} (-n 0 for all)")
    return FOUND if found else NOTHING


def _lines(context: Context, entity: Entity) -> Iterator[str]:
    paint = context.paint
    others = [alias for alias in entity.aliases if alias != entity.name]
    aliases = paint("faint", "  also: " + ", ".join(others)) if others else ""
    yield f"{entity.articles:>8,}  {entity.type.value:<6}  {paint('title', entity.name)}{aliases}"


def _say_why(context: Context, articles: bool) -> None:
    words = " ".join(context.options.words)
    if words:
        context.messages.info(f"no name contains {safe(words)}")
    elif articles:
        context.messages.info("no names found yet (seedread index --annotate runs the entity model)")
    else:
        context.messages.info("no articles in this archive (see seedread status)")


def _types(text: str) -> list[EntityType]:
    return [entity_type(name) for name in text.split(",") if name.strip()]


TYPES = (*NAMED_TYPES, EntityType.EVENT)
"""The types that entities have."""
FLAGS = ("merge", "alias", "split", "retype", "hide", "add", "undo", "share", "unshare")
_NEAR = 5


def add_correction_commands(parser: Parser) -> None:
    """Declare the options; names are an entity's name, one of its spellings, or its id."""
    group = parser.add_argument_group(
        "corrections", "stored in your own file and re-applied after each index update"
    ).add_mutually_exclusive_group()
    group.add_argument("--merge", nargs="+", metavar="NAME", help="merge them into the last one named")
    group.add_argument("--alias", nargs=2, metavar=("SPELLING", "NAME"), help="add SPELLING to NAME")
    group.add_argument("--split", nargs="+", metavar="SPELLING", help="split it off as a separate entity")
    group.add_argument("--retype", nargs=2, metavar=("NAME", "TYPE"), help="change the type of NAME")
    group.add_argument("--hide", nargs="+", metavar="NAME", help="hide it (not a name)")
    group.add_argument(
        "--add", nargs=2, metavar=("NAME", "TYPE"), help="add NAME as a TYPE, found in every article"
    )
    group.add_argument("--undo", action="store_true", help="undo the last correction")
    group.add_argument(
        "--share",
        action="store_true",
        help="share your corrections with all readers of a shared archive",
    )
    group.add_argument("--unshare", action="store_true", help="withdraw the corrections that you shared")


def correction_requested(options: argparse.Namespace) -> bool:
    """Whether a correction is asked for."""
    return any(getattr(options, flag) for flag in FLAGS)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name as a correction keeps it."""

    name: str
    type: EntityType | None


def correct(archive: Archive, context: Context) -> int:
    """Do what the options say; 1 where a name is not in the archive.

    Raises LockedError, CorrectionError, and UsageError.
    """
    options, wait = context.options, context.options.wait
    if options.words:
        raise UsageError("a correction takes no other arguments", f"see {context.messages.name} --help")
    if options.undo:
        undone = archive.undo(wait=wait)
        if undone is None:
            context.messages.info("nothing to undo")
            return NOTHING
        _tell(context, archive, "undone: ", undone)
        return FOUND
    if options.share or options.unshare:
        return _share(archive, context)
    if options.add:
        return _add(archive, context, *options.add)
    do, names, target, to = _correction(options)
    found = [_find(archive, context, name) for name in [*names, *([target] if target else [])]]
    if None in found:
        return NOTHING
    into = found.pop() if target else None
    for named in found:
        if named is not None:
            correction = Correction(
                do,
                named.name,
                type=named.type,
                into=into.name if into else "",
                into_type=into.type if into else None,
                to=to,
            )
            _tell(context, archive, "", archive.correct(correction, wait=wait))
    return FOUND


def _add(archive: Archive, context: Context, name: str, kind: str) -> int:
    """Have a name found wherever it stands; 1 where it stands nowhere. Raises UsageError."""
    if not any(character.isalnum() for character in name):
        raise UsageError("the name is empty", "seedread entities --add 'Black Cube' org")
    correction = Correction("add", name, type=entity_type(kind))
    _tell(context, archive, "", archive.correct(correction, wait=context.options.wait))
    found = archive.entities_called(name, [entity_type(kind)])
    for entity in found[:1]:
        mentions, articles = counted(entity.mentions, "mention"), counted(entity.articles, "article")
        context.messages.info(f"{mentions} in {articles}")
    return FOUND if found else NOTHING


def _share(archive: Archive, context: Context) -> int:
    """Share the user's corrections with all readers of a server's archive, or withdraw them; 1 if none."""
    if not isinstance(archive, SharedArchive):
        raise UsageError(
            "--share and --unshare need a shared archive",
            "seedread entities --share -C opensearch+https://HOST/NAME",
        )
    withdraw = context.options.unshare
    count = archive.share_corrections(withdraw=withdraw)
    if not count:
        context.messages.info("no corrections were shared" if withdraw else "no corrections to share")
        return NOTHING
    done = "no longer shared" if withdraw else "shared"
    corrections = counted(count, "correction")
    context.messages.info(f"{corrections} {done}; the next linking applies this for all readers")
    return FOUND


def _correction(options: argparse.Namespace) -> tuple[CorrectionKind, list[str], str, EntityType | None]:
    """The kind of correction, what it corrects, what that becomes one with, its new type."""
    if options.merge:
        if len(options.merge) < 2:
            raise UsageError(
                "--merge needs at least two names", "seedread entities --merge 'V. Putin' 'Vladimir Putin'"
            )
        return "merge", options.merge[:-1], options.merge[-1], None
    if options.alias:
        return "alias", options.alias[:1], options.alias[1], None
    if options.retype:
        return "retype", options.retype[:1], "", entity_type(options.retype[1])
    if options.split:
        return "split", options.split, "", None
    return "hide", options.hide, "", None


def entity_type(text: str) -> EntityType:
    """A type of entities by its name; raises UsageError."""
    name = text.strip().lower()
    if name not in TYPES:
        raise UsageError(
            f"unknown type: {safe(text)}", did_you_mean(name, TYPES, "types: " + ", ".join(TYPES))
        )
    return EntityType(name)


def _find(archive: Archive, context: Context, text: str) -> _Named | None:
    """The name that a word stands for; what is not in the archive is reported, with names that are near."""
    if by_id := archive.entity(text):
        return _Named(by_id.name, by_id.type)
    kinds = context.options.type or tuple(EntityType)
    if same := archive.entities_called(text, kinds):
        types = {entity.type for entity in same}
        if len(types) > 1:
            listed = ", ".join(f"{safe(entity.name)} ({entity.type})" for entity in same[:_NEAR])
            raise UsageError(f"{safe(text)} is ambiguous: {listed}", "choose with --type, or give an id")
        return _Named(text, types.pop())
    context.messages.warning(f"no such name: {safe(text)}")
    if near := _near(archive, text, kinds):
        context.messages.warning("did you mean " + ", ".join(near) + "?")
    return None


def _near(archive: Archive, text: str, types: Sequence[EntityType]) -> list[str]:
    """Names in the archive that one which is not there may have meant."""
    names = {
        spelling: entity.name for entity in archive.entities(types=types) for spelling in _spellings(entity)
    }
    near = difflib.get_close_matches(fold_name(text), names, _NEAR, 0.75)
    near += [spelling for spelling in names if fold_name(text) in spelling][:_NEAR]
    return list(dict.fromkeys(safe(names[spelling]) for spelling in near))[:_NEAR]


def _spellings(entity: Entity) -> set[str]:
    return {fold_name(spelling) for spelling in (entity.name, *entity.aliases)}


def _tell(context: Context, archive: Archive, lead: str, corrected: CorrectionResult) -> None:
    context.messages.info(f"{lead}{corrected.correction}")
    context.messages.detail(f"stored in {archive.folder.corrections}")
    for problem in corrected.problems:
        context.messages.warning(problem)
