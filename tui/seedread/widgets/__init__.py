"""The line-rendered and small widgets, one a module."""
