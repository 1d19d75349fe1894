"""The engine of seedread: reads, indexes, searches and annotates folders of articles; knows no terminal."""
