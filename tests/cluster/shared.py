"""What the tests of this folder share: articles, archives on the nodes, entities written by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.engines.opensearch import layout
from seedread_index.linking.shared_names import Name
from seedread_index.model.entity import fold_name
from seedread_index.model.results import SearchRequest
from seedread_index.shared_archive import SharedArchive, publish

from .nodes import Cluster

_LETTERS = "abdegiklmnorstu"
PLACES = ("Paris", "Ankara", "Geneva")


def written(folder: Path, numbers: range, word: str = "grain") -> None:
    """Articles of some numbers, each in a file of its own."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        place, chance = PLACES[number % 3], random.Random(number)
        others = " ".join("".join(chance.choices(_LETTERS, k=6)) for _ in range(80))
        (folder / f"a{number:03}.txt").write_text(
            f"Talks on {word} number {number}\n\n2021-03-{number % 27 + 1:02}\n\n"
            f"Anna Roe said in {place} that the {word} deal of day {number} would hold. "
            f'"We will sign it on day {number}," Roe said. The minister of Turkey met the United Nations '
            f"(UN), and the UN welcomed the talks.\n\n"
            f"{others.capitalize()}.\n"
        )


def emptied(cluster: Cluster, name: str) -> str:
    """The address of an archive of which nothing is left from before."""
    cluster.ask("DELETE", f"{name}-*?ignore_unavailable=true&allow_no_indices=true")
    return address_of(cluster, name)


def address_of(cluster: Cluster, name: str) -> str:
    """The address of an archive on all nodes."""
    return f"opensearch+http://{','.join(url.removeprefix('http://') for url in cluster.urls)}/{name}"


def linked(archive: Archive, cluster: Cluster, name: str) -> str:
    """The address of an archive of this machine, published and linked."""
    address = emptied(cluster, name)
    publish(archive, address, "one")
    with SharedArchive.at(address) as linker:
        linker.link()
    return address


def found(archive: Archive, query: str) -> list[str]:
    """The paths of what a query finds, sorted."""
    results = archive.search(SearchRequest(query, group=False))
    return sorted(header.path for header in archive.headers(results.ids()))


def write_entities(cluster: Cluster, name: str, entities: Mapping[str, tuple[str, Sequence[Name]]]) -> None:
    """Have an archive know persons: each with its shown name, and the names that are of it."""
    index = layout.entities_index(name)
    for identity, (shown, names) in entities.items():
        heads = list(map(str, names))
        stored = {
            "id": identity,
            "name": shown,
            "type": "person",
            "articles": 1,
            "mentions": 1,
            "first": None,
            "last": None,
            "shares": [[shown, 1]],
            "related": [],
            layout.HEADS: heads,
        }
        searched = {
            **{key: stored[key] for key in ("id", "name", "type", "articles", "mentions")},
            "folded": fold_name(shown),
            "spellings": [fold_name(shown)],
            layout.HEADS: heads,
            "entity": stored,
        }
        cluster.ask("PUT", f"{index}/_doc/{identity}?refresh=true", searched)
