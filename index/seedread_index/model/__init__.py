"""The values that cross borders of the index package: articles, entities, results, status, settings, errors.

Frozen dataclasses and enums, and the deadline of a search. Everything may import this folder; it imports
nothing of the package.
"""
