"""The spaCy model: verified, loaded for names alone, run over batches; also the program of its process."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedread_index.model.errors import ModelError
from seedread_index.ner.spacy.installed import InstalledModel, find_model
from seedread_index.ner.spans import LabelledSpan
from seedread_index.processes.frames import Kind, Link, serve

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
"""Texts a batch: what the vocabulary learns from one is forgotten after it."""

LONGEST = 100_000
"""Characters of one call; a longer text goes in pieces, cut at line breaks."""


class Model:
    """A loaded pipeline; `fingerprint` tells its spans from another's, `lang` is the language it reads."""

    def __init__(self, installed: InstalledModel, pipeline: Language) -> None:
        self.name = installed.name
        self.fingerprint = installed.fingerprint
        self.lang = installed.lang
        self.pipeline = pipeline

    def spans(self, texts: Iterable[str]) -> Iterator[tuple[LabelledSpan, ...]]:
        """The raw spans of each text, in the order of the texts; offsets in code points."""
        iterator = iter(texts)
        while batch := list(islice(iterator, BATCH)):
            pieces = [
                (piece, (index, offset))
                for index, text in enumerate(batch)
                for offset, piece in _pieces(text)
            ]
            found: list[list[LabelledSpan]] = [[] for _ in batch]
            with self.pipeline.memory_zone():
                for doc, (index, offset) in self.pipeline.pipe(pieces, as_tuples=True, batch_size=BATCH):
                    found[index] += [
                        LabelledSpan(e.start_char + offset, e.end_char + offset, e.label_) for e in doc.ents
                    ]
            yield from map(tuple, found)


def load_model(name: str | None = None) -> Model:
    """Verify and load the pipeline of that name or path, None: the best installed. Raises ModelError."""
    found = find_model(name)
    found.verify()
    try:
        import spacy
        from spacy.util import load_config
    except ImportError as problem:
        raise ModelError("spaCy cannot be imported.", str(problem)) from problem
    use_numpy_products()
    try:
        with warnings.catch_warnings():
            # The pipeline is of spaCy 3.7; its warning under 3.8 (W095) does not concern entities: checked.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            config = load_config(found.folder / "config.cfg")
            pipeline = spacy.load(found.folder, exclude=_superfluous(config))
    except (OSError, ValueError, KeyError, ImportError) as problem:
        raise ModelError(f"The model {found.name} cannot be loaded.", str(problem)) from problem
    if "ner" not in pipeline.pipe_names and not any("ruler" in name for name in pipeline.pipe_names):
        raise ModelError(f"The pipeline {found.name} names no entities.", "It has no component called ner.")
    return Model(found, pipeline)


def _superfluous(config: Any) -> list[str]:
    """The components that do not help to find names: all but ner, rulers, and what ner listens to."""
    needed = {"ner"}
    tok2vec = config.get("components", {}).get("ner", {}).get("model", {}).get("tok2vec", {})
    if "Listener" in str(tok2vec.get("@architectures", "")):
        upstream = str(tok2vec.get("upstream", "*"))
        names = [n for n in config["nlp"]["pipeline"] if "tok2vec" in n or "transformer" in n]
        needed.update(names if upstream == "*" else [upstream, *names])
    return [
        n
        for n in config["nlp"]["pipeline"]
        if n not in needed and "ruler" not in n.replace("attribute_ruler", "")
    ]


def use_numpy_products() -> bool:
    """Let numpy multiply the matrices (1.6x faster than blis, with the same entities); whether it does.

    Falls back to thinc's own way where its interface has changed or a trial product differs.
    """
    import numpy as np
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    class NumpyProducts(NumpyOps):  # type: ignore[misc]  # thinc's compiled part has no types
        """thinc's operations on the processor, with numpy's matrix products."""

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            product = (x.T if trans1 else x) @ (y.T if trans2 else y)
            if out is None:
                return product
            out[:] = product
            return out

    if not isinstance(get_current_ops(), NumpyOps):
        return False
    ops = NumpyProducts()
    left = np.arange(12, dtype="f").reshape(3, 4) / 7
    right = np.arange(20, dtype="f").reshape(5, 4) / 9
    try:
        same = np.allclose(
            ops.gemm(left, right, trans2=True), NumpyOps().gemm(left, right, trans2=True), atol=1e-5
        )
    except (TypeError, ValueError, AttributeError):
        return False
    if same:
        set_current_ops(ops)
    return bool(same)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces of at most LONGEST characters, each with its offset."""
    start = 0
    while len(text) - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST) + 1
        if cut <= 0:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1
        cut = cut if cut > start else start + LONGEST
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def main() -> None:
    """Load the model that was named (None: the best installed) and serve lists of texts: the program."""
    link = Link()
    try:
        model = load_model(link.first())
    except ModelError as problem:
        link.send((problem.message, problem.hint), Kind.REFUSED)
        return

    def spans(texts: Sequence[str]) -> Generator[Any, None, Any]:
        yield from ()
        return [tuple(map(tuple, found)) for found in model.spans(texts)]

    serve(link, spans)


if __name__ == "__main__":
    main()
