"""Xapian over articles, run by a Python that has its module; prints JSON: processor seconds, milliseconds.

python3 benchmarks/xapian_peer.py FOLDER INDEX WORD…
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any


def main(folder: Path, place: Path, words: list[str]) -> int:
    """Index the articles, ask for each word, and print what both cost."""
    xapian: Any = importlib.import_module("xapian")
    database = xapian.WritableDatabase(str(place / "xapian"), xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    begun = time.process_time()
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        document = xapian.Document()
        document.set_data(text)
        generator.set_document(document)
        generator.index_text(text)
        database.add_document(document)
    database.commit()
    seconds = time.process_time() - begun
    database.close()
    reader = xapian.Database(str(place / "xapian"))
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_database(reader)
    found = []
    for word in words:
        begun = time.process_time()
        enquire = xapian.Enquire(reader)
        enquire.set_query(parser.parse_query(word))
        for match in enquire.get_mset(0, 10):
            match.document.get_data()
        found.append((time.process_time() - begun) * 1000)
    sys.stdout.write(json.dumps({"seconds": seconds, "query": statistics.median(found)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
