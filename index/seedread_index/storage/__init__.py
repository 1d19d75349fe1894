"""What is kept on disk: the catalogue (SQLite) and the full-text index (Whoosh)."""
