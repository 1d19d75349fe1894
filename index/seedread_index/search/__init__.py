"""Search over an archive: `Searcher` parses, plans, has the engine answer, and explains what came of it."""
