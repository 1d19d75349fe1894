"""The model's pass: newest first, each text once, resumable, in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.model import versions
from seedread_index.model.article import PassageKind
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ModelError
from seedread_index.sync.fingerprint import rules_fingerprint
from seedread_index.sync.passes import annotation
from seedread_index.sync.passes.annotation import annotate_pending

from .conftest import Shelf


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's own pipeline: it calls Quux an organisation, and nothing else anything."""
    spacy = pytest.importorskip("spacy", reason="the entity engine is not installed", exc_type=ImportError)
    folder = tmp_path_factory.mktemp("pipeline") / "own"
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Quux"}])
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def settings(pipeline: Path) -> EngineSettings:
    return EngineSettings(ner_model=str(pipeline))


def labels(shelf: Shelf, number: int) -> dict[str, str]:
    return {m.text: m.label for m in shelf.store.mentions(number)}


def test_the_models_names_replace_those_of_the_rules(shelf: Shelf, settings: EngineSettings) -> None:
    number = shelf.put("a", "Quux paid him. Nothing else happened.")
    assert labels(shelf, number) == {}
    assert annotate_pending(shelf.catalogue, settings, corrections_file=None) == 1
    assert labels(shelf, number) == {"Quux": "ORG"}
    assert shelf.store.annotated() == 1
    (found,) = shelf.store.resolve("Quux")
    assert shelf.entity(found).mentions == 1


def test_a_second_run_finds_nothing_to_do(shelf: Shelf, settings: EngineSettings) -> None:
    shelf.put("a", "Quux paid him.")
    annotate_pending(shelf.catalogue, settings, corrections_file=None)
    assert annotate_pending(shelf.catalogue, settings, corrections_file=None) == 0


def test_equal_texts_are_read_once_and_all_annotated(shelf: Shelf, settings: EngineSettings) -> None:
    numbers = [shelf.put(day, "Quux paid him.", date=day) for day in ("2020-01-01", "2020-01-02")]
    assert annotate_pending(shelf.catalogue, settings, corrections_file=None) == 2
    assert [labels(shelf, n) for n in numbers] == [{"Quux": "ORG"}] * 2
    (count,) = shelf.catalogue.connection().execute("SELECT count(*) FROM model_spans").fetchone()
    assert count == 1


def test_new_rules_refine_stored_spans_without_the_model(
    shelf: Shelf, settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shelf.put("a", "Quux paid him.")
    annotate_pending(shelf.catalogue, settings, corrections_file=None)
    monkeypatch.setattr(versions, "ANNOTATION_RULES", 99)
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: pytest.fail("a model was started"))
    assert annotate_pending(shelf.catalogue, settings, corrections_file=None) == 1
    assert labels(shelf, number) == {"Quux": "ORG"}


def test_another_language_gets_rules_only(shelf: Shelf, settings: EngineSettings) -> None:
    number = shelf.put("a", "Quux est arrivé à Damas avec la France.", lang="fr")
    annotate_pending(shelf.catalogue, settings, corrections_file=None)
    assert "Quux" not in labels(shelf, number)
    assert labels(shelf, number)["France"] == "GPE"


def test_the_opened_article_comes_first_then_the_newest(
    shelf: Shelf, settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation, "_BATCH", 1)
    dates = {"old": "2019-01-01", "new": "2021-01-01", "middle": "2020-01-01"}
    numbers = {shelf.put(name, f"Quux paid {name}.", date=date): name for name, date in dates.items()}
    order: list[str] = []
    put = MentionStore.put

    def noted(self: MentionStore, number: int, *rest: Any, **more: Any) -> None:
        order.append(numbers[number])
        put(self, number, *rest, **more)

    monkeypatch.setattr(MentionStore, "put", noted)
    opened = shelf.catalogue.ids_of(numbers)[next(n for n, name in numbers.items() if name == "old")]
    annotate_pending(shelf.catalogue, settings, corrections_file=None, first=[opened])
    assert order == ["old", "new", "middle"]


def test_a_cancelled_run_keeps_what_it_has_done(
    shelf: Shelf, settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation, "_BATCH", 1)
    for index in range(4):
        shelf.put(f"a{index}", f"Quux paid {index}.")
    done: list[int] = []
    stopped = annotate_pending(
        shelf.catalogue,
        settings,
        corrections_file=None,
        progress=lambda p: done.append(p.done),
        cancelled=lambda: bool(done),
    )
    assert 0 < stopped < 4
    assert shelf.store.annotated() == stopped
    assert annotate_pending(shelf.catalogue, settings, corrections_file=None) == 4 - stopped


def test_without_a_model_what_a_model_found_stays(
    shelf: Shelf, settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shelf.put("a", "Quux paid him.")
    annotate_pending(shelf.catalogue, settings, corrections_file=None)

    def missing(name: str) -> str:
        raise ModelError("no model")

    monkeypatch.setattr(annotation, "find_model", missing)
    assert annotate_pending(shelf.catalogue, EngineSettings(), corrections_file=None) == 0
    assert labels(shelf, number) == {"Quux": "ORG"}


def test_a_model_that_the_settings_name_must_be_there(shelf: Shelf) -> None:
    shelf.put("a", "Quux paid him.")
    with pytest.raises(ModelError, match="no-such-pipeline"):
        annotate_pending(shelf.catalogue, EngineSettings(ner_model="no-such-pipeline"), corrections_file=None)


def test_a_model_process_that_ends_is_an_error_not_a_hang(
    shelf: Shelf, pipeline: Path, tmp_path: Path
) -> None:
    shelf.put("a", "Quux paid him.")
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in ("config.cfg", "meta.json"):
        (broken / name).write_bytes((pipeline / name).read_bytes())
    with pytest.raises(ModelError):
        annotate_pending(shelf.catalogue, EngineSettings(ner_model=str(broken)), corrections_file=None)


def test_annotating_never_imports_spacy_here(tmp_path: Path, pipeline: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from seedread_index.archive import Archive\n"
        "from seedread_index.model.engine_settings import EngineSettings\n"
        f"root = Path({str(tmp_path)!r})\n"
        "(root / 'news').mkdir()\n"
        "(root / 'news' / 'a.txt').write_text('Quux paid him for the work that he did in the town.')\n"
        f"settings = EngineSettings(ner_model={str(pipeline)!r})\n"
        "places = {'cache_root': root / 'cache', 'data_root': root / 'data'}\n"
        "archive = Archive.open([root / 'news'], settings=settings, **places)\n"
        "archive.sync(); assert archive.annotate() == 1\n"
        "assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_boilerplate_is_annotated_too(shelf: Shelf, settings: EngineSettings) -> None:
    text = "He was paid.\nSupport Quux today."
    number = shelf.put("a", text, boilerplate_from=text.index("Support"))
    annotate_pending(shelf.catalogue, settings, corrections_file=None)
    (mention,) = shelf.store.mentions(number)
    assert mention.text == "Quux"
    assert mention.entity is not None
    (article,) = shelf.catalogue.articles(shelf.catalogue.ids())
    assert article.of_kind(PassageKind.BOILERPLATE)


def test_rules_do_not_take_the_place_of_what_a_model_found(shelf: Shelf, settings: EngineSettings) -> None:
    number = shelf.put("a", "Quux paid him.")
    annotate_pending(shelf.catalogue, settings, corrections_file=None)
    with shelf.catalogue.transaction():
        shelf.store.put(number, (), rules_fingerprint())
    assert labels(shelf, number) == {"Quux": "ORG"}
    annotate_pending(shelf.catalogue, EngineSettings(ner_model="rules"), corrections_file=None)
    assert labels(shelf, number) == {}
