"""The rows of a result list that have been supplied so far."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.model.results import Hit

_KEPT = 4096


class SuppliedRows:
    """Hits by row for one set of results; far fewer than there are rows."""

    def __init__(self) -> None:
        self.total = 0
        self.key: object = None
        self._hits: dict[int, Hit] = {}
        self._requested = (0, 0)

    def get(self, row: int) -> Hit | None:
        """The hit of a row, where it has come."""
        return self._hits.get(row)

    def replace(self, total: int, key: object) -> None:
        """Switch to other results, none of whose rows have come."""
        self.total, self.key = total, key
        self._hits.clear()
        self._requested = (0, 0)

    def supply(self, start: int, hits: Sequence[Hit], near: int) -> range:
        """Take rows from `start` on and return which; when there are too many, those far from `near` go."""
        rows = range(max(0, start), min(start + len(hits), self.total))
        self._hits.update((row, hits[row - start]) for row in rows)
        if len(self._hits) > _KEPT:
            kept = range(near - _KEPT // 4, near + _KEPT // 4)
            self._hits = {row: hit for row, hit in self._hits.items() if row in kept}
            self._requested = (0, 0)
        return rows

    def missing(self, start: int, stop: int) -> list[int]:
        """The rows of [start, stop) that have not come."""
        return [row for row in range(max(0, start), min(stop, self.total)) if row not in self._hits]

    def to_request(self, start: int, stop: int) -> tuple[int, int] | None:
        """The part of [start, stop) to request now: missing, and not requested already."""
        missing = self.missing(start, stop)
        if not missing or (self._requested[0] <= missing[0] and missing[-1] < self._requested[1]):
            return None
        self._requested = (missing[0], missing[-1] + 1)
        return self._requested
