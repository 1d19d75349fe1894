"""Reads files in processes, stores their articles batch by batch, and has the full text follow."""
