"""The program of a model process: takes lists of texts and gives the spans of each."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Sequence
from typing import Any

from seedread_index.model.errors import ModelError
from seedread_index.ner.spacy.pipeline import load_model
from seedread_index.processes.frames import Kind
from seedread_index.processes.serving import Link, serve

_NICE = 10


def main() -> None:
    """Load the model that was named (None: the best installed) and serve lists of texts."""
    link = Link()
    with contextlib.suppress(OSError):
        os.nice(_NICE)
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
