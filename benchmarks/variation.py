"""Weights of a module varied one at a time: how much of a figure hangs on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, Protocol

FACTORS = (0.75, 1.25)


class Weighted(Protocol):
    """A module of weights."""

    __name__: str
    WEIGHTS: Any


def variants(*modules: Weighted) -> Iterator[str]:
    """Names of the variants, each of which holds until the next one is asked for.

    All weights as they are, then each in turn a quarter less and more (whole numbers by one at least,
    shares up to 1).
    """
    yield "as they are"
    for module in modules:
        original = module.WEIGHTS
        short = module.__name__.rpartition(".")[2]
        try:
            for field in fields(original):
                value = getattr(original, field.name)
                for factor in FACTORS:
                    other = value * factor
                    if isinstance(value, int):
                        other = min(value - 1, round(other)) if factor < 1 else max(value + 1, round(other))
                    elif value <= 1:
                        other = min(other, 1.0)
                    module.WEIGHTS = replace(original, **{field.name: other})
                    yield f"{short}.{field.name} {value:g} -> {other:g}"
        finally:
            module.WEIGHTS = original
