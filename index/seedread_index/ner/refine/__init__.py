"""Mentions made better: the boundaries of spans, and what one article must be consistent about."""
