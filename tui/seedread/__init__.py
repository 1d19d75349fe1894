"""seedread: a terminal reader and search for folders of articles."""

__version__ = "0.1.0"
