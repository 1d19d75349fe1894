"""`seedread doctor`: what is wrong with terminal, folders, index or engine, and how to fix it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

from seedread.cli import environment_checks
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context, load_settings
from seedread.cli.environment_checks import Check, Level
from seedread.cli.open_archive import OUTGROWN, RULES, RULES_ALONE, convert, model_wanted, rules_only
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser
from seedread.cli.streams.stderr import safe
from seedread.userdata import archive_choice
from seedread.wording import SILENT, silence
from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import SeedreadError, archive_options
from seedread_index.shared_archive import SharedArchive, open_archive


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles (same as -C)")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print every check; 1 when something is wrong."""
    made = list(_checks(context))
    wrong = sum(check.level is Level.WRONG for check in made)
    rows = [{"area": c.area, "level": c.level.value, "found": c.found, "fix": c.fix} for c in made]
    if context.options.json:
        context.out.json({"schema": json_shapes.SCHEMA, "wrong": wrong, "checks": rows})
    elif context.options.jsonl:
        for row in rows:
            context.out.json({"schema": json_shapes.SCHEMA} | row)
    else:
        for check in made:
            for line in _lines(context, check):
                context.out.line(line)
        context.out.line()
        context.out.line("no problems found" if not wrong else f"{wrong} problem{'s' * (wrong != 1)}")
    return NOTHING if wrong else FOUND


def _checks(context: Context) -> Iterator[Check]:
    options = context.options
    yield from environment_checks.versions()
    yield from environment_checks.terminal(os.environ)
    yield from environment_checks.colours(os.environ)
    engine, way = EngineSettings(), "auto"
    try:
        settings = load_settings(options.ner_model, options.cache)
    except SeedreadError as error:
        yield Check("settings", Level.WRONG, error.message, error.hint)
    else:
        engine, way = settings.engine, settings.clipboard
        yield Check("settings", Level.OK, "OK (or no settings file)")
    yield from environment_checks.clipboard(os.environ, way)
    yield from environment_checks.language(os.environ)
    yield from environment_checks.folders()
    try:
        source = archive_choice.choose([*options.archive, *options.words])
        archive = open_archive(source.roots, engine)
    except SeedreadError as error:
        yield Check("archive", Level.WRONG, error.message, error.hint)
        return
    try:
        yield from (_shared(archive) if isinstance(archive, SharedArchive) else _archive(archive))
    finally:
        archive.close()


def _archive(archive: Archive) -> Iterator[Check]:
    """The index of the archive, left as it is, and the engine."""
    named = archive_options(archive.roots)
    try:
        problems = archive.check()
        status = archive.status()
    except SeedreadError as error:
        error.name_archive(archive.roots)
        yield Check("index", Level.WRONG, error.message, error.hint or f"seedread index{named} --rebuild")
    else:
        where = ", ".join(status.folders)
        if status.changed_at is None:
            yield Check("index", Level.NOTE, f"{where}: not created yet", f"seedread index{named} creates it")
        else:
            skipped = f", {len(status.skipped):,} files skipped" if status.skipped else ""
            made = f"{where}: {status.articles:,} articles, {status.annotated:,} annotated{skipped}"
            made += f", engine {status.index_engine.name}"
            yield Check("index", Level.OK, made)
            if status.outgrown:
                yield Check("index", Level.NOTE, OUTGROWN, convert())
        for problem in problems:
            yield Check("index", Level.WRONG, problem, f"seedread index{named} --repair")
        if status.writer:
            busy = f"process {status.writer.pid} has been writing to it since {status.writer.since}"
            yield Check("index", Level.NOTE, busy)
    yield from _corrections(archive)
    yield _engine(archive)


def _corrections(archive: Archive) -> Iterator[Check]:
    """Whether the user's file of corrections can be read."""
    if problem := archive.corrections_problem():
        yield Check(
            "corrections", Level.WRONG, f"not applied: {problem}", f"fix {archive.folder.corrections}"
        )


def _shared(archive: SharedArchive) -> Iterator[Check]:
    """Whether the server of an archive can be reached and read, and how fresh what it holds is."""
    try:
        problems, status = archive.check(), archive.status()
    except SeedreadError as error:
        error.name_archive(archive.roots)
        yield Check("server", Level.WRONG, error.message, error.hint)
        return
    server = f"{status.index_engine.name} {status.index_engine.version or ''}"
    way = "its certificate is valid" if archive.address.secure else "without TLS, on this machine"
    yield Check("server", Level.OK, f"{archive.address} answers: {server}, {way}")
    for problem in problems:
        yield Check("server", Level.WRONG, problem, "start the nodes that are down, or restore a snapshot")
    yield Check("index", Level.OK, f"{status.articles:,} articles, {status.annotated:,} with names")
    yield from _corrections(archive)
    for indexer in status.indexers:
        said = f"{indexer.label} ({indexer.host}) published at {indexer.at}"
        waits = f", {indexer.waiting:,} articles waiting" if indexer.waiting else ""
        old = silence(indexer, dt.datetime.now(dt.UTC)) > SILENT
        level = Level.NOTE if old else Level.OK
        fix = f"is seedread index --watch --publish running on {indexer.host}?" if old else ""
        yield Check("indexer", level, said + waits, fix)
    if not status.indexers:
        yield Check(
            "indexer", Level.NOTE, "nobody has published yet", "seedread index --publish URL --label NAME"
        )


def _engine(archive: Archive) -> Check:
    """Whether the NER engine is the configured one, with unaltered files."""
    if rules_only(archive):
        return Check("engine", Level.NOTE, RULES_ALONE, model_wanted())
    try:
        name = archive.verify_engine()
    except SeedreadError as error:
        return Check("engine", Level.WRONG, error.message, error.hint)
    found = f"{RULES_ALONE}, as configured" if name == RULES else f"{name}, checksums verified"
    return Check("engine", Level.OK, found)


def _lines(context: Context, check: Check) -> Iterator[str]:
    style = {Level.OK: "good", Level.NOTE: "faint", Level.WRONG: "bad"}[check.level]
    yield f"{context.paint(style, f'{check.level.value:<5}')}  {check.area:<11}  {safe(check.found)}"
    if check.fix:
        yield f"{'':<20}{context.paint('faint', safe(check.fix))}"
