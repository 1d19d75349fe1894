"""Which ids have come: exact, in a tenth of the memory of a set."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from seedread_index.model.article import SeenIds


@given(st.lists(st.text(max_size=3)))
def test_an_id_is_new_the_first_time_alone(ids: list[str]) -> None:
    seen, expected = SeenIds(), set()
    for each in ids:
        assert (each in seen) == (each in expected)
        assert seen.add(each) == (each not in expected)
        expected.add(each)


def test_many_ids_take_little_memory() -> None:
    ids = [f"{number * 2654435761 % 2**64:016x}" for number in range(50_000)]
    tracemalloc.start()
    seen = SeenIds()
    for each in ids:
        seen.add(each)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 30 * len(ids)
