"""The spaCy model: which one is installed, whether its files are the known ones, the process that runs it."""
