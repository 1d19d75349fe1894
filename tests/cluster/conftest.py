"""Three real OpenSearch nodes, which all tests of this folder share; the tests skip where there can be none.

SEEDREAD_TEST_NODES=9200,9201,9202 has them use nodes that run already, by their ports on loopback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .nodes import NEWER, OLDER, Cluster, MissingError

_counts = {"passed": 0, "failed": 0, "skipped": 0}


def _started(folder: Path, version: str) -> Iterator[Cluster]:
    try:
        made = Cluster.start(folder, version=version)
    except MissingError as error:
        pytest.skip(f"no nodes of {version}: {error}")
    yield made
    made.close()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The nodes."""
    if ports := os.environ.get("SEEDREAD_TEST_NODES"):
        yield Cluster.running(ports.split(","))
        return
    yield from _started(tmp_path_factory.mktemp("cluster"), OLDER)


@pytest.fixture(scope="module", params=[OLDER, NEWER])
def each_version(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """The nodes, then three of the newer version for one module."""
    if request.param == OLDER:
        yield request.getfixturevalue("cluster")
        return
    yield from _started(tmp_path_factory.mktemp("newer"), NEWER)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count a test by what became of it."""
    if report.when == "call" or (report.outcome != "passed" and report.when is not None):
        _counts[report.outcome] += 1


def pytest_unconfigure() -> None:
    """Close with one line."""
    sys.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in _counts.items()) + "\n")
