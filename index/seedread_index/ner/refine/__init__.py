"""Mentions made better: spans by their boundaries and head words, and what an article must agree on."""
