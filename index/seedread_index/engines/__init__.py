"""Index engines: their protocol, the plan they answer, the document they take in; a folder for each."""
