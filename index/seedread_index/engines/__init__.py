"""Index engines: the resolved plan they answer, the document they take in, and a folder for each engine."""
