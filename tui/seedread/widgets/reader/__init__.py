"""The reader: one article as lines, with its marks and the ways from one to the next."""
