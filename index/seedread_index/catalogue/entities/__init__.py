"""Mentions, names and entities in the catalogue's database: schema, links, counts, corrections, queries."""
