"""The program of a model process: takes texts on its standard input, gives their spans on its output."""

from __future__ import annotations

import contextlib
import os
import sys

from seedread_index.entities.model import load_model
from seedread_index.errors import ModelError
from seedread_index.syncing.jobs import framed, read_frame
from seedread_index.syncing.parent import die_with_parent

_NICE = 10


def main(parent: int, name: str) -> None:
    """Load the model of that name ("": the best installed) and serve lists of texts until the input ends."""
    die_with_parent(parent)
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    jobs = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    try:
        model = load_model(name or None)
    except ModelError as problem:
        out.write(framed((problem.message, problem.hint), final=False))
        out.flush()
        return
    out.write(framed((model.fingerprint, model.lang)))
    out.flush()
    while (texts := read_frame(jobs)) is not None:
        out.write(framed([tuple(map(tuple, spans)) for spans in model.spans(texts)]))
        out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
