"""What there is to read: the walk over the folders, what is left out, what changed since the last sync."""
