"""Samples of results: some of them by chance, the same ones again by a seed."""

from __future__ import annotations

import random
import secrets


def new_seed() -> int:
    """A seed by chance, short enough to be typed."""
    return secrets.randbelow(10**6)


def sampled_rows(total: int, size: int, seed: int) -> list[int]:
    """At most `size` of `total` rows, drawn without replacement, in their order."""
    return sorted(random.Random(seed).sample(range(total), min(size, total)))
